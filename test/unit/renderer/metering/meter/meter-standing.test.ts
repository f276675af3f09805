import { describe, expect, test } from 'vitest';
import type { LineRecord, MeterRecord } from '../../../../../src/shared/ipc/metering/metering-contract.ts';
import type { Freshness } from '../../../../../src/shared/domain/fleet/freshness.ts';
import { judgeMeter } from '../../../../../src/renderer/metering/meter/meter-standing.ts';
import { madeLine, madeMeter, WALL_MS } from '../../../../support/made-meter.ts';

const judge = (
  meter: MeterRecord,
  line: LineRecord | undefined = madeLine(),
  freshness: Freshness = 'fresh',
): ReturnType<typeof judgeMeter> => judgeMeter({ meter, line, freshness, wallNowMs: WALL_MS });

describe('whether a reading may stand as the present', () => {
  test('a fresh one on an open line may', () => {
    expect(judge(madeMeter())).toMatchObject({ kind: 'answering', isCurrent: true, priority: undefined });
  });

  test.for(['stale', 'silent', 'never'] as const)('a %s one may not, whoever answers', (freshness) => {
    expect(judge(madeMeter(), madeLine(), freshness).isCurrent).toBe(false);
  });

  test.for(['lost', 'opening'] as const)('none may while the line is %s, however young', (state) => {
    expect(judge(madeMeter(), madeLine({ state })).isCurrent).toBe(false);
  });

  test('none may while nothing is heard of its line', () => {
    expect(judgeMeter({ meter: madeMeter(), line: undefined, freshness: 'fresh', wallNowMs: WALL_MS })).toMatchObject({
      kind: 'line-unknown',
      isCurrent: false,
    });
  });
});

describe('the words', () => {
  test('a lost line says since when', () => {
    const standing = judge(madeMeter(), madeLine({ state: 'lost', sinceMs: WALL_MS - 26_400 }));
    expect(standing).toMatchObject({ word: 'line lost', sentence: 'Line lost for 26 s, retrying', priority: 3 });
  });

  test('a refused reading is said with its reason, and the accepted one before it stays fresh while it is', () => {
    const refusal = { atMs: WALL_MS, code: 'jumped', message: 'The register jumped.' };
    expect(judge(madeMeter({ refusal }))).toMatchObject({
      sentence: 'Newest reading refused: The register jumped.',
      priority: 3,
      isCurrent: true,
    });
  });

  test('one or two missed answers are told without a colour, three need a look', () => {
    expect(judge(madeMeter({}, { failuresInARow: 1 }))).toMatchObject({ kind: 'missed', priority: undefined });
    expect(judge(madeMeter({}, { failuresInARow: 2 })).sentence).toBe('Two answers missed; asking again');
    expect(judge(madeMeter({}, { failuresInARow: 3 }))).toMatchObject({
      kind: 'silent',
      priority: 3,
      sentence: '3 questions without a valid answer',
    });
  });

  test('a fault that healed is news for a minute', () => {
    const faultAgo = (ms: number) => judge(madeMeter({}, { lastFault: { atMs: WALL_MS - ms, sentence: 'Late.' } }));
    expect(faultAgo(59_000)).toMatchObject({ kind: 'troubled', sentence: 'Meter answering; last fault 59 s ago' });
    expect(faultAgo(60_000).kind).toBe('answering');
  });

  test('never says that a meter answers which has not been asked', () => {
    expect(judge(madeMeter({}, { asked: 0, answered: 0 })).kind).toBe('not-asked');
  });
});
