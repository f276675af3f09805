import { describe, expect, it } from 'vitest';
import {
  endsHold,
  growTo,
  isUnbilled,
  isUnheardOf,
  mayGrow,
  UNBILLED_DAYS,
  UNHEARD_OF_MS,
} from '../../../../../src/shared/domain/account/hold-life.ts';

const grow = (heldMinor: number, runningMinor: number | undefined, startMinimumMinor = 1000) =>
  growTo({ heldMinor, runningMinor, startMinimumMinor, minorDigits: 2 });

describe('a hold', () => {
  it('is the start minimum until more is used, and then grows by whole steps', () => {
    expect([grow(1000, undefined), grow(1000, 0), grow(1000, 1000), grow(1000, 1001), grow(2000, 2500)]).toEqual([
      1000, 1000, 1000, 2000, 3000,
    ]);
  });

  it('never shrinks while its session runs', () => expect(grow(4000, 100)).toBe(4000));

  it('grows by ten of the currency where no minimum is stated', () => {
    expect([grow(0, 1, 0), grow(1000, 1001, 0)]).toEqual([1000, 2000]);
  });

  it('is let go by a start that did not happen, and kept by one that may have', () => {
    expect(['queued', 'sent', 'accepted', 'done', 'unknown', 'refused', 'expired'].map(endsHold)).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it('comes back for a session of a start that was given up, and for nothing else', () => {
    expect(mayGrow({ state: 'released', sessionId: undefined })).toBe(true);
    expect(mayGrow({ state: 'released', sessionId: 'S' })).toBe(false);
    expect(mayGrow({ state: 'captured', sessionId: 'S' })).toBe(false);
  });

  it('does not block money for ever when nothing is heard', () => {
    const hold = { state: 'held', sessionId: undefined, changedAtMs: 0 } as const;
    expect([isUnheardOf(hold, UNHEARD_OF_MS - 1), isUnheardOf(hold, UNHEARD_OF_MS)]).toEqual([false, true]);
    expect(isUnheardOf({ ...hold, sessionId: 'S' }, UNHEARD_OF_MS)).toBe(false);
  });

  it('does not block money for ever when nobody bills its session', () => {
    const hold = { state: 'held', sessionId: 'S', changedAtMs: 0 } as const;
    const lastMs = UNBILLED_DAYS * 24 * 3_600_000;
    expect([isUnbilled(hold, lastMs - 1), isUnbilled(hold, lastMs)]).toEqual([false, true]);
    expect(isUnbilled({ ...hold, sessionId: undefined }, lastMs)).toBe(false);
    expect(isUnbilled({ ...hold, state: 'captured' }, lastMs)).toBe(false);
  });
});
