import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptReading,
  type Doubt,
  type ReadingDecision,
} from '../../../../../src/shared/domain/metering/accept-reading.ts';
import type { MeterValues, PhaseValues } from '../../../../../src/shared/domain/metering/meter.ts';
import type { MeterLimits } from '../../../../../src/shared/domain/metering/plausible-values.ts';
import type { Candidate, Standing } from '../../../../../src/shared/domain/metering/reading-sequence.ts';
import { energyWh, powerW } from '../../../../../src/shared/kernel/quantity.ts';

/** 69 kW: in two seconds, with what registers may lag behind, at most 92 Wh. */
const LIMITS: MeterLimits = { ratedCurrentA: 100, ratedVoltageV: 230, voltageV: [180, 280], frequencyHz: [45, 65] };
const NOW = 1_780_000_000_000;

type Changes = {
  readonly seconds?: number;
  readonly importWh?: number;
  readonly exportWh?: number;
  readonly powerW?: number;
  readonly frequencyHz?: number;
  readonly serialNumber?: string | undefined;
  readonly voltages?: readonly [number, number, number];
  readonly currentA?: number;
  readonly resolutionWh?: number;
};

function aCandidate(changes: Changes = {}): Candidate {
  const { seconds = 0, importWh = 1_000_000, exportWh = 0, frequencyHz = 50, voltages = [230, 231, 229] } = changes;
  const { resolutionWh = 0.06, currentA = 10 } = changes;
  const phase = (voltageV: number): PhaseValues => ({ voltageV, currentA, powerW: powerW(2300) });
  const values: MeterValues = {
    powerW: powerW(changes.powerW ?? 6900),
    importWh: energyWh(importWh),
    exportWh: energyWh(exportWh),
    frequencyHz,
    phases: [phase(voltages[0]), phase(voltages[1]), phase(voltages[2])],
  };
  const serialNumber = 'serialNumber' in changes ? changes.serialNumber : '1001';
  return { reading: { atMs: NOW + seconds * 1000, monotonicMs: seconds * 1000, serialNumber, values }, resolutionWh };
}

const standing: Standing = { reading: aCandidate().reading, sameRun: true };

function codeOf(decision: ReadingDecision): string {
  return decision.outcome === 'refused' ? decision.code : decision.outcome;
}

/** The same meter read until a decision is final. */
function readOn(candidates: readonly Candidate[], from: Standing = standing): ReadingDecision {
  let doubt: Doubt | undefined;
  let decision: ReadingDecision | undefined;
  for (const candidate of candidates) {
    decision = acceptReading(from, candidate, LIMITS, doubt);
    if (decision.outcome !== 'read-again') return decision;
    ({ doubt } = decision);
  }
  if (decision === undefined) throw new Error('Nothing was read.');
  return decision;
}

describe('a reading by itself', () => {
  it('begins a series when it is the first', () => {
    const decision = acceptReading(undefined, aCandidate(), LIMITS);
    expect(decision).toEqual({ outcome: 'accepted', newSeries: 'first-reading', confirmed: false });
  });

  it.for<readonly [string, Changes]>([
    ['voltage-implausible', { voltages: [230, 281, 230] }],
    ['voltage-implausible', { voltages: [230, 179, 230] }],
    ['voltage-implausible', { voltages: [-230, 230, 230] }],
    ['no-voltage', { voltages: [0, 0, 0] }],
    ['frequency-implausible', { frequencyHz: 44.9 }],
    ['frequency-implausible', { frequencyHz: 230 }],
    ['power-implausible', { powerW: 82_801 }],
    ['power-implausible', { powerW: -82_801 }],
    ['current-implausible', { currentA: 121 }],
    ['energy-implausible', { importWh: -1 }],
  ])('is refused as %s', ([code, changes]) => {
    expect(codeOf(acceptReading(undefined, aCandidate(changes), LIMITS))).toBe(code);
  });

  it('may come from a meter with phases that are off', () => {
    expect(codeOf(acceptReading(undefined, aCandidate({ voltages: [230, 0, 3.5] }), LIMITS))).toBe('accepted');
  });

  it('is refused without a power or an energy', () => {
    const { reading, resolutionWh } = aCandidate();
    for (const missing of ['powerW', 'importWh'] as const) {
      const values = { ...reading.values, [missing]: undefined };
      expect(codeOf(acceptReading(undefined, { reading: { ...reading, values }, resolutionWh }, LIMITS))).toBe(
        'value-missing',
      );
    }
  });

  it('is refused with a sentence that ends', () => {
    const decision = acceptReading(undefined, aCandidate({ frequencyHz: 3 }), LIMITS);
    expect(decision.outcome === 'refused' && decision.message).toMatch(/^3 Hz is no mains frequency.*\.$/u);
  });
});

