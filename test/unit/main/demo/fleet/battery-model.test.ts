import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { socAfter, timeToChargeS } from '../../../../../src/main/demo/fleet/battery-model.ts';

describe('a charging battery', () => {
  const rate = fc.double({ min: 1e-5, max: 1e-3, noNaN: true });
  const soc = fc.double({ min: 0, max: 0.99, noNaN: true });

  it('takes exactly the time that was foretold', () => {
    fc.assert(
      fc.property(soc, soc, rate, (a, b, perSecond) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(socAfter(low, perSecond, timeToChargeS(low, high, perSecond))).toBeCloseTo(high, 6);
      }),
    );
  });

  it('is charged in two goes as in one', () => {
    const seconds = fc.double({ min: 0, max: 20_000, noNaN: true });
    fc.assert(
      fc.property(soc, rate, seconds, seconds, (from, perSecond, first, second) => {
        const inTwo = socAfter(socAfter(from, perSecond, first), perSecond, second);
        expect(socAfter(from, perSecond, first + second)).toBeCloseTo(inTwo, 6);
      }),
    );
  });
});
