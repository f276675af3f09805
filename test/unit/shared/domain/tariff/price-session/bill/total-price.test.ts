/** What holds for every charge: prices are exact, and depend on what was used and not on how it is told. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Charge, UsagePeriod } from '../../../../../../../src/shared/domain/tariff/charge.ts';
import type { PricedCharge, RoundingConvention } from '../../../../../../../src/shared/domain/tariff/price.ts';
import { charge, component, element, price, tariff } from '../../../../../../support/charge-bench.ts';

const BEGIN_MS = Date.parse('2026-10-24T20:00:00Z');
const QUARTER_MS = 15 * 60_000;
const FINE: RoundingConvention = { mode: 'half-up', scale: 4, stage: 'total', first: 'gross' };

/** Ten-thousandths, as OCPI carries them. */
const decimal = (max: number) => fc.nat({ max: max * 10_000 }).map((units) => write(units));
const write = (units: number): string => `${Math.floor(units / 10_000)}.${String(units % 10_000).padStart(4, '0')}`;
const units = (text: string): bigint => BigInt(text.replace('.', ''));

const rate = fc.record({
  energy: decimal(2),
  time: decimal(20),
  parking: decimal(20),
  fee: decimal(5),
  night: decimal(2),
});
const use = fc.array(
  fc.record({ kwh: fc.nat({ max: 50_000 }), quarters: fc.integer({ min: 1, max: 8 }), parked: fc.boolean() }),
  { minLength: 1, maxLength: 12 },
);
type Rate = { energy: string; time: string; parking: string; fee: string; night: string };
type Use = readonly { kwh: number; quarters: number; parked: boolean }[];

function tariffOf({ energy, time, parking, fee, night }: Rate, step = 0) {
  return tariff([
    element(component('ENERGY', night, '7', step), { startTime: '22:00', endTime: '06:00' }),
    element([
      component('FLAT', fee, '20'),
      component('ENERGY', energy, '20', step),
      component('TIME', time, '20', step),
      component('PARKING_TIME', parking, '10', step),
    ]),
  ]);
}

function chargeOf(rates: Rate, used: Use, step = 0): Charge {
  let atMs = BEGIN_MS;
  const periods = used.map(({ kwh, quarters, parked }): UsagePeriod => {
    const beginMs = atMs;
    atMs += quarters * QUARTER_MS;
    const hours = write(quarters * 2500);
    const dimensions = parked
      ? [{ type: 'PARKING_TIME', volume: hours }]
      : [
          { type: 'ENERGY', volume: write(kwh) },
          { type: 'TIME', volume: hours },
        ];
    return { beginMs, tariffId: 'T1', dimensions };
  });
  return { ...charge(tariffOf(rates, step), '12:00', periods, 'Europe/Berlin'), endMs: atMs };
}

const net = (of: Charge): string => price(of, { rounding: FINE }).total.net;

/** Each period cut into as many of a quarter of an hour, its energy shared out unevenly but exactly. */
function splitAll(of: Charge): Charge {
  const periods = of.periods.flatMap((period, at) => {
    const endMs = of.periods[at + 1]?.beginMs ?? of.endMs;
    const count = (endMs - period.beginMs) / QUARTER_MS;
    return Array.from({ length: count }, (_none, part): UsagePeriod => ({
      ...period,
      beginMs: period.beginMs + part * QUARTER_MS,
      dimensions: period.dimensions.map(({ type, volume }) => {
        const total = Number(units(volume));
        const share = type === 'ENERGY' ? Math.floor(total / count) : 2500;
        return { type, volume: write(type === 'ENERGY' && part === 0 ? total - share * (count - 1) : share) };
      }),
    }));
  });
  return { ...of, periods };
}

const sumLines = (priced: PricedCharge): bigint =>
  priced.lines.reduce((total, line) => total + tenDecimals(line.net), 0n);
function tenDecimals(text: string): bigint {
  const [whole = '0', rest = ''] = text.split('.');
  return BigInt(whole + rest.padEnd(10, '0'));
}

