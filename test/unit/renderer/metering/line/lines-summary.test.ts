import { expect, test } from 'vitest';
import type { LineRecord, MeterRecord } from '../../../../../src/shared/ipc/metering/metering-contract.ts';
import { summariseLines } from '../../../../../src/renderer/metering/line/lines-summary.ts';
import { madeLine, madeMeter, WALL_MS } from '../../../../support/made-meter.ts';

const lost = madeLine({ id: 'LINE-2', name: 'Line 2', state: 'lost', sinceMs: WALL_MS - 26_000 });
const summarise = (lines: readonly LineRecord[], meters: readonly MeterRecord[] = [madeMeter()]) =>
  summariseLines(lines, () => meters, WALL_MS);

test('without a line there is nothing to say', () => {
  expect(summarise([])).toBeUndefined();
});

test('all in order is grey and says how long ago the last answer came', () => {
  expect(summarise([madeLine(), madeLine({ id: 'LINE-2' })])).toMatchObject({
    subject: '2 meter lines',
    word: 'all answering',
    priority: undefined,
    answeredAtMs: WALL_MS - 1000,
    stillWorks: undefined,
  });
  expect(summarise([madeLine()])).toMatchObject({ subject: 'Meter line', word: 'answering' });
});

test('a lost line is counted, named, timed, and says what goes on', () => {
  expect(summarise([madeLine(), lost])).toMatchObject({
    word: '1 of 2 lost',
    names: 'Line 2',
    priority: 3,
    lostSinceMs: WALL_MS - 26_000,
    answeredAtMs: undefined,
    stillWorks: 'Last readings stay, with their age; the other line goes on.',
  });
  expect(summarise([lost, { ...lost, id: 'LINE-3', sinceMs: 1 }])).toMatchObject({
    word: 'all lost',
    lostSinceMs: 1,
    stillWorks: 'Last readings stay, with their age.',
  });
});

test('the worst is told first, and a healed fault does not hide that all answer', () => {
  expect(summarise([madeLine(), lost], [madeMeter({}, { failuresInARow: 5 })])?.word).toBe('1 of 2 lost');
  expect(summarise([madeLine()], [madeMeter({}, { failuresInARow: 5 })])).toMatchObject({
    word: 'silent',
    priority: 3,
  });
  const mixed = summariseLines(
    [madeLine(), madeLine({ id: 'LINE-2' })],
    (id) => [madeMeter({}, id === 'LINE-2' ? { lastFault: { atMs: WALL_MS - 1, sentence: 'Late.' } } : {})],
    WALL_MS,
  );
  expect(mixed).toMatchObject({ word: 'all answering, faults on 1', priority: undefined });
  expect(summarise([madeLine()], [madeMeter({}, { failuresInARow: 1 })])?.word).toBe('missing answers');
});
