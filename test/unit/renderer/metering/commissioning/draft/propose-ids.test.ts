import { expect, test } from 'vitest';
import { proposeIds } from '../../../../../../src/renderer/metering/commissioning/draft/propose-ids.ts';
import { madeDraft, madeMeterDraft } from '../../../../../support/made-draft.ts';

const NOBODY = { meters: [], lines: [] };

test('ids begin with the depot and take the first free number', () => {
  const draft = madeDraft({ meters: [madeMeterDraft(), madeMeterDraft({ unitAddress: 18 })] });
  const ids = proposeIds(draft, NOBODY);
  expect(ids.line).toBe('north-L1');
  expect([...ids.meters.values()]).toEqual(['north-M1', 'north-M2']);
});

test('what is typed stands, and is not proposed to another', () => {
  const draft = madeDraft({ meters: [madeMeterDraft(), madeMeterDraft({ unitAddress: 18, id: 'north-M1' })] });
  expect([...proposeIds(draft, NOBODY).meters.values()]).toEqual(['north-M2', 'north-M1']);
});

test('a line that is changed keeps its id', () => {
  expect(proposeIds(madeDraft({ lineId: 'old' }), NOBODY).line).toBe('old');
});

test('an id stays within its length whatever the depot is called', () => {
  const ids = proposeIds(madeDraft({ depotId: 'd'.repeat(64) }), NOBODY);
  expect(ids.line.length).toBeLessThanOrEqual(64);
});