describe('a reading after another', () => {
  it('may rise by what the meter can carry, and stand still', () => {
    expect(codeOf(acceptReading(standing, aCandidate({ seconds: 2, importWh: 1_000_090 }), LIMITS))).toBe('accepted');
    expect(codeOf(acceptReading(standing, aCandidate({ seconds: 2 }), LIMITS))).toBe('accepted');
  });

  it('may fall by one step of a coarse register', () => {
    const coarse = { seconds: 2, importWh: 1_000_000 - 7.8, resolutionWh: 7.8125 };
    expect(codeOf(acceptReading(standing, aCandidate(coarse), LIMITS))).toBe('accepted');
  });

  it('is read again when it fell, and refused when it stays so', () => {
    const fallen = [2, 2.2, 2.4].map((seconds) => aCandidate({ seconds, importWh: 900_000 }));
    expect(codeOf(readOn(fallen.slice(0, 2)))).toBe('read-again');
    expect(codeOf(readOn(fallen))).toBe('energy-fell');
  });

  it('is forgotten when reading again shows it was a slip', () => {
    const slip = aCandidate({ seconds: 2, importWh: 900_000 });
    const right = aCandidate({ seconds: 2.2, importWh: 1_000_004 });
    expect(readOn([slip, right])).toEqual({ outcome: 'accepted', newSeries: undefined, confirmed: false });
  });

  it('is refused at once while it stays what was refused before', () => {
    const decision = readOn([2, 3, 4].map((seconds) => aCandidate({ seconds, importWh: 900_000 })));
    const doubt = decision.outcome === 'refused' ? decision.doubt : undefined;
    const next = acceptReading(standing, aCandidate({ seconds: 6, importWh: 900_010 }), LIMITS, doubt);
    expect(codeOf(next)).toBe('energy-fell');
    const healed = acceptReading(standing, aCandidate({ seconds: 8, importWh: 1_000_100 }), LIMITS, doubt);
    expect(codeOf(healed)).toBe('accepted');
  });

  it('is refused when it jumped, imported or exported', () => {
    const jumped = [2, 2.1, 2.2].map((seconds) => aCandidate({ seconds, importWh: 1_000_200 }));
    expect(codeOf(readOn(jumped))).toBe('energy-jumped');
    const fedIn = [2, 2.1, 2.2].map((seconds) => aCandidate({ seconds, exportWh: 500 }));
    expect(codeOf(readOn(fedIn))).toBe('energy-jumped');
  });

  it('may have risen while nobody read, and while the demo’s clock ran faster', () => {
    expect(codeOf(acceptReading(standing, aCandidate({ seconds: 3600, importWh: 1_060_000 }), LIMITS))).toBe(
      'accepted',
    );
    const { reading, resolutionWh } = aCandidate({ seconds: 120, importWh: 1_002_000 });
    const fast = { reading: { ...reading, monotonicMs: 2_000 }, resolutionWh };
    expect(codeOf(acceptReading(standing, fast, LIMITS))).toBe('accepted');
  });

  it('is measured by the monotonic clock when the wall clock was put back, and within one run only', () => {
    const { reading, resolutionWh } = aCandidate({ seconds: 60, importWh: 1_001_000 });
    const putBack = { reading: { ...reading, atMs: NOW - 3_600_000 }, resolutionWh };
    expect(codeOf(acceptReading(standing, putBack, LIMITS))).toBe('accepted');
    const otherRun = { ...standing, sameRun: false };
    const restarted = { reading: { ...reading, monotonicMs: 5, atMs: NOW + 1_000 }, resolutionWh };
    expect(codeOf(acceptReading(otherRun, restarted, LIMITS))).toBe('read-again');
    expect(codeOf(acceptReading(otherRun, putBack, LIMITS))).toBe('accepted');
  });

  it('begins a new series when the registers began again', () => {
    const again = [2, 2.2, 2.4].map((seconds) => aCandidate({ seconds, importWh: 5 }));
    expect(readOn(again)).toEqual({ outcome: 'accepted', newSeries: 'began-again', confirmed: true });
  });

  it('begins a new series when another instrument answers twice', () => {
    const other = [2, 2.2].map((seconds) => aCandidate({ seconds, serialNumber: '2002', importWh: 77 }));
    expect(codeOf(readOn(other.slice(0, 1)))).toBe('read-again');
    expect(readOn(other)).toEqual({ outcome: 'accepted', newSeries: 'other-instrument', confirmed: true });
  });

  it('finds the other instrument behind a fall', () => {
    const candidates = [
      aCandidate({ seconds: 2, importWh: 400_000 }),
      aCandidate({ seconds: 2.2, importWh: 400_000, serialNumber: '2002' }),
      aCandidate({ seconds: 2.4, importWh: 400_001, serialNumber: '2002' }),
    ];
    expect(readOn(candidates)).toMatchObject({ outcome: 'accepted', newSeries: 'other-instrument' });
  });

  it('is refused when serial numbers come and go', () => {
    const candidates = ['2002', '3003', '4004'].map((serialNumber, index) =>
      aCandidate({ seconds: 2 + index, serialNumber }),
    );
    expect(codeOf(readOn(candidates))).toBe('serial-number-changed');
  });

  it('is refused when the instrument no longer says which it is', () => {
    expect(codeOf(acceptReading(standing, aCandidate({ seconds: 2, serialNumber: undefined }), LIMITS))).toBe(
      'serial-number-missing',
    );
  });
});

