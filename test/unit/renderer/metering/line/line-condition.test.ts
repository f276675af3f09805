import { expect, test } from 'vitest';
import { judgeLine, leastRecentAnswer } from '../../../../../src/renderer/metering/line/line-condition.ts';
import { madeLine, madeMeter, WALL_MS } from '../../../../support/made-meter.ts';

const silent = madeMeter({ id: 'MTR-2' }, { failuresInARow: 4 });

test('an open line says nothing of its meters: they must answer themselves', () => {
  expect(judgeLine(madeLine(), [madeMeter(), madeMeter()], WALL_MS).word).toBe('all 2 meters answer');
  expect(judgeLine(madeLine(), [madeMeter(), silent], WALL_MS)).toMatchObject({
    word: '1 of 2 meters answer',
    priority: 3,
  });
  expect(judgeLine(madeLine(), [silent], WALL_MS)).toMatchObject({ word: 'open, no meter answers', priority: 3 });
  expect(judgeLine(madeLine(), [], WALL_MS).kind).toBe('no-meters');
});

test('a meter that was not asked yet does not answer', () => {
  const unasked = madeMeter({}, { asked: 0, answered: 0 });
  expect(judgeLine(madeLine(), [madeMeter(), unasked], WALL_MS)).toMatchObject({
    kind: 'waiting',
    priority: undefined,
  });
});

test('a missed answer or a healed fault is told, in grey, and only the latter lets all of them answer', () => {
  const missed = madeMeter({}, { failuresInARow: 1 });
  expect(judgeLine(madeLine(), [madeMeter(), missed], WALL_MS)).toMatchObject({ kind: 'missed', priority: undefined });
  const healed = madeMeter({}, { lastFault: { atMs: WALL_MS - 1, sentence: 'Late.' } });
  expect(judgeLine(madeLine(), [madeMeter(), healed], WALL_MS)).toMatchObject({
    kind: 'troubled',
    priority: undefined,
  });
});

test('a lost line is lost whatever its meters said before', () => {
  expect(judgeLine(madeLine({ state: 'lost' }), [madeMeter()], WALL_MS)).toMatchObject({ word: 'lost', priority: 3 });
});

test('the age of the answers is that of the meter heard longest ago', () => {
  const older = madeMeter({}, { lastAnswerAtMs: WALL_MS - 9000 });
  expect(leastRecentAnswer([madeMeter(), older])).toBe(WALL_MS - 9000);
  expect(leastRecentAnswer([madeMeter(), madeMeter({}, { lastAnswerAtMs: undefined })])).toBeUndefined();
  expect(leastRecentAnswer([])).toBeUndefined();
});
