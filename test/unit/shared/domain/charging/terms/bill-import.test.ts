import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { billImport, type ImportInterval } from '../../../../../../src/shared/domain/charging/terms/bill-import.ts';
import { toShortText } from '../../../../../../src/shared/kernel/exact.ts';
import { openLocalTime, type LocalTime } from '../../../../../../src/shared/kernel/local-time.ts';
import { madeTerms } from '../../../../../support/charging/made-terms.ts';

const QUARTER = 900_000;
const local = openLocalTime('Europe/Berlin') as LocalTime;
const fromMs = Date.parse('2026-06-09T00:00:00Z');
const intervalsOf = (energies: readonly number[]): ImportInterval[] =>
  energies.map((importWh, at) => ({ beginMs: fromMs + at * QUARTER, endMs: fromMs + (at + 1) * QUARTER, importWh }));

describe('billImport', () => {
  it('bills each interval at its price and the highest mean power of the month', () => {
    const bill = billImport([madeTerms()], local, intervalsOf([10_000, 25_001, 5000]), fromMs);
    expect([toShortText(bill.energy), toShortText(bill.demand)]).toEqual(['7.20018', '1240.0496']);
    expect([bill.importWh, bill.peakW, bill.peakAtMs]).toEqual([40_001, 100_004, fromMs + QUARTER]);
  });

  it('keeps energy without a price out of every sum of money, and says how much', () => {
    const bill = billImport(
      [madeTerms({ validFromMs: fromMs + QUARTER })],
      local,
      intervalsOf([500, 700]),
      fromMs + QUARTER,
    );
    expect([bill.unpricedWh, toShortText(bill.energy)]).toEqual([500, '0.126']);
  });

  it('is to the last digit what whole numbers give', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 96 }), (energies) => {
        const terms = madeTerms({ energy: [{ name: 'one', pricePerKwh: '0.2837', when: {} }] });
        const { energy, demand } = billImport([terms], local, intervalsOf(energies), fromMs);
        const total = energies.reduce((sum, wh) => sum + BigInt(wh), 0n);
        const most = energies.reduce((high, wh) => Math.max(high, wh), 0);
        expect(energy.numerator * 10_000_000n).toBe(total * 2837n * energy.denominator);
        expect(demand.numerator * 100_000n).toBe(BigInt(most) * 4n * 1240n * demand.denominator);
      }),
    );
  });
});
