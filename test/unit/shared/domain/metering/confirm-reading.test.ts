/** Readings that nothing protects: one is decided when its neighbours agree with it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { confirmReading, type Unconfirmed } from '../../../../../src/shared/domain/metering/confirm-reading.ts';
import type { MeterLimits } from '../../../../../src/shared/domain/metering/plausible-values.ts';
import type { Candidate } from '../../../../../src/shared/domain/metering/reading-sequence.ts';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';

const LIMITS: MeterLimits = { ratedCurrentA: 63, ratedVoltageV: 230, voltageV: [180, 280], frequencyHz: [45, 65] };
const NOTHING = { voltageV: undefined, currentA: undefined, powerW: undefined };

function aCandidate(
  second: number,
  importWh: number,
  changes: Partial<Candidate> & { exportWh?: number } = {},
): Candidate {
  const values = {
    powerW: undefined,
    importWh: energyWh(importWh),
    exportWh: changes.exportWh === undefined ? undefined : energyWh(changes.exportWh),
    frequencyHz: undefined,
    phases: [NOTHING, NOTHING, NOTHING],
  } as const;
  const monotonicMs = second * 1000;
  return {
    reading: { atMs: 1_780_000_000_000 + monotonicMs, monotonicMs, serialNumber: '1', values },
    resolutionWh: 1,
    isExact: true,
    ...changes,
  };
}

const standing = { ...aCandidate(0, 1_000), sameRun: true };

/** What is confirmed and what is contradicted, in their order. */
function hear(candidates: readonly Candidate[], { hasStanding = true } = {}): string[] {
  const told: string[] = [];
  let unconfirmed: Unconfirmed<Candidate> | undefined;
  for (const candidate of candidates) {
    const { confirmed, contradicted, next } = confirmReading(
      hasStanding ? standing : undefined,
      unconfirmed,
      candidate,
      LIMITS,
    );
    if (confirmed !== undefined) told.push(`${confirmed.reading.values.importWh}`);
    if (contradicted !== undefined) told.push(`not ${contradicted.reading.values.importWh}`);
    unconfirmed = next;
  }
  return told;
}

it('is confirmed by the one after it', () => {
  expect(hear([aCandidate(1, 1_001)])).toEqual([]);
  expect(hear([aCandidate(1, 1_001), aCandidate(2, 1_002), aCandidate(3, 1_002)])).toEqual(['1001', '1002']);
});

it('without a standing reading needs one before it too', () => {
  const three = [1, 2, 3].map((second) => aCandidate(second, 1_000 + second));
  expect(hear(three, { hasStanding: false })).toEqual(['1002']);
});

it.for([
  ['too high', aCandidate(2, 1_900)],
  ['too low', aCandidate(2, 1_000)],
  ['far too high', aCandidate(2, 9_001_002)],
  ['without its export', aCandidate(2, 1_002, { exportWh: 5 })],
  ['with fewer decimals', aCandidate(2, 1_000, { resolutionWh: 1000 })],
] as const)('is never confirmed when it is %s, and the true ones go on', ([, altered]) => {
  const told = hear([aCandidate(1, 1_001), altered, ...[3, 4, 5].map((second) => aCandidate(second, 1_000 + second))]);
  const confirmed = told.filter((one) => !one.startsWith('not'));
  expect(confirmed).toContain('1004');
  expect(['1003', '1004']).toEqual(expect.arrayContaining(confirmed));
});

it('of another serial number is contradicted', () => {
  const other = aCandidate(2, 1_002);
  const changed = { ...other, reading: { ...other.reading, serialNumber: '7' } };
  expect(hear([aCandidate(1, 1_001), changed, aCandidate(3, 1_003)])).toEqual(['not 1001', 'not 1002']);
});

it('altered, whatever it is, is confirmed only between its true neighbours', () => {
  const steps = fc.array(fc.nat(20), { minLength: 6, maxLength: 12 });
  fc.assert(
    fc.property(steps, fc.nat(11), fc.integer({ min: 0, max: 3_000 }), (rises, place, alteredWh) => {
      let wh = 1_000;
      const truth = rises.map((rise) => (wh += rise));
      const at = place % truth.length;
      const told = hear(truth.map((true_, index) => aCandidate(index + 1, index === at ? alteredWh : true_)));
      if (told.every((one) => one !== String(alteredWh)) || truth.includes(alteredWh)) return;
      expect(alteredWh).toBeGreaterThanOrEqual(truth[at - 1] ?? 1_000);
      expect(alteredWh).toBeLessThanOrEqual(truth[at + 1] ?? 0);
    }),
    { numRuns: 2_000, examples: [[[0, 0, 0, 0, 0, 0], 0, 956]] },
  );
});
