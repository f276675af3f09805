import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOf, enterMovement, type Movement } from '../../../../../src/shared/domain/account/ledger.ts';

const amount = fc.nat(10_000_000);
const movement: fc.Arbitrary<Movement> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('top-up', 'payout', 'invoice-payment', 'credit', 'hold', 'release'),
    amountMinor: amount,
  }),
  fc.record({ kind: fc.constant('hold-change' as const), fromMinor: amount, toMinor: amount }),
  fc.record({ kind: fc.constant('capture' as const), chargedMinor: amount, heldMinor: amount }),
);

describe('the ledger', () => {
  it('moves money and never makes any', () => {
    fc.assert(
      fc.property(fc.constantFrom('prepaid', 'postpaid'), movement, (kind, meant) => {
        const { postings } = enterMovement(kind, meant);
        expect(postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(0);
        expect(new Set(postings.map(({ book }) => book)).size).toBe(postings.length);
        expect(postings.every(({ amountMinor }) => amountMinor !== 0)).toBe(true);
      }),
    );
  });

  it('captures what was charged and gives back what was held, be it more or less', () => {
    const charge = (chargedMinor: number) =>
      effectOf(enterMovement('prepaid', { kind: 'capture', chargedMinor, heldMinor: 1000 }));
    expect(charge(700)).toEqual({ balanceMinor: -700, holdsMinor: -1000 });
    expect(charge(1300)).toEqual({ balanceMinor: -1300, holdsMinor: -1000 });
  });

  it('holds without spending', () => {
    expect(effectOf(enterMovement('postpaid', { kind: 'hold', amountMinor: 500 }))).toEqual({
      balanceMinor: 0,
      holdsMinor: 500,
    });
  });

  it('refuses an amount below nought', () => {
    expect(() => enterMovement('prepaid', { kind: 'top-up', amountMinor: -1 })).toThrow('is an amount to move');
  });
});
