/** What the marketplace tells beside sessions and records: new prices at midnight, parties that are away, statements of the accounts. */
import { CONTRACTS, DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { LogEntry } from '../log/log-entries.ts';
import type { LogView } from '../log/log-view.ts';
import { isoTime } from '../marketplace/wire-objects.ts';
import { accountBody, openingBalance, tariffsOfDay, topUp } from './commercial-terms.ts';
import { awayParty } from './party-hours.ts';
import { changeDays, sellersOf } from './price-list.ts';

const HOUR_MS = 3_600_000;
const LOW_WALLET = 90_000;
const TOP_UP = 400_000;

/** @returns the news of an instant, given what was spent until then, gross, by depot */
export function createDailyNews(
  world: DemoWorld,
  view: LogView,
  startMs: number,
): (atMs: number, spent: readonly number[]) => LogEntry[] {
  const paidIn = DEMO_DEPOTS.map((_, depot) => openingBalance(depot) + laterPayments(view, depot));
  const away = new Map([...view.parties].map(([id, body]) => [id, body['status'] === 'OFFLINE']));
  const toppedUp = new Set(view.payments.keys());
  let statedHour = Math.floor(startMs / HOUR_MS);
  let pricedDay = world.days.map((days) => days.dayOf(startMs));

  return (atMs, spent) => [...newPrices(atMs), ...partyNews(atMs), ...statements(atMs, spent)];

  function newPrices(atMs: number): LogEntry[] {
    const entries: LogEntry[] = [];
    const today = world.days.map((days) => days.dayOf(atMs));
    for (const [depot, day] of today.entries()) {
      const before = pricedDay[depot] ?? day;
      if (day === before) continue;
      for (const { partyId } of sellersOf(depot))
        if (changeDays(world.seed, depot, partyId, before, day).length > 0)
          entries.push(...tariffsOfDay(world, depot, partyId, day, atMs));
    }
    pricedDay = today;
    return entries;
  }

  function partyNews(atMs: number): LogEntry[] {
    return DEMO_DEPOTS.flatMap((town, depot) =>
      sellersOf(depot).flatMap(({ partyId, name }): LogEntry[] => {
        const isAway = awayParty(partyId, atMs);
        if ((away.get(partyId) ?? false) === isAway) return [];
        away.set(partyId, isAway);
        const at = isoTime(atMs);
        const body = {
          country_code: town.countryCode,
          party_id: partyId,
          role: 'CPO',
          name,
          status: isAway ? 'OFFLINE' : 'CONNECTED',
          last_updated: at,
        };
        return [{ stream: 'network', at, kind: 'party.put', body }];
      }),
    );
  }

  /** On the hour, what FLO says is in the wallets; at nine in the morning somebody fills one that is low. */
  function statements(atMs: number, spent: readonly number[]): LogEntry[] {
    const hour = Math.floor(atMs / HOUR_MS);
    if (hour === statedHour) return [];
    statedHour = hour;
    const at = isoTime(atMs);
    return CONTRACTS.flatMap(({ account }, depot): LogEntry[] => {
      const days = world.days[depot];
      const balance = (paidIn[depot] ?? 0) - (spent[depot] ?? 0);
      const name = String(days?.dayOf(atMs) ?? 0);
      const isDue = account.kind === 'PREPAID' && balance < LOW_WALLET && (days?.hourOf(atMs) ?? 0) >= 9;
      const id = `PAY-${account.id}-${name}`;
      const payment: LogEntry[] = [];
      if (isDue && !toppedUp.has(id)) {
        toppedUp.add(id);
        paidIn[depot] = (paidIn[depot] ?? 0) + TOP_UP;
        payment.push({ stream: 'accounts', at, kind: 'payment.put', body: topUp(depot, name, TOP_UP, atMs) });
      }
      const stated = (paidIn[depot] ?? 0) - (spent[depot] ?? 0);
      return [...payment, { stream: 'accounts', at, kind: 'account.put', body: accountBody(depot, stated, at) }];
    });
  }
}

function laterPayments(view: LogView, depot: number): number {
  return [...view.payments]
    .filter(([id, body]) => CONTRACTS[depot]?.account.id === body['account_id'] && !id.endsWith('OPENING'))
    .reduce((sum, [, body]) => sum + Number(body['amount']), 0);
}
