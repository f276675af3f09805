/** Quarter hours out of readings: exact sums for any readings at all, and the cases a meter's life brings. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countReading,
  GAP_MS,
  type CountedReading,
  type DerivedInterval,
  type OpenInterval,
} from '../../../../../src/shared/domain/metering/derive-intervals.ts';
import { INTERVAL_MS } from '../../../../../src/shared/domain/metering/interval.ts';

const T0 = Date.UTC(2026, 5, 9, 10);
const MINUTE = 60_000;

function aReading(minutes: number, kwh: number, changes: Partial<CountedReading> = {}): CountedReading {
  return {
    atMs: T0 + minutes * MINUTE,
    importMwh: Math.round(kwh * 1e6),
    exportMwh: undefined,
    seriesId: 1,
    modulusMwh: undefined,
    ...changes,
  };
}

function derive(readings: readonly CountedReading[], from?: OpenInterval) {
  let open = from;
  const intervals: DerivedInterval[] = [];
  const ignored: string[] = [];
  for (const reading of readings) {
    const next = countReading(open, reading);
    open = next.open;
    intervals.push(...next.intervals);
    if (next.ignored !== undefined) ignored.push(next.ignored);
  }
  return { intervals, open, ignored };
}

/** Minutes since T0, kWh, basis. */
function shown(intervals: readonly DerivedInterval[]) {
  return intervals.map(({ beginMs, importMwh, basis }) => [(beginMs - T0) / MINUTE, importMwh / 1e6, basis]);
}

const sum = (intervals: readonly DerivedInterval[]) => intervals.reduce((all, { importMwh }) => all + importMwh, 0);

/** Readings of one series in order, up to a day apart. */
const steps = fc.array(
  fc.record({
    passedMs: fc.oneof(
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 1, max: 2 * INTERVAL_MS }),
      fc.integer({ min: 1, max: 86_400_000 }),
      fc.constant(INTERVAL_MS),
    ),
    importMwh: fc.integer({ min: 0, max: 5_000_000_000 }),
    exportMwh: fc.integer({ min: 0, max: 1_000_000 }),
  }),
  { minLength: 2, maxLength: 40 },
);
const starts = fc.integer({ min: 0, max: INTERVAL_MS });

function toReadings(startMs: number, made: readonly { passedMs: number; importMwh: number; exportMwh: number }[]) {
  let at = { atMs: T0 + startMs, importMwh: 7_000_000_000_123, exportMwh: 55 };
  return made.map((step): CountedReading => {
    at = {
      atMs: at.atMs + step.passedMs,
      importMwh: at.importMwh + step.importMwh,
      exportMwh: at.exportMwh + step.exportMwh,
    };
    return { ...at, seriesId: 1, modulusMwh: undefined };
  });
}

