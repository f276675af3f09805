/** What the rules are for: no answer is ever taken for another one's. Without them some are. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RTU_RULES, type RtuRules } from '../../../../../src/main/serial/modbus/rtu-rules.ts';
import { countWrongValues, mishaps } from '../../../../support/rtu-mishaps.ts';
import { NAIVE_RULES } from '../../../../support/rtu-stage.ts';

describe('whatever is heard, and whenever', () => {
  test('an answer that is taken is the answer to that very question', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(mishaps, async (some) => {
        const { wrong, right } = await countWrongValues(some);
        taken += right;
        expect(wrong).toBe(0);
      }),
      { numRuns: 1000 },
    );
    expect(taken, 'answers taken at all').toBeGreaterThan(50);
  });

  // Silence and guard are there to keep us from speaking while somebody else does: they save answers, not truth.
  test.for<[keyof RtuRules | 'all', Partial<RtuRules>]>([
    ['all', NAIVE_RULES],
    ['freshLength', { freshLength: false }],
    ['strayBytes', { strayBytes: Infinity }],
  ])('without the rule %s it is not always', async ([, change]) => {
    const found = await fc.check(
      fc.asyncProperty(mishaps, async (some) => {
        const { wrong } = await countWrongValues(some, { ...RTU_RULES, ...change });
        return wrong === 0;
      }),
      { numRuns: 5000, endOnFailure: true },
    );
    expect(found.failed).toBe(true);
  });
});