describe('a register that counts exactly', () => {
  const exact = (changes: Changes & { readonly rollsOverAtWh?: number }): Candidate => ({
    ...aCandidate({ resolutionWh: 1, ...changes }),
    isExact: true,
    rollsOverAtWh: changes.rollsOverAtWh,
  });
  const before = (changes: Changes & { readonly rollsOverAtWh?: number }): Standing => ({
    ...exact(changes),
    sameRun: true,
  });

  it('never falls, not by its last digit', () => {
    expect(codeOf(acceptReading(before({}), exact({ seconds: 2, importWh: 999_999 }), LIMITS))).toBe('read-again');
  });

  it('may lose decimals when its owner locks them', () => {
    const coarse = exact({ seconds: 2, importWh: 999_000, resolutionWh: 1000 });
    expect(codeOf(acceptReading(before({}), coarse, LIMITS))).toBe('accepted');
    const standingOnCoarse = before({ importWh: 999_000, resolutionWh: 1000 });
    expect(codeOf(acceptReading(standingOnCoarse, exact({ seconds: 2, importWh: 999_999 }), LIMITS))).toBe('accepted');
  });

  it('rolled over when what it counted beyond its end is possible, and is read three times for it', () => {
    const end = { rollsOverAtWh: 1_000_000_000 };
    const candidates = [2, 2.2, 2.4].map((seconds) => exact({ seconds, importWh: 20, ...end }));
    const from = before({ importWh: 999_999_980, ...end });
    expect(codeOf(readOn(candidates.slice(0, 2), from))).toBe('read-again');
    expect(readOn(candidates, from)).toEqual({ outcome: 'accepted', newSeries: 'rolled-over', confirmed: true });
  });

  it('began again when it was too far from its end', () => {
    const end = { rollsOverAtWh: 1_000_000_000 };
    const candidates = [2, 2.2, 2.4].map((seconds) => exact({ seconds, importWh: 20, ...end }));
    expect(readOn(candidates, before({ importWh: 900_000_000, ...end }))).toMatchObject({ newSeries: 'began-again' });
  });

  it('has not rolled over when its width is not the same', () => {
    const candidates = [2, 2.2, 2.4].map((seconds) => exact({ seconds, importWh: 0, rollsOverAtWh: 10_000 }));
    const from = before({ importWh: 999_990, rollsOverAtWh: 1_000_000 });
    expect(readOn(candidates, from)).toMatchObject({ newSeries: 'began-again' });
  });
});

describe('the clocks', () => {
  const at = (seconds: number, wallSeconds: number, importWh: number): Candidate => {
    const candidate = aCandidate({ seconds, importWh });
    const atMs = NOW + wallSeconds * 1000;
    return { ...candidate, reading: { ...candidate.reading, atMs }, wallAtMs: atMs };
  };
  const from: Standing = { ...at(0, 0, 1_000_000), sameRun: true };

  it('put forward, or after a sleep: what only they explain is read again, and then believed', () => {
    const candidates = [2, 2.2, 2.4].map((seconds) => at(seconds, 7_200 + seconds, 1_050_000));
    expect(codeOf(readOn(candidates.slice(0, 2), from))).toBe('read-again');
    expect(readOn(candidates, from)).toEqual({ outcome: 'accepted', newSeries: undefined, confirmed: true });
  });

  it('put forward, or after a sleep: a rise that only they explain does not hide that the other register fell', () => {
    const exporting = (candidate: Candidate, exportWh: number): Candidate => {
      const { reading } = candidate;
      return { ...candidate, reading: { ...reading, values: { ...reading.values, exportWh: energyWh(exportWh) } } };
    };
    const before: Standing = { ...exporting(at(0, 0, 1_000_000), 500_000), sameRun: true };
    const candidates = [2, 2.2, 2.4].map((seconds) => exporting(at(seconds, 7_200 + seconds, 1_050_000), 490_000));
    expect(codeOf(readOn(candidates, before))).toBe('energy-fell');
  });

  it('put forward: a rise that needs no explanation is believed at once, and one beyond all is not', () => {
    expect(codeOf(readOn([at(2, 7_200, 1_000_010)], from))).toBe('accepted');
    expect(
      codeOf(
        readOn(
          [2, 2.2, 2.4].map((seconds) => at(seconds, 7_200, 9_000_000)),
          from,
        ),
      ),
    ).toBe('energy-jumped');
  });

  it('put back: the monotonic one counts', () => {
    expect(codeOf(readOn([at(60, -3_540, 1_001_000)], from))).toBe('accepted');
    expect(
      codeOf(
        readOn(
          [60, 60.2, 60.4].map((seconds) => at(seconds, -3_540, 1_100_000)),
          from,
        ),
      ),
    ).toBe('energy-jumped');
  });
});

