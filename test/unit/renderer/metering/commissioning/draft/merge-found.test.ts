import { expect, test } from 'vitest';
import { EMPTY_DRAFT } from '../../../../../../src/renderer/metering/commissioning/draft/line-draft.ts';
import { mergeFound } from '../../../../../../src/renderer/metering/commissioning/draft/merge-found.ts';
import { madeDraft, madeFound, madeMeterDraft } from '../../../../../support/made-draft.ts';

test('what answers is proposed with its best profile, in the order of the addresses', () => {
  const draft = mergeFound(EMPTY_DRAFT, [madeFound(), madeFound({ unitAddress: 3 })], 'FT1');
  expect(draft.meters.map(({ unitAddress, profile, keeps }) => ({ unitAddress, profile, keeps }))).toEqual([
    { unitAddress: 3, profile: 'eastron-sdm630', keeps: true },
    { unitAddress: 17, profile: 'eastron-sdm630', keeps: true },
  ]);
  expect(draft.foundAt).toBe('FT1');
});

test('a meter that failed a check, fits no profile or is known already is not kept by itself', () => {
  const failed = madeFound({
    unitAddress: 1,
    profiles: [{ name: 'a', model: 'A', checks: [{ name: 'voltage', outcome: 'failed', sentence: '3 V.' }] }],
  });
  const known = madeFound({ unitAddress: 2, knownAs: 'Yard feeder' });
  const strange = madeFound({ unitAddress: 3, profiles: [] });
  const { meters } = mergeFound(EMPTY_DRAFT, [failed, known, strange], 'FT1');
  expect(meters.map(({ keeps }) => keeps)).toEqual([false, false, false]);
});

test('typed input stays when the meter answers again, and when nothing does', () => {
  const draft = madeDraft({ meters: [madeMeterDraft({ name: 'Typed', keeps: false })] });
  const settings = { ...madeFound().settings, baudRate: 9600 };
  expect(mergeFound(draft, [madeFound({ settings })], 'FT90XY17').meters[0]).toMatchObject({
    name: 'Typed',
    keeps: false,
    settings: { baudRate: 9600 },
  });
  expect(mergeFound(draft, [], undefined)).toBe(draft);
});

test('the same news twice changes nothing', () => {
  const once = mergeFound(EMPTY_DRAFT, [madeFound()], 'FT1');
  expect(mergeFound(once, [madeFound()], 'FT1')).toBe(once);
});

test('on another line only what answers there stays; a saved line keeps its meters wherever it moves', () => {
  const meters = [madeMeterDraft({ unitAddress: 3, key: 'modbus-rtu 3' }), madeMeterDraft({ name: 'Typed' })];
  const moved = mergeFound(madeDraft({ meters }), [madeFound()], 'FT2');
  expect(moved.meters.map(({ name }) => name)).toEqual(['Typed']);
  expect(mergeFound(madeDraft({ meters, lineId: 'north-L1' }), [madeFound()], 'FT2').meters).toHaveLength(2);
});
