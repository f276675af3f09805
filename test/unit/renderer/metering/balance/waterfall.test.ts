import { expect, test } from 'vitest';
import { waterfallOf, waterfallRange } from '../../../../../src/renderer/metering/balance/waterfall.ts';
import type { BalanceRow, NodeBalance } from '../../../../../src/shared/domain/metering/balance/balance.ts';

function node(whole: Partial<BalanceRow>, outgoing: readonly (number | undefined)[]): NodeBalance {
  return {
    meterId: 'I',
    outgoing: outgoing.map((importWh, place) => ({ meterId: `O${place}`, importWh })),
    whole: {
      beginMs: 0,
      endMs: 900_000,
      inWh: undefined,
      outWh: undefined,
      expectedLossWh: 0,
      residualWh: undefined,
      budget: {
        accuracyWh: 0,
        resolutionWh: 0,
        lossWh: 0,
        clockWh: 0,
        interpolationWh: 0,
        worstWh: 0,
        likelyWh: 0,
      },
      verdict: 'balanced',
      reason: undefined,
      ...whole,
    },
    rows: [],
  };
}

test('each step begins where the one before it ended, and the last ends at nought', () => {
  const steps = waterfallOf(node({ inWh: 1000, expectedLossWh: 10, residualWh: 90 }, [600, 300]));
  expect(steps.map(({ kind, span }) => [kind, span])).toEqual([
    ['in', [0, 1000]],
    ['out', [400, 1000]],
    ['out', [100, 400]],
    ['loss', [90, 100]],
    ['rest', [0, 90]],
  ]);
  expect(waterfallRange(steps)).toEqual([0, 1000]);
});

test('more out than in reaches below nought, and the axis with it', () => {
  const steps = waterfallOf(node({ inWh: 1000, expectedLossWh: 10, residualWh: -110 }, [700, 400]));
  expect(steps.at(-1)?.span).toEqual([-110, 0]);
  expect(waterfallRange(steps)).toEqual([-110, 1000]);
});

test('after a meter that is not known nothing is drawn, since no one knows where it would begin', () => {
  const steps = waterfallOf(node({ inWh: 1000, expectedLossWh: 10 }, [700, undefined, 100]));
  expect(steps.map(({ span }) => span)).toEqual([[0, 1000], [300, 1000], undefined, undefined, undefined, undefined]);
});

test('without what came in there is no bar, and the axis still has a length', () => {
  const steps = waterfallOf(node({}, [5]));
  expect(steps.every(({ span }) => span === undefined)).toBe(true);
  expect(waterfallRange(steps)).toEqual([0, 1]);
});
