/** Who the fleet has agreed with what: parties, accounts, contracts and tokens, as the first items of a new log. */
import { CONTRACTS, DEMO_DEPOTS, DEPOT_OPERATOR } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { LogEntry } from '../log/log-entries.ts';
import { changeDays, priceSheet, sellersOf, wireTariff } from './price-list.ts';

/** How long before its beginning the demo remembers prices. */
const PRICES_KEPT_DAYS = 12;
const TOKEN_PARTY = 'ION';

/** @param spent gross, by depot, in the records of before */
export function announceTerms(world: DemoWorld, atMs: number, spent: readonly number[]): LogEntry[] {
  const at = new Date(atMs).toISOString();
  const entries: LogEntry[] = [];
  const put = (stream: LogEntry['stream'], kind: string, body: unknown): void => {
    entries.push({ stream, at, kind, body });
  };
  for (const [depot, town] of DEMO_DEPOTS.entries()) {
    for (const { partyId, name } of sellersOf(depot)) {
      const party = { country_code: town.countryCode, party_id: partyId, role: 'CPO', name, last_updated: at };
      put('network', 'party.put', { ...party, status: 'CONNECTED' });
      entries.push(...pastTariffs(world, depot, partyId, atMs));
    }
    put('accounts', 'account.put', accountBody(depot, openingBalance(depot) - (spent[depot] ?? 0), at));
    const { account } = CONTRACTS[depot] ?? CONTRACTS[0];
    if (account.kind === 'PREPAID')
      put('accounts', 'payment.put', topUp(depot, 'OPENING', account.opening, atMs - 86_400_000));
    put('accounts', 'contract.put', contractBody(depot, at));
  }
  // Known to come, so that the list of parties has more than two states.
  const planned = { country_code: 'DE', party_id: 'OST', role: 'CPO', name: 'Ostkreuz Laden', last_updated: at };
  put('network', 'party.put', { ...planned, status: 'PLANNED' });
  for (const vehicle of world.roster) {
    const town = DEMO_DEPOTS[vehicle.depot] ?? DEMO_DEPOTS[0];
    put('accounts', 'token.put', {
      country_code: town.countryCode,
      party_id: TOKEN_PARTY,
      uid: tokenUid(vehicle.id),
      type: 'APP_USER',
      contract_id: CONTRACTS[vehicle.depot]?.id ?? '',
      issuer: 'IONAGE',
      valid: true,
      whitelist: 'ALLOWED',
      vehicle_id: vehicle.id,
      last_updated: at,
    });
  }
  return entries;
}

export function tokenUid(vehicleId: string): string {
  return `TOK-${vehicleId}`;
}

/** Each version of a tariff that began in the last days, oldest first; a newer one takes the place of the one before. */
function pastTariffs(world: DemoWorld, depot: number, partyId: string, atMs: number): LogEntry[] {
  const days = world.days[depot];
  if (!days) return [];
  const today = days.dayOf(atMs);
  const first = today - PRICES_KEPT_DAYS;
  return [first, ...changeDays(world.seed, depot, partyId, first, today)].flatMap((day) =>
    tariffsOfDay(world, depot, partyId, day, days.instantOf(day, 0)),
  );
}

/** An operator's tariffs as they begin on a local day. */
export function tariffsOfDay(
  world: DemoWorld,
  depot: number,
  partyId: string,
  day: number,
  updatedMs: number,
): LogEntry[] {
  const days = world.days[depot];
  if (!days) return [];
  const at = new Date(updatedMs).toISOString();
  return [false, true].map((dc) => ({
    stream: 'tariffs',
    at,
    kind: 'tariff.put',
    body: wireTariff(priceSheet(world.seed, depot, partyId, dc, day), days, day, updatedMs),
  }));
}

/** What FLO says is in a wallet, or is owed on a credit line, before anything was charged. */
export function openingBalance(depot: number): number {
  const { account } = CONTRACTS[depot] ?? CONTRACTS[0];
  return account.kind === 'PREPAID' ? account.opening : 0;
}

export function accountBody(depot: number, balance: number, at: string): unknown {
  const { account, currency } = CONTRACTS[depot] ?? CONTRACTS[0];
  return {
    id: account.id,
    name: account.name,
    kind: account.kind,
    currency,
    ...(account.kind === 'POSTPAID' ? { credit_limit: account.opening } : {}),
    start_minimum: account.startMinimum,
    balance: Math.round(balance * 100) / 100,
    balance_at: at,
    last_updated: at,
  };
}

export function topUp(depot: number, name: string, amount: number, atMs: number): unknown {
  const { account, currency } = CONTRACTS[depot] ?? CONTRACTS[0];
  const at = new Date(atMs).toISOString();
  return {
    id: `PAY-${account.id}-${name}`,
    account_id: account.id,
    kind: 'TOP_UP',
    amount,
    currency,
    at,
    note: 'Top-up by bank transfer',
    last_updated: at,
  };
}

function contractBody(depot: number, at: string): unknown {
  const contract = CONTRACTS[depot] ?? CONTRACTS[0];
  const town = DEMO_DEPOTS[depot] ?? DEMO_DEPOTS[0];
  const tax = {
    name: depot === 0 ? 'GST' : 'VAT',
    percent: Math.round(town.vat * 100),
    ...(depot === 0
      ? {
          parts: [
            { name: 'CGST', percent: 9 },
            { name: 'SGST', percent: 9 },
          ],
        }
      : {}),
  };
  const rounding = { mode: 'HALF_UP', scale: 2, stage: 'TOTAL', first: 'NET' };
  const tolerance = { amount: depot === 0 ? 1 : 0.02, percent: 0.1, energy_kwh: 0.05 };
  const countries = [town.countryCode];
  const partner = (partyId: string): string => `${town.countryCode}*${partyId}`;
  const terms = contract.terms.map(({ partyId, ...agreed }) => ({
    ...(partyId === undefined ? {} : { partner: partner(partyId) }),
    countries,
    ...agreed,
    tax,
    rounding,
    tolerance,
  }));
  terms.push({ partner: partner(DEPOT_OPERATOR.partyId), countries, discount_percent: 0, tax, rounding, tolerance });
  return {
    id: contract.id,
    name: contract.name,
    account_id: contract.account.id,
    currency: contract.currency,
    time_zone: town.timeZone,
    valid_from: '2026-01-01T00:00:00Z',
    terms,
    last_updated: at,
  };
}
