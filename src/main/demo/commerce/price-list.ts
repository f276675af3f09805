/**
 * What charging costs at each operator of the demo, and since when. Prices are integers of a ten-thousandth of the currency, as OCPI
 * carries four decimals; the tariffs of the wire and the charge records are both made from here, with arithmetic of their own.
 */
import { DEMO_DEPOTS, DEPOT_OPERATOR, type DemoDepot } from '../demo-depots.ts';
import type { LocalDays } from '../fleet/local-day.ts';
import { hashUnit } from '../seeded-random.ts';

/** From when on, as days before the demo begins; the last one is in force. */
export type PriceSheet = {
  readonly tariffId: string;
  readonly partyId: string;
  readonly depot: number;
  readonly dc: boolean;
  /** Per kWh, by local hour. */
  readonly energyE4: readonly number[];
  readonly flatE4: number;
  /** Per hour of a reservation; 0: reserving is free. */
  readonly reservationE4: number;
  /** Greatest net price of a session; 0: none. */
  readonly capE4: number;
  /** The tariff states gross prices, as OCPI 2.3.0 can. */
  readonly isGross: boolean;
  readonly vatPercent: number;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function tariffIdOf(partyId: string, dc: boolean): string {
  return `${partyId}-${dc ? 'DC' : 'AC'}`;
}

/** The prices of a local day (days since 1970); operators change theirs by the day at most. */
export function priceSheet(seed: number, depot: number, partyId: string, dc: boolean, day: number): PriceSheet {
  const town = DEMO_DEPOTS[depot] ?? DEMO_DEPOTS[0];
  const base = baseE4(town, partyId, day);
  // Direct current costs more everywhere but at home.
  const perKwh = dc && partyId !== DEPOT_OPERATOR.partyId ? Math.round(base * 1.12) : base;
  return {
    tariffId: tariffIdOf(partyId, dc),
    partyId,
    depot,
    dc,
    energyE4: HOURS.map((hour) => energyAtE4(seed, partyId, perKwh, day, hour)),
    flatE4: partyId === 'NMG' ? 100_000 : partyId === 'HVL' ? 3500 : 0,
    reservationE4: partyId === 'LPG' ? 20_000 : partyId === 'KVC' ? 300_000 : 0,
    capE4: partyId === 'LPG' ? 450_000 : 0,
    isGross: partyId === 'SPR',
    vatPercent: Math.round(town.vat * 100),
  };
}

/** Everybody who sells in a town. */
export function sellersOf(depot: number): readonly { readonly partyId: string; readonly name: string }[] {
  return [...(DEMO_DEPOTS[depot] ?? DEMO_DEPOTS[0]).operators, DEPOT_OPERATOR];
}

/** The local days on which this operator's prices differ from the day before, within [fromDay, toDay]. */
export function changeDays(seed: number, depot: number, partyId: string, fromDay: number, toDay: number): number[] {
  const days: number[] = [];
  for (let day = fromDay + 1; day <= toDay; day++) {
    const [before, after] = [day - 1, day].map((each) => priceSheet(seed, depot, partyId, true, each).energyE4.join());
    if (before !== after) days.push(day);
  }
  return days;
}

function baseE4(town: DemoDepot, partyId: string, day: number): number {
  const seller = town.operators.find((operator) => operator.partyId === partyId);
  const base = Math.round((seller?.pricePerKwh ?? town.depotPricePerKwh) * 10_000);
  // Havelladen raised its prices once, on the first of June of the demo's year.
  return partyId === 'HVL' && day < Date.UTC(2026, 5, 1) / 86_400_000 ? base - 300 : base;
}

function energyAtE4(seed: number, partyId: string, perKwh: number, day: number, hour: number): number {
  // Kaveri Charge asks a fifth more in the evening; Deccan Volt has a price for each hour of each day.
  if (partyId === 'KVC') return hour >= 18 && hour < 22 ? Math.round(perKwh * 1.2) : perKwh;
  if (partyId !== 'DCN') return perKwh;
  const swing = hour >= 17 && hour < 22 ? 1.16 : hour >= 10 && hour < 16 ? 0.86 : 1;
  return Math.round((perKwh * (swing + 0.1 * (hashUnit(seed, 'hour-price', day, hour) - 0.5))) / 100) * 100;
}

type WireElement = { price_components: unknown[]; restrictions?: Record<string, unknown> };

/** The sheet as an OCPI tariff: 2.3.0 where prices are gross, else 2.2.1. */
export function wireTariff(sheet: PriceSheet, days: LocalDays, day: number, atMs: number): Record<string, unknown> {
  const town = DEMO_DEPOTS[sheet.depot] ?? DEMO_DEPOTS[0];
  const money = (e4: number): number =>
    (sheet.isGross ? Math.round((e4 * (100 + sheet.vatPercent)) / 100) : e4) / 10_000;
  const component = (type: string, e4: number, step: number): unknown => ({
    type,
    price: money(e4),
    vat: sheet.vatPercent,
    step_size: step,
  });
  const elements: WireElement[] = hourBlocks(sheet.energyE4).map(([from, to, e4]) => ({
    price_components: [component('ENERGY', e4, 1)],
    ...(from === 0 && to === 24 ? {} : { restrictions: { start_time: clock(from), end_time: clock(to) } }),
  }));
  if (sheet.flatE4 > 0) elements.push({ price_components: [component('FLAT', sheet.flatE4, 1)] });
  if (sheet.reservationE4 > 0)
    elements.push({
      price_components: [component('TIME', sheet.reservationE4, 60)],
      restrictions: { reservation: 'RESERVATION' },
    });
  const cap = { before_taxes: sheet.capE4 / 10_000, after_taxes: (sheet.capE4 * (100 + sheet.vatPercent)) / 1_000_000 };
  return {
    country_code: town.countryCode,
    party_id: sheet.partyId,
    id: sheet.tariffId,
    currency: town.currency,
    type: 'REGULAR',
    elements,
    ...(sheet.capE4 > 0
      ? { max_price: sheet.isGross ? cap : { excl_vat: cap.before_taxes, incl_vat: cap.after_taxes } }
      : {}),
    ...(sheet.isGross ? { tax_included: 'YES' } : {}),
    start_date_time: new Date(days.instantOf(day, 0)).toISOString(),
    last_updated: new Date(atMs).toISOString(),
  };
}

/** Neighbouring hours of one price as one block: from, to (24 is midnight), price. */
function hourBlocks(energyE4: readonly number[]): [from: number, to: number, e4: number][] {
  const blocks: [number, number, number][] = [];
  energyE4.forEach((e4, hour) => {
    const last = blocks.at(-1);
    if (last?.[2] === e4) last[1] = hour + 1;
    else blocks.push([hour, hour + 1, e4]);
  });
  return blocks;
}

function clock(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}
