/**
 * Charge records priced a second, with trace: a simple one (a fee, energy and parking in three periods) and a dynamic one (48 half hours
 * over a price for each hour of the day). Every record brings its own tariff, as CDRs do, so nothing is compiled twice.
 *
 * The peers are `JSON.parse` of the very same records, which is the least that anybody must do with them, and a bare loop that finds
 * the hour's price and multiplies in binary numbers: no trace, tax, step or rounding, hence a limit and not a rival.
 */
import { priceCharge } from '../../src/shared/domain/tariff/price-session.ts';
import type { Charge } from '../../src/shared/domain/tariff/charge.ts';
import {
  chargeDetailRecord,
  type WireChargeRecord,
} from '../../src/main/marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { readChargeRecord } from '../../src/main/marketplace/ocpi/read-charge-record.ts';
import { sampleChargeRecord, sampleTariff } from '../support/wire-samples.ts';
import type { BenchTable } from './bench-table.ts';
import { median } from './figures.ts';

const ROUNDS = 5;
/** Pricing a record with its trace costs at most twenty times what it costs to split its text into values. */
const AIM = 0.05;
const BEGIN_MS = Date.UTC(2026, 5, 9, 4);
const HALF_HOUR_MS = 30 * 60_000;
const ZONE = { zone: 'Europe/Berlin', basis: 'location' } as const;

type Period = WireChargeRecord['charging_periods'][number];
type Element = NonNullable<WireChargeRecord['tariffs']>[number]['elements'][number];
type Kind = { readonly name: string; readonly records: number; readonly make: (index: number) => unknown };

const isoTime = (atMs: number) => new Date(atMs).toISOString();
const clock = (hour: number) => `${String(hour % 24).padStart(2, '0')}:00`;

function makeRecord(index: number, periods: Period[], elements: Element[], endMs: number): unknown {
  return sampleChargeRecord(`CDR-${index}`, {
    start_date_time: isoTime(BEGIN_MS),
    end_date_time: isoTime(endMs),
    tariffs: [sampleTariff('T1', { elements })],
    charging_periods: periods,
  });
}

function makeSimple(index: number): unknown {
  const kwh = 20 + (index % 4000) / 1000;
  const elements: Element[] = [
    {
      price_components: [
        { type: 'FLAT', price: 0.5, vat: 19, step_size: 0 },
        { type: 'ENERGY', price: 0.49, vat: 19, step_size: 1 },
        { type: 'PARKING_TIME', price: 6, vat: 19, step_size: 60 },
      ],
    },
  ];
  const dimensions = [
    [
      { type: 'ENERGY', volume: kwh },
      { type: 'TIME', volume: 0.5 },
    ],
    [
      { type: 'ENERGY', volume: 1.25 },
      { type: 'TIME', volume: 0.5 },
    ],
    [{ type: 'PARKING_TIME', volume: 0.5 }],
  ];
  const periods = dimensions.map((each, period) => ({
    start_date_time: isoTime(BEGIN_MS + period * HALF_HOUR_MS),
    tariff_id: 'T1',
    dimensions: each,
  }));
  return makeRecord(index, periods, elements, BEGIN_MS + 3 * HALF_HOUR_MS);
}

function makeDynamic(index: number): unknown {
  const elements = Array.from({ length: 24 }, (_, hour): Element => ({
    price_components: [
      { type: 'ENERGY', price: (2000 + ((hour * 137 + index) % 3000)) / 10_000, vat: 19, step_size: 1 },
    ],
    restrictions: { start_time: clock(hour), end_time: clock(hour + 1) },
  }));
  const periods = Array.from({ length: 48 }, (_, period) => ({
    start_date_time: isoTime(BEGIN_MS + period * HALF_HOUR_MS),
    tariff_id: 'T1',
    dimensions: [
      { type: 'ENERGY', volume: (1000 + ((period * 31 + index) % 5000)) / 1000 },
      { type: 'TIME', volume: 0.5 },
    ],
  }));
  return makeRecord(index, periods, elements, BEGIN_MS + 48 * HALF_HOUR_MS);
}

const KINDS: readonly Kind[] = [
  { name: 'simple, 3 periods', records: 4000, make: makeSimple },
  { name: 'dynamic, 48 periods by 24 hourly prices', records: 400, make: makeDynamic },
];

function perSecond(count: number, work: () => void): number {
  const started = performance.now();
  work();
  return (count * 1000) / (performance.now() - started);
}

const readCharge = (record: unknown): Charge => readChargeRecord(chargeDetailRecord.parse(record), ZONE).charge;

function priceAll(charges: readonly Charge[]): void {
  for (const charge of charges) {
    const priced = priceCharge(charge);
    if (!priced.ok) throw new Error(`The bench’s own record was refused: ${priced.message}`);
  }
}

/** Quantity by price and nothing else. */
function multiplyAll(records: readonly WireChargeRecord[]): number {
  let total = 0;
  for (const { charging_periods: periods, tariffs } of records) {
    const elements = tariffs?.[0]?.elements ?? [];
    for (const period of periods) {
      const hour = new Date(Date.parse(period.start_date_time)).getUTCHours();
      const element = elements[elements.length === 1 ? 0 : hour];
      for (const { type, volume } of period.dimensions)
        total += volume * (element?.price_components.find((component) => component.type === type)?.price ?? 0);
    }
  }
  return total;
}

export function benchPricing(table: BenchTable): void {
  table.section(`charge records priced, with trace, median of ${ROUNDS}`);
  table.machine();
  for (const { name, records, make } of KINDS) {
    const texts = Array.from({ length: records }, (_, index) => JSON.stringify(make(index)));
    const ours: number[] = [];
    const whole: number[] = [];
    const parsed: number[] = [];
    const multiplied: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      parsed.push(perSecond(records, () => texts.forEach((text) => void JSON.parse(text))));
      const wires = texts.map((text) => chargeDetailRecord.parse(JSON.parse(text)));
      multiplied.push(perSecond(records, () => void multiplyAll(wires)));
      // Made anew each round, or the second would find its tariffs compiled.
      const charges = texts.map((text) => readCharge(JSON.parse(text)));
      ours.push(perSecond(records, () => priceAll(charges)));
      whole.push(perSecond(records, () => priceAll(texts.map((text) => readCharge(JSON.parse(text))))));
    }
    const [priced, read, bare] = [median(ours), median(parsed), median(multiplied)];
    table.say(`CDRs priced a second, ${name}`, `${Math.round(priced)}`);
    table.ratio(
      `  to JSON.parse of the same records`,
      priced / read,
      AIM,
      `${Math.round(priced)} / ${Math.round(read)}`,
    );
    table.say(
      '  from the text: parsed, checked by the wire’s schema, read and priced',
      `${Math.round(median(whole))} a second`,
    );
    table.say('  a bare loop of binary numbers, quantity by price only', `${Math.round(bare)} a second`);
  }
}
