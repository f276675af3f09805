import { describe, expect, it } from 'vitest';
import {
  demandPricePerKw,
  importPrice,
  isCounted,
  termsAt,
} from '../../../../../../src/shared/domain/charging/terms/site-prices.ts';
import { toShortText } from '../../../../../../src/shared/kernel/exact.ts';
import { openLocalTime, type LocalTime } from '../../../../../../src/shared/kernel/local-time.ts';
import { madeTerms } from '../../../../../support/charging/made-terms.ts';

const MINUTE = 60_000;
const berlin = openLocalTime('Europe/Berlin') as LocalTime;
const at = (text: string) => Date.parse(text);
const price = (fromMs: number, minutes: number, terms = [madeTerms()]) => {
  const found = importPrice(terms, berlin, fromMs, fromMs + minutes * MINUTE);
  return found && toShortText(found);
};

describe('a depot’s prices', () => {
  it('hold from their day on, and of two rows with the same day the later entered', () => {
    const rows = [
      madeTerms({ name: 'old' }),
      madeTerms({ name: 'mistyped', validFromMs: 100 }),
      madeTerms({ name: 'new', validFromMs: 100 }),
    ];
    expect([-1, 0, 99, 100].map((atMs) => termsAt(rows, atMs)?.name)).toEqual([undefined, 'old', 'old', 'new']);
    expect(price(-15 * MINUTE, 15)).toBeUndefined();
  });

  it('follow local clocks over midnight, also on the night they are put forward', () => {
    expect(price(at('2026-03-29T03:45:00Z'), 15)).toBe('0.18');
    expect(price(at('2026-03-29T04:00:00Z'), 15)).toBe('0.31');
    expect(price(at('2026-03-28T05:00:00Z'), 15)).toBe('0.31');
    expect(price(at('2026-03-28T04:45:00Z'), 15)).toBe('0.18');
  });

  it('are the mean over the minutes where they change in between', () => {
    const terms = [
      madeTerms({
        energy: [
          { name: 'a', pricePerKwh: '0.10', when: { fromMinute: 0, toMinute: 10 } },
          { name: 'b', pricePerKwh: '0.40', when: {} },
        ],
      }),
    ];
    expect(price(at('2026-06-09T22:00:00Z'), 15, terms)).toBe('0.2');
  });

  it('are those of the hour where one is known', () => {
    const fromMs = at('2026-06-09T10:00:00Z');
    const terms = [madeTerms({ dynamic: [{ fromMs, toMs: fromMs + 60 * MINUTE, pricePerKwh: '-0.021' }] })];
    expect(price(fromMs, 60, terms)).toBe('-0.021');
    expect(price(fromMs + 60 * MINUTE, 15, terms)).toBe('0.31');
  });

  it('count months and weekdays as ISO 8601 does', () => {
    const [demand] = madeTerms({
      demand: [{ name: 'winter', per: 'kW', pricePerUnit: '1', when: { months: [12], weekdays: [7] } }],
    }).demand;
    expect(
      demand && ['2026-12-06', '2026-12-07', '2026-11-29'].map((day) => isCounted(demand, berlin, at(day))),
    ).toEqual([true, false, false]);
  });

  it('turn kVA into kW by the power factor, without rounding', () => {
    const terms = madeTerms({
      powerFactor: 0.9,
      demand: [{ name: 'contract demand', per: 'kVA', pricePerUnit: '270', when: {} }],
    });
    expect(terms.demand.map((demand) => toShortText(demandPricePerKw(demand, terms)))).toEqual(['300']);
  });
});