describe('any readings of one series', () => {
  it('add up to exactly the register difference, and each quarter hour comes once', () => {
    fc.assert(
      fc.property(starts, steps, (startMs, made) => {
        const readings = toReadings(startMs, made);
        const { intervals, open } = derive(readings);
        const [first, last] = [readings[0], readings.at(-1)];
        expect(sum(intervals) + (open?.importMwh ?? NaN)).toBe((last?.importMwh ?? NaN) - (first?.importMwh ?? NaN));
        const exported = intervals.reduce((all, { exportMwh }) => all + (exportMwh ?? NaN), 0);
        expect(exported + (open?.exportMwh ?? NaN)).toBe((last?.exportMwh ?? NaN) - (first?.exportMwh ?? NaN));
        const firstBegin = Math.floor((first?.atMs ?? 0) / INTERVAL_MS) * INTERVAL_MS;
        expect(intervals.map(({ beginMs }) => beginMs)).toEqual(
          intervals.map((_, index) => firstBegin + index * INTERVAL_MS),
        );
        expect(open?.beginMs).toBe(firstBegin + intervals.length * INTERVAL_MS);
        for (const { importMwh, exportMwh } of intervals) {
          expect(Number.isSafeInteger(importMwh) && importMwh >= 0).toBe(true);
          expect(Number.isSafeInteger(exportMwh) && (exportMwh ?? -1) >= 0).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('give the same wherever the stream is cut and taken up again', () => {
    fc.assert(
      fc.property(starts, steps, fc.nat(), (startMs, made, cut) => {
        const readings = toReadings(startMs, made);
        const at = cut % readings.length;
        const before = derive(readings.slice(0, at));
        const kept = structuredClone(before.open);
        const after = derive(readings.slice(at), kept);
        expect([...before.intervals, ...after.intervals]).toEqual(derive(readings).intervals);
      }),
    );
  });

  it('give the same when readings that end no quarter hour are left out', () => {
    fc.assert(
      fc.property(starts, steps, (startMs, made) => {
        const readings = toReadings(startMs, made);
        const quarter = (reading: CountedReading | undefined) => Math.floor((reading?.atMs ?? NaN) / INTERVAL_MS);
        const cornerstones = readings.filter(
          (reading, index) =>
            quarter(reading) !== quarter(readings[index - 1]) || quarter(reading) !== quarter(readings[index + 1]),
        );
        expect(derive(cornerstones).intervals).toEqual(derive(readings).intervals);
      }),
    );
  });

  it('keep the sum over a gap, and say of each quarter hour it touches that it is spread', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: INTERVAL_MS - 1 }),
        fc.integer({ min: GAP_MS + 1, max: 86_400_000 }),
        fc.integer({ min: 0, max: 5_000_000_000 }),
        (startMs, gapMs, gapMwh) => {
          const beforeMs = T0 + INTERVAL_MS + startMs;
          const readings = [T0, T0 + INTERVAL_MS, beforeMs].map((atMs) => aReading((atMs - T0) / MINUTE, 1));
          const after = [0, 2 * INTERVAL_MS].map((laterMs) => ({
            ...aReading((beforeMs + gapMs + laterMs - T0) / MINUTE, 1),
            importMwh: 1_000_000 + gapMwh,
          }));
          const { intervals, open } = derive([...readings, ...after]);
          expect(sum(intervals) + (open?.importMwh ?? NaN)).toBe(gapMwh);
          const touched = intervals.filter(({ beginMs }) =>
            [beginMs, beginMs + INTERVAL_MS].some((atMs) => atMs > beforeMs && atMs < beforeMs + gapMs),
          );
          expect(touched.every(({ basis }) => basis === 'spread')).toBe(true);
        },
      ),
    );
  });
});

describe('a quarter hour', () => {
  it('ends where the line between the readings around its end says', () => {
    const { intervals } = derive([aReading(0, 10), aReading(14, 12), aReading(16, 13), aReading(30, 13)]);
    expect(shown(intervals)).toEqual([
      [0, 2.5, 'measured'],
      [15, 0.5, 'measured'],
    ]);
    expect(intervals[0]?.bracketMs).toBe(2 * MINUTE);
  });

  it('is known in part when the meter was first read within it', () => {
    expect(shown(derive([aReading(5, 10), aReading(14, 11), aReading(16, 12)]).intervals)).toEqual([
      [0, 1.5, 'partial'],
    ]);
  });

  it('is measured over a pause within it, which moves no end', () => {
    expect(shown(derive([aReading(0, 10), aReading(1, 10), aReading(14, 12), aReading(15, 12)]).intervals)).toEqual([
      [0, 2, 'measured'],
    ]);
  });

  it('is spread when a reading is missing around its end, and exact again when one falls on the end', () => {
    const { intervals } = derive([aReading(0, 10), aReading(12, 10), aReading(45, 21), aReading(60, 30)]);
    expect(shown(intervals)).toEqual([
      [0, 1, 'spread'],
      [15, 5, 'spread'],
      [30, 5, 'spread'],
      [45, 9, 'measured'],
    ]);
  });

  it('is not measured with two minutes between readings and one of them lost, unlike with five lost', () => {
    expect(derive([aReading(0, 0), aReading(13, 1), aReading(17, 2)]).intervals[0]?.basis).toBe('measured');
    expect(derive([aReading(0, 0), aReading(13, 1), aReading(19, 2)]).intervals[0]?.basis).toBe('spread');
  });
});

describe('a series that changes', () => {
  it('leaves what is known on both sides, and nothing between', () => {
    const { intervals, open } = derive([
      aReading(0, 10),
      aReading(5, 11),
      aReading(10, 500, { seriesId: 2 }),
      aReading(15, 502, { seriesId: 2 }),
      aReading(20, 503, { seriesId: 2 }),
      aReading(70, 900, { seriesId: 3 }),
      aReading(75, 901, { seriesId: 3 }),
    ]);
    expect(shown(intervals)).toEqual([
      [0, 3, 'partial'],
      [15, 1, 'partial'],
      [60, 1, 'partial'],
    ]);
    expect(open?.beginMs).toBe(T0 + 75 * MINUTE);
  });

  it('goes on through a roll-over where it is known what the register counts to', () => {
    const modulusMwh = 1_000_000 * 1e6;
    const { intervals } = derive([
      aReading(0, 999_998),
      aReading(14, 999_999),
      aReading(16, 1, { seriesId: 2, modulusMwh }),
      aReading(30, 4, { seriesId: 2, modulusMwh }),
    ]);
    expect(shown(intervals)).toEqual([
      [0, 2, 'measured'],
      [15, 4, 'measured'],
    ]);
  });

  it('counts a register that fell by less than a step as one that stood still', () => {
    const { intervals, open } = derive([aReading(0, 10), aReading(5, 12), aReading(10, 11.9), aReading(15, 12.1)]);
    expect(shown(intervals)).toEqual([[0, 2.1, 'measured']]);
    expect(open?.newest.importMwh).toBe(12.1e6);
  });
});

describe('a clock', () => {
  it('that is a little behind makes readings late: the next one says what they said', () => {
    const { intervals, ignored } = derive([aReading(0, 10), aReading(10, 12), aReading(8, 12.5), aReading(15, 13)]);
    expect(ignored).toEqual(['late']);
    expect(shown(intervals)).toEqual([[0, 3, 'measured']]);
  });

  it('that was put back brings a time again: no energy is lost, none is counted twice', () => {
    const readings = [aReading(0, 10), aReading(120, 20), aReading(125, 21), aReading(65, 21), aReading(150, 30)];
    const { intervals, open } = derive(readings);
    expect(sum(intervals) + (open?.importMwh ?? NaN)).toBe(20e6);
    const seen = intervals.map(({ beginMs }) => (beginMs - T0) / MINUTE);
    expect(seen).toEqual([0, 15, 30, 45, 60, 75, 90, 105, 120, 60, 75, 90, 105, 120, 135]);
    expect(intervals[8]).toMatchObject({ importMwh: 1e6, basis: 'spread' });
  });

  it('that was put back by any time, any number of times, loses nothing', () => {
    const moves = fc.array(
      fc.record({
        passedMs: fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 }),
        importMwh: fc.nat({ max: 1e9 }),
        exportMwh: fc.nat({ max: 1e9 }),
      }),
      { minLength: 2, maxLength: 20 },
    );
    fc.assert(
      fc.property(moves, (made) => {
        const readings = toReadings(0, made);
        const { intervals, open, ignored } = derive(readings);
        const lastCounted = open?.newest.importMwh ?? NaN;
        expect(sum(intervals) + (open?.importMwh ?? NaN)).toBe(lastCounted - (readings[0]?.importMwh ?? NaN));
        expect(ignored.length > 0 || lastCounted === readings.at(-1)?.importMwh).toBe(true);
      }),
    );
  });

  it('that jumped by years spreads nothing over them', () => {
    const years = 26 * 365 * 24 * 60;
    const { intervals, open } = derive([
      aReading(0, 10),
      aReading(5, 11),
      aReading(years, 12),
      aReading(years + 20, 13),
    ]);
    expect(intervals).toHaveLength(2);
    expect(sum(intervals) + (open?.importMwh ?? NaN)).toBe(3e6);
    expect(intervals.map(({ basis }) => basis)).toEqual(['partial', 'spread']);
  });
});
