/**
 * A session's charge detail record, priced with integers of the demo's own: an energy in ten-thousandths of a kWh times a price in
 * ten-thousandths of the currency. Each operator rounds in its own way, and some records are wrong on purpose.
 */
import { CONTRACTS, DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { DemoEvse, DemoLocation } from '../fleet/charging-network.ts';
import { CONNECTOR_ID, isoTime } from '../marketplace/wire-objects.ts';
import { hashUnit } from '../seeded-random.ts';
import { tokenUid } from './commercial-terms.ts';
import { priceSheet, wireTariff, type PriceSheet } from './price-list.ts';
import { signReading } from './signed-reading.ts';

/** What a session told of itself: its times and how much it had charged at each of them. */
export type ToldSession = {
  readonly id: string;
  readonly vehicleId: string;
  readonly evse: DemoEvse;
  readonly startMs: number;
  readonly endMs: number;
  readonly commandId: string | undefined;
  /** Since when the charge point was reserved for it. */
  readonly reservedMs: number | undefined;
  /** Which session of its charge point it is, from 1. */
  readonly page: number;
  /** Oldest first, beginning with nothing at the start. */
  readonly points: readonly { readonly atMs: number; readonly kwh: number }[];
};

export type RecordFault =
  | 'none'
  | 'missing'
  | 'arithmetic'
  | 'newer-tariff'
  | 'credited'
  | 'more-energy'
  | 'repeated'
  | 'tampered';

const FAULTS: readonly (readonly [RecordFault, number])[] = [
  ['missing', 0.02],
  ['arithmetic', 0.05],
  ['newer-tariff', 0.08],
  ['credited', 0.1],
  ['more-energy', 0.12],
  ['repeated', 0.13],
  ['tampered', 0.16],
];

export function faultOf(world: DemoWorld, session: ToldSession): RecordFault {
  // The fleet's own charge points bill without mistakes.
  if (session.evse.owner >= 0) return 'none';
  const share = hashUnit(world.seed, 'record-fault', session.id);
  const fault = FAULTS.find(([, below]) => share < below)?.[0] ?? 'none';
  // Who started a session from a screen sees its record come.
  return fault === 'missing' && session.commandId !== undefined ? 'none' : fault;
}

export function chargeRecord(
  world: DemoWorld,
  session: ToldSession,
  fault: RecordFault,
  atMs: number,
): Record<string, unknown> {
  const location = world.charging.locations[session.evse.location];
  const town = DEMO_DEPOTS[location?.depot ?? 0] ?? DEMO_DEPOTS[0];
  const days = world.days[location?.depot ?? 0];
  if (!location || !days) throw new RangeError(`Session ${session.id} took place nowhere.`);
  const day = days.dayOf(session.startMs);
  const honest = priceSheet(world.seed, location.depot, location.partyId, session.evse.dc, day);
  const sheet =
    fault === 'newer-tariff' ? { ...honest, energyE4: honest.energyE4.map((e4) => Math.round(e4 * 1.08)) } : honest;
  const cuts = cutByPrice(session, sheet, (ms) => Math.floor(days.hourOf(ms)), fault === 'more-energy' ? 1.1 : 1);
  const bill = addUp(sheet, cuts, reservedHoursE4(session, sheet));
  const wrongE2 = fault === 'arithmetic' || fault === 'credited' ? 10 ** bill.decimals : 0;
  return {
    country_code: town.countryCode,
    party_id: location.partyId,
    id: `CDR-${session.id}`,
    start_date_time: isoTime(session.reservedMs ?? session.startMs),
    end_date_time: isoTime(session.endMs),
    session_id: session.id,
    cdr_token: {
      country_code: town.countryCode,
      party_id: 'ION',
      uid: tokenUid(session.vehicleId),
      type: 'APP_USER',
      contract_id: (CONTRACTS[location.depot] ?? CONTRACTS[0]).id,
    },
    auth_method: session.commandId === undefined ? 'WHITELIST' : 'COMMAND',
    ...(session.commandId === undefined ? {} : { authorization_reference: session.commandId }),
    cdr_location: placeOf(session, location),
    currency: town.currency,
    tariffs: [wireTariff(sheet, days, day, days.instantOf(day, 0))],
    charging_periods: [...reservedPeriod(session, sheet), ...cuts.map((cut) => periodOf(cut, sheet.tariffId))],
    ...signedData(world, session, location, town.countryCode, cuts, fault),
    total_cost: priceOf(sheet, bill.totalE2 + wrongE2, bill.grossE2 + wrongE2, bill.decimals),
    ...(sheet.flatE4 > 0
      ? { total_fixed_cost: priceOf(sheet, bill.flatE2, grossOf(sheet, bill.flatE2), bill.decimals) }
      : {}),
    total_energy: kwhOf(cuts.reduce((sum, cut) => sum + cut.energyE4, 0)),
    total_energy_cost: priceOf(sheet, bill.energyE2, grossOf(sheet, bill.energyE2), bill.decimals),
    total_time: round4((session.endMs - session.startMs) / 3_600_000),
    ...(bill.reservedE2 > 0
      ? { total_reservation_cost: priceOf(sheet, bill.reservedE2, grossOf(sheet, bill.reservedE2), bill.decimals) }
      : {}),
    last_updated: isoTime(atMs),
  };
}

type Price =
  | { readonly excl_vat: number; readonly incl_vat: number }
  | { readonly before_taxes: number; readonly taxes: readonly { name: string; percentage: number; amount: number }[] };

/** The record that takes another back: what it cost, below nought. */
export function creditRecord(record: Record<string, unknown>, atMs: number): Record<string, unknown> {
  const cost = record['total_cost'] as Price;
  return {
    ...record,
    id: `${String(record['id'])}-C`,
    credit: true,
    credit_reference_id: record['id'],
    total_cost:
      'excl_vat' in cost
        ? { excl_vat: -cost.excl_vat, incl_vat: -cost.incl_vat }
        : { before_taxes: -cost.before_taxes, taxes: cost.taxes.map((tax) => ({ ...tax, amount: -tax.amount })) },
    last_updated: isoTime(atMs),
  };
}

type Cut = { readonly startMs: number; readonly endMs: number; readonly energyE4: number; readonly priceE4: number };

/** Periods of one price each; what was charged at a change of price lies on a straight line between two times that were told. */
function cutByPrice(session: ToldSession, sheet: PriceSheet, hourOf: (ms: number) => number, factor: number): Cut[] {
  const { startMs, endMs } = session;
  const priceAt = (ms: number): number => sheet.energyE4[hourOf(ms)] ?? 0;
  const bounds = [startMs];
  // Zones change prices at whole quarter hours of UTC.
  for (let ms = Math.ceil((startMs + 1) / 900_000) * 900_000; ms < endMs; ms += 900_000)
    if (priceAt(ms) !== priceAt(ms - 1)) bounds.push(ms);
  const countedE4 = (ms: number): number => Math.round(chargedAt(session, ms) * factor * 10_000);
  return bounds.map((fromMs, index) => {
    const toMs = bounds[index + 1] ?? endMs;
    return { startMs: fromMs, endMs: toMs, energyE4: countedE4(toMs) - countedE4(fromMs), priceE4: priceAt(fromMs) };
  });
}

function chargedAt({ points }: ToldSession, ms: number): number {
  const after = points.findIndex((point) => point.atMs >= ms);
  const next = points[after] ?? points.at(-1);
  const last = points[Math.max(0, after - 1)] ?? next;
  if (!next || !last || after <= 0) return next?.kwh ?? 0;
  return last.kwh + ((next.kwh - last.kwh) * (ms - last.atMs)) / Math.max(1, next.atMs - last.atMs);
}

type Bill = {
  readonly totalE2: number;
  readonly grossE2: number;
  readonly energyE2: number;
  readonly flatE2: number;
  readonly reservedE2: number;
  readonly decimals: number;
};

/**
 * How each operator comes from exact amounts to money. Named for money of two decimals; where an operator bills four, they are four.
 */
function addUp(sheet: PriceSheet, cuts: readonly Cut[], reservedE4: number): Bill {
  const decimals = sheet.partyId === 'DCN' ? 4 : 2;
  const unitE8 = 10 ** (8 - decimals);
  const halfUp = (e8: number): number => Math.floor(e8 / unitE8 + 0.5);
  const halfEven = (e8: number): number => {
    const whole = Math.floor(e8 / unitE8);
    const rest = e8 - whole * unitE8;
    return rest * 2 === unitE8 ? whole + (whole % 2) : halfUp(e8);
  };
  const taxed = (e8: number): number => Math.round((e8 * (100 + sheet.vatPercent)) / 100);
  const energyE8 = cuts.reduce((sum, cut) => sum + cut.energyE4 * cut.priceE4, 0);
  const flatE8 = sheet.flatE4 * 10_000;
  const reservedE8 = reservedE4 * sheet.reservationE4;
  const exactE8 = energyE8 + flatE8 + reservedE8;
  const round =
    sheet.partyId === 'LPG' ? (e8: number) => Math.floor(e8 / unitE8) : sheet.partyId === 'HVL' ? halfEven : halfUp;
  const energy =
    sheet.partyId === 'NMG' ? cuts.reduce((sum, cut) => sum + halfUp(cut.energyE4 * cut.priceE4), 0) : round(energyE8);
  const parts = { energyE2: energy, flatE2: round(flatE8), reservedE2: round(reservedE8), decimals };
  if (sheet.isGross) {
    const grossE8 = cuts.reduce(
      (sum, cut) => sum + cut.energyE4 * Math.round((cut.priceE4 * (100 + sheet.vatPercent)) / 100),
      0,
    );
    return { ...parts, totalE2: halfUp((grossE8 * 100) / (100 + sheet.vatPercent)), grossE2: halfUp(grossE8) };
  }
  const byPart = sheet.partyId === 'NMG' || sheet.partyId === 'HVL';
  const totalE2 = byPart ? parts.energyE2 + parts.flatE2 + parts.reservedE2 : round(exactE8);
  const capE2 = sheet.capE4 > 0 ? Math.floor((sheet.capE4 * 10_000) / unitE8) : Infinity;
  const capped = Math.min(totalE2, capE2);
  return { ...parts, totalE2: capped, grossE2: round(taxed(capped * unitE8)) };
}

function grossOf(sheet: PriceSheet, e2: number): number {
  return Math.floor((e2 * (100 + sheet.vatPercent)) / 100 + 0.5);
}

function priceOf(sheet: PriceSheet, netE2: number, grossE2: number, decimals: number): Price {
  const net = netE2 / 10 ** decimals;
  const gross = grossE2 / 10 ** decimals;
  if (!sheet.isGross) return { excl_vat: net, incl_vat: gross };
  const amount = (grossE2 - netE2) / 10 ** decimals;
  return { before_taxes: net, taxes: [{ name: 'VAT', percentage: sheet.vatPercent, amount }] };
}

function reservedHoursE4({ reservedMs, startMs }: ToldSession, sheet: PriceSheet): number {
  if (reservedMs === undefined || sheet.reservationE4 === 0) return 0;
  // Whole minutes, as the tariff's step says.
  return Math.round((Math.ceil((startMs - reservedMs) / 60_000) * 10_000) / 60);
}

function reservedPeriod(session: ToldSession, sheet: PriceSheet): unknown[] {
  const { reservedMs, startMs } = session;
  if (reservedMs === undefined) return [];
  const volume = round4((startMs - reservedMs) / 3_600_000);
  const dimensions = [{ type: 'RESERVATION_TIME', volume }];
  return [{ start_date_time: isoTime(reservedMs), dimensions, tariff_id: sheet.tariffId }];
}

function periodOf(cut: Cut, tariffId: string): unknown {
  const dimensions = [
    { type: 'ENERGY', volume: kwhOf(cut.energyE4) },
    { type: 'TIME', volume: round4((cut.endMs - cut.startMs) / 3_600_000) },
  ];
  return { start_date_time: isoTime(cut.startMs), dimensions, tariff_id: tariffId };
}

function placeOf(session: ToldSession, location: DemoLocation): unknown {
  const town = DEMO_DEPOTS[location.depot] ?? DEMO_DEPOTS[0];
  const { evse } = session;
  return {
    id: location.id,
    name: location.name,
    address: location.address,
    city: town.city,
    country: town.country,
    coordinates: { latitude: evse.latitude.toFixed(6), longitude: evse.longitude.toFixed(6) },
    evse_uid: evse.uid,
    evse_id: evse.evseId,
    connector_id: CONNECTOR_ID,
    connector_standard: evse.dc ? 'IEC_62196_T2_COMBO' : 'IEC_62196_T2',
    connector_format: evse.dc ? 'CABLE' : 'SOCKET',
    connector_power_type: evse.dc ? 'DC' : 'AC_3_PHASE',
  };
}

/** German law wants the meter's own signature at public charge points; elsewhere there is none. */
function signedData(
  world: DemoWorld,
  session: ToldSession,
  location: DemoLocation,
  countryCode: string,
  cuts: readonly Cut[],
  fault: RecordFault,
): Record<string, unknown> {
  if (countryCode !== 'DE' || location.isDepot || !session.evse.dc) return {};
  const energyE4 = cuts.reduce((sum, cut) => sum + cut.energyE4, 0);
  const signed = signReading(world.seed, session, energyE4, fault === 'tampered');
  return {
    signed_data: {
      encoding_method: 'OCMF',
      public_key: signed.publicKey,
      signed_values: [{ nature: 'Transaction', plain_data: '', signed_data: signed.text }],
    },
  };
}

function kwhOf(energyE4: number): number {
  return energyE4 / 10_000;
}

function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