describe('every price', () => {
  it('is what a slow sum of whole numbers comes to', () => {
    fc.assert(
      fc.property(rate, use, (rates, used) => {
        const of = chargeOf(rates, used);
        // Millionths of a ten-thousandth: price times volume, both in ten-thousandths.
        let total = units(rates.fee) * 10_000n;
        for (const period of of.periods) {
          const hour = new Date(period.beginMs).toLocaleString('en-GB', {
            timeZone: 'Europe/Berlin',
            hour: '2-digit',
            hourCycle: 'h23',
          });
          const isNight = Number(hour) >= 22 || Number(hour) < 6;
          const prices: Record<string, string> = {
            ENERGY: isNight ? rates.night : rates.energy,
            TIME: rates.time,
            PARKING_TIME: rates.parking,
          };
          for (const { type, volume } of period.dimensions) total += units(prices[type] ?? '0.0000') * units(volume);
        }
        const rounded = (total * 2n + 10_000n) / 20_000n;
        expect(units(net(of))).toBe(rounded);
      }),
    );
  });

  it('is the sum of its lines', () => {
    fc.assert(
      fc.property(rate, use, fc.nat({ max: 900 }), (rates, used, step) => {
        const priced = price(chargeOf(rates, used, step), { rounding: FINE });
        const difference = sumLines(priced) - tenDecimals(priced.total.net);
        // Half of the last decimal of the total, and of the tenth of each line.
        expect(difference <= 500_100n && difference >= -500_100n).toBe(true);
        const parts = priced.total.taxes.reduce((total, { base }) => total + units(base), 0n);
        expect(parts).toBe(units(priced.total.net));
      }),
    );
  });

  it('does not change when periods are cut where no restriction begins', () => {
    fc.assert(
      fc.property(rate, use, (rates, used) => {
        const of = chargeOf({ ...rates, night: rates.energy }, used);
        expect(net(splitAll(of))).toBe(net(of));
      }),
    );
  });

  it('depends neither on the order of periods nor on being asked twice', () => {
    fc.assert(
      fc.property(rate, use, fc.nat({ max: 900 }), (rates, used, step) => {
        const of = chargeOf(rates, used, step);
        expect(price({ ...of, periods: of.periods.toReversed() }).total).toEqual(price(of).total);
        expect(price(of)).toEqual(price(structuredClone(of)));
      }),
    );
  });

  it('rises with energy, and steps never lower it', () => {
    fc.assert(
      fc.property(rate, use, fc.nat({ max: 10_000 }), fc.nat({ max: 900 }), (rates, used, more, step) => {
        const greater = used.map((each) => ({ ...each, kwh: each.kwh + more }));
        // Without steps: a step taken at the last price may shrink while energy at a lower price grows.
        expect(units(net(chargeOf(rates, greater)))).toBeGreaterThanOrEqual(units(net(chargeOf(rates, used))));
        expect(units(net(chargeOf(rates, used, step)))).toBeGreaterThanOrEqual(units(net(chargeOf(rates, used))));
      }),
    );
  });

  it('is k times as much for k times the prices', () => {
    fc.assert(
      fc.property(rate, use, fc.integer({ min: 2, max: 9 }), fc.nat({ max: 900 }), (rates, used, times, step) => {
        const dearer = Object.fromEntries(
          Object.entries(rates).map(([name, text]) => [name, write(Number(units(text)) * times)]),
        ) as Rate;
        const once = tenDecimals(net(chargeOf(rates, used, step)));
        // What is left over is the rounding of the single price, half of its last decimal, times k, and that of the other.
        const left = tenDecimals(net(chargeOf(dearer, used, step))) - once * BigInt(times);
        expect(left <= 500_000n * BigInt(times + 1) && left >= -500_000n * BigInt(times + 1)).toBe(true);
      }),
    );
  });

  it('bills no negative quantity', () => {
    fc.assert(
      fc.property(rate, use, fc.nat({ max: 900 }), (rates, used, step) => {
        expect(price(chargeOf(rates, used, step)).lines.every(({ quantity }) => !quantity.startsWith('-'))).toBe(true);
      }),
    );
  });

  it('has a net and taxes that make the gross, by every convention', () => {
    const convention = fc.record({
      mode: fc.constantFrom('half-up', 'half-even', 'half-down', 'up', 'down'),
      scale: fc.constantFrom(0, 1, 2, 3, 4),
      stage: fc.constantFrom('line', 'dimension', 'total'),
      first: fc.constantFrom('net', 'gross'),
    });
    fc.assert(
      fc.property(rate, use, convention, (rates, used, rounding) => {
        const { total } = price(chargeOf(rates, used), { rounding });
        const taxes = total.taxes.reduce((sum, { amount }) => sum + tenDecimals(amount), 0n);
        expect(tenDecimals(total.net) + taxes).toBe(tenDecimals(total.gross ?? ''));
      }),
    );
  });
});
