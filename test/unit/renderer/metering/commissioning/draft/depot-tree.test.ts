import { expect, test } from 'vitest';
import { aboveOf } from '../../../../../../src/renderer/metering/commissioning/draft/depot-tree.ts';
import { proposeIds } from '../../../../../../src/renderer/metering/commissioning/draft/propose-ids.ts';
import { madeDraft, madeMeterDraft } from '../../../../../support/made-draft.ts';

const place = { depotId: 'north', lineId: 'north-L1' };
const known = [
  { ...place, id: 'F1', name: 'Yard', role: 'feeder', parentId: 'I1' },
  { ...place, id: 'I1', name: 'Incomer', role: 'incomer', parentId: undefined },
  { ...place, id: 'C1', name: 'Charger 1', role: 'charger', parentId: 'F1' },
  { ...place, id: 'X1', name: 'Elsewhere', role: 'incomer', parentId: undefined, depotId: 'south' },
] as const;

test('incomers and feeders of the depot, children below their parent, this draft’s own among them', () => {
  const draft = madeDraft({
    meters: [madeMeterDraft({ name: 'Sub', parentId: 'F1' }), madeMeterDraft({ unitAddress: 18, role: 'charger' })],
  });
  const ids = proposeIds(draft, { meters: known, lines: [] });
  const choices = aboveOf('modbus-rtu 18', draft, ids, known);
  expect(choices.map(({ name }) => name)).toEqual(['Incomer', '\u2003Yard', '\u2003\u2003Sub']);
  expect(aboveOf('modbus-rtu 17', draft, ids, known).map(({ value }) => value)).toEqual(['I1', 'F1']);
});

test('a line that is being changed does not stand beside its own draft', () => {
  const draft = madeDraft({
    lineId: 'north-L1',
    meters: [madeMeterDraft({ id: 'I1', name: 'New name', role: 'incomer' })],
  });
  const choices = aboveOf('none', draft, proposeIds(draft, { meters: known, lines: [] }), known);
  expect(choices.map(({ name }) => name)).toEqual(['New name']);
});