describe('a meter', () => {
  it('of one phase carries a third', () => {
    const single = { ...LIMITS, phaseCount: 1 };
    expect(codeOf(acceptReading(undefined, aCandidate({ powerW: 27_601 }), single))).toBe('power-implausible');
    expect(codeOf(acceptReading(undefined, aCandidate({ powerW: 27_599 }), single))).toBe('accepted');
  });

  it('of a utility may keep its power to itself', () => {
    const { reading, resolutionWh } = aCandidate();
    const silent = { reading: { ...reading, values: { ...reading.values, powerW: undefined } }, resolutionWh };
    expect(codeOf(acceptReading(undefined, silent, { ...LIMITS, mayLackPower: true }))).toBe('accepted');
  });

  it('that nothing compares with begins a series for the reason given', () => {
    const decision = acceptReading(undefined, aCandidate(), LIMITS, undefined, 'ratio-changed');
    expect(decision).toMatchObject({ outcome: 'accepted', newSeries: 'ratio-changed' });
  });

  it('cannot have counted more than thousandths of a Wh can be told of', () => {
    expect(codeOf(acceptReading(undefined, aCandidate({ importWh: 1e13 }), LIMITS))).toBe('energy-implausible');
  });
});

describe('whatever is read', () => {
  const anyCandidate = fc
    .record({
      seconds: fc.double({ min: 0, max: 100, noNaN: true }),
      importWh: fc.double({ min: -10, max: 2_000_000, noNaN: true }),
      powerW: fc.double({ min: -200_000, max: 200_000, noNaN: true }),
      serialNumber: fc.constantFrom('1001', '1001', '1001', '2002', undefined),
    })
    .map(aCandidate);

  it('is decided within three readings', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { minLength: 3, maxLength: 3 }), (candidates) => {
        expect(readOn(candidates).outcome).not.toBe('read-again');
      }),
    );
  });

  it('never makes a series fall, nor rise by more than can be, however readings come', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { minLength: 1, maxLength: 40 }), (candidates) => {
        let last: Standing | undefined;
        let doubt: Doubt | undefined;
        for (const candidate of candidates) {
          const decision = acceptReading(last, candidate, LIMITS, doubt);
          doubt = decision.outcome === 'accepted' ? undefined : decision.doubt;
          if (decision.outcome !== 'accepted') continue;
          const before = decision.newSeries === undefined ? last?.reading : candidate.reading;
          const rise = (candidate.reading.values.importWh ?? NaN) - (before?.values.importWh ?? NaN);
          // A ten-thousandth of a Wh more, for sums and instants are binary fractions.
          expect(rise).toBeGreaterThanOrEqual(-candidate.resolutionWh - 1e-4);
          expect(rise).toBeLessThanOrEqual((69_000 * 1.2 * 102) / 3600 + candidate.resolutionWh + 1e-4);
          expect(candidate.reading.serialNumber).toBe(before?.serialNumber);
          last = { reading: candidate.reading, sameRun: true };
        }
      }),
    );
  });

  it('accepts every day of an honest meter', () => {
    const steps = fc.array(
      fc.record({ seconds: fc.integer({ min: 1, max: 600 }), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(steps, fc.double({ min: 0, max: 90_000, noNaN: true }), (day, startKwh) => {
        let seconds = 0;
        let kwh = startKwh;
        let last: Standing | undefined;
        for (const step of day) {
          seconds += step.seconds;
          kwh += (step.share * 69 * step.seconds) / 3600;
          const resolutionWh = 2 ** (Math.floor(Math.log2(Math.max(kwh, 1e-9))) - 23) * 1000;
          const candidate = aCandidate({ seconds, importWh: Math.fround(kwh) * 1000, resolutionWh });
          expect(codeOf(acceptReading(last, candidate, LIMITS))).toBe('accepted');
          last = { reading: candidate.reading, sameRun: true };
        }
      }),
    );
  });
});
