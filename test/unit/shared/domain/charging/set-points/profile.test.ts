import { describe, expect, it } from 'vitest';
import { agreeFrom, limitAt, profileOf } from '../../../../../../src/shared/domain/charging/set-points/profile.ts';

describe('profileOf', () => {
  it('rounds down to whole W and joins what is equal', () => {
    expect(profileOf([1000.9, 1000.2, 0, 500], 100, 10, 140)).toEqual({
      toMs: 140,
      periods: [
        { fromMs: 100, limitW: 1000 },
        { fromMs: 120, limitW: 0 },
        { fromMs: 130, limitW: 500 },
      ],
    });
  });

  it('gives the fallback before it begins and from its end on', () => {
    const profile = profileOf([7000, 3000], 100, 10, 115);
    expect([99, 100, 109, 110, 114, 115].map((atMs) => limitAt(profile, 1400, atMs))).toEqual([
      1400, 7000, 7000, 3000, 3000, 1400,
    ]);
  });

  it('agrees with a later one as far as both reach, and what is past does not matter', () => {
    const before = profileOf([7000, 3000, 3000], 100, 10, 130);
    expect(agreeFrom(before, profileOf([3000, 3000, 9000], 110, 10, 140), 112)).toBe(true);
    expect(agreeFrom(before, profileOf([3000, 2000], 110, 10, 130), 112)).toBe(false);
    expect(agreeFrom(before, profileOf([3000, 2000], 110, 10, 130), 105)).toBe(false);
  });
});
