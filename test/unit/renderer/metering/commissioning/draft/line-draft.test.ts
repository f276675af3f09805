import { expect, test } from 'vitest';
import { judgeDraft } from '../../../../../../src/renderer/metering/commissioning/draft/judge-draft.ts';
import {
  draftOf,
  EMPTY_DRAFT,
  isUntouched,
  lineDraftSchema,
} from '../../../../../../src/renderer/metering/commissioning/draft/line-draft.ts';
import type { SavedLine } from '../../../../../../src/shared/ipc/metering/commissioning-contract.ts';
import { madeDraft, SETTINGS } from '../../../../../support/made-draft.ts';

const saved: SavedLine = {
  id: 'north-L1',
  name: 'Hall B',
  depotId: 'north',
  protocol: 'modbus-rtu',
  address: { kind: 'serial-port', adapterSerialNumber: 'FT1' },
  settings: SETTINGS,
  meters: [
    {
      id: 'north-M1',
      name: 'Feeder',
      role: 'feeder',
      profile: 'eastron-sdm630',
      unitAddress: 17,
      ctRatio: 50,
      parentId: 'I1',
    },
    {
      id: 'north-M2',
      name: 'Charger 4',
      role: 'charger',
      profile: 'eastron-sdm630',
      unitAddress: 18,
      ctRatio: 1,
      evseKey: 'loc/4',
      accuracyClass: 'B',
      ratedCurrentA: 63,
    },
  ],
};

test('a saved line that is opened and saved again is the same line', () => {
  const around = { meters: [], lines: [] };
  expect(judgeDraft(draftOf(saved), around)).toEqual({ ok: true, line: saved });
  const remote: SavedLine = { ...saved, address: { kind: 'device-server', host: '10.0.4.7', port: 4001 } };
  expect(judgeDraft(draftOf(remote), around)).toEqual({ ok: true, line: remote });
});

test('a draft survives being written down', () => {
  for (const draft of [EMPTY_DRAFT, madeDraft(), draftOf(saved)])
    expect(lineDraftSchema.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(lineDraftSchema.safeParse({ ...EMPTY_DRAFT, where: 'elsewhere' }).success).toBe(false);
});

test('an empty bench has nothing that somebody would miss', () => {
  expect(isUntouched(EMPTY_DRAFT)).toBe(true);
  expect(isUntouched({ ...EMPTY_DRAFT, name: 'Hall' })).toBe(false);
});
