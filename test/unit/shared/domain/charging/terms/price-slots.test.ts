import { describe, expect, it } from 'vitest';
import { priceSlots } from '../../../../../../src/shared/domain/charging/terms/price-slots.ts';
import { openLocalTime, type LocalTime } from '../../../../../../src/shared/kernel/local-time.ts';
import { madeTerms } from '../../../../../support/charging/made-terms.ts';

const QUARTER = 900_000;
const local = openLocalTime('Europe/Berlin') as LocalTime;
const ask = { local, slotMs: QUARTER, slots: 96, peakSoFarKw: () => 120 };

describe('priceSlots', () => {
  it('prices every slot, and weighs a peak with its share of the days left', () => {
    const fromMs = Date.parse('2026-06-20T22:00:00Z');
    const priced = priceSlots({ ...ask, terms: [madeTerms()], fromMs });
    if (!priced.ok) throw new Error(priced.message);
    expect(priced.value.importPrice.filter((each) => each === 0.18).length).toBe(32);
    expect(priced.value.importPrice.filter((each) => each === 0.31).length).toBe(64);
    expect(priced.value.demand).toEqual({ pricePerKw: 12.4 / 10, peakSoFarKw: 120 });
    const last = priceSlots({ ...ask, terms: [madeTerms()], fromMs: Date.parse('2026-06-30T10:00:00Z') });
    expect(last.ok && last.value.demand.pricePerKw).toBe(12.4);
  });

  it('keeps a peak of some hours apart', () => {
    const terms = madeTerms({
      demand: [{ name: 'evening', per: 'kW', pricePerUnit: '6', when: { fromMinute: 1020, toMinute: 1200 } }],
    });
    const priced = priceSlots({ ...ask, terms: [terms], fromMs: Date.parse('2026-06-30T00:00:00Z') });
    if (!priced.ok) throw new Error(priced.message);
    expect(priced.value.demand.pricePerKw).toBe(0);
    expect(priced.value.furtherDemands.map(({ isCounted }) => isCounted.filter(Boolean).length)).toEqual([12]);
  });

  it('never pays more for a kWh that is sold than one that is bought costs', () => {
    const priced = priceSlots({ ...ask, terms: [madeTerms({ exportPricePerKwh: '0.25' })], fromMs: 0 });
    if (!priced.ok) throw new Error(priced.message);
    priced.value.exportPrice.forEach((each, slot) =>
      expect(each).toBeLessThanOrEqual(priced.value.importPrice[slot] ?? NaN),
    );
  });

  it('says what to do where no price is known', () => {
    const priced = priceSlots({ ...ask, terms: [madeTerms({ validFromMs: QUARTER })], fromMs: 0 });
    expect(priced).toMatchObject({ ok: false, code: 'no-terms' });
  });
});
