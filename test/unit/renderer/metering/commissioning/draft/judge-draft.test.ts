import { expect, test } from 'vitest';
import { judgeDraft } from '../../../../../../src/renderer/metering/commissioning/draft/judge-draft.ts';
import type { LineDraft, MeterDraft } from '../../../../../../src/renderer/metering/commissioning/draft/line-draft.ts';
import { consoleApi } from '../../../../../../src/shared/ipc/console-api.ts';
import { madeDraft, madeMeterDraft, SETTINGS } from '../../../../../support/made-draft.ts';

const known = { id: 'north-M1', name: 'Incomer', depotId: 'north', lineId: 'north-L1', role: 'incomer' } as const;
const around = { meters: [known], lines: [{ id: 'north-L1', name: 'Line 1' }] };
const judge = (draft: LineDraft) => judgeDraft(draft, around);
const problemsOf = (draft: LineDraft) => {
  const judged = judge(draft);
  return judged.ok ? undefined : judged.problems;
};
const withMeter = (change: Partial<MeterDraft>) => madeDraft({ meters: [madeMeterDraft(change)] });
const meterProblems = (change: Partial<MeterDraft>) => problemsOf(withMeter(change))?.meters.get('modbus-rtu 17');

test('what passes is what the contract takes, with ids that are free', () => {
  const judged = judge(withMeter({ ctRatio: '250/5', ratedCurrentA: '250', accuracyClass: 'B', parentId: 'north-M1' }));
  const line = judged.ok ? judged.line : undefined;
  const commandId = '019a0000-0000-7000-8000-000000000000';
  expect(consoleApi['metering/save-line'].input.safeParse({ commandId, ...line }).error).toBeUndefined();
  expect(line).toMatchObject({
    id: 'north-L2',
    address: { kind: 'serial-port', adapterSerialNumber: 'FT90XY17' },
    settings: SETTINGS,
    meters: [
      { id: 'north-M2', ctRatio: 50, ratedCurrentA: 250, accuracyClass: 'B', parentId: 'north-M1', unitAddress: 17 },
    ],
  });
});

test('a field that lacks or is wrong has its own sentence', () => {
  expect(meterProblems({ name: ' ' })).toEqual({ name: 'Name it, as on its label.' });
  expect(meterProblems({ role: '' })).toEqual({ role: 'Say what it measures.' });
  expect(meterProblems({ profile: '' })).toEqual({ profile: 'No profile fits: choose one.' });
  expect(meterProblems({ ctRatio: '250/' })).toEqual({ ctRatio: 'Write it as 250/5, or as 50.' });
  expect(meterProblems({ ratedCurrentA: 'many' })).toEqual({ ratedCurrentA: 'In amperes, such as 250.' });
  expect(meterProblems({ id: 'north-M1' })).toEqual({ id: 'Incomer bears this id. Choose another.' });
  expect(meterProblems({ id: 'x'.repeat(65) })).toEqual({ id: 'Use at most 64 letters.' });
  expect(problemsOf(madeDraft({ name: '', depotId: '' }))).toMatchObject({
    name: expect.any(String),
    depotId: expect.any(String),
  });
});

test('a meter of the line that is being changed may keep its own id', () => {
  expect(judge({ ...withMeter({ id: 'north-M1' }), lineId: 'north-L1' }).ok).toBe(true);
});

test('what is not kept is neither judged nor saved', () => {
  const draft = madeDraft({ meters: [madeMeterDraft(), madeMeterDraft({ unitAddress: 18, keeps: false, name: '' })] });
  const judged = judge(draft);
  expect(judged.ok && judged.line.meters).toHaveLength(1);
});

test('meters that feed each other are refused', () => {
  const draft = madeDraft({
    meters: [
      madeMeterDraft({ id: 'A', parentId: 'B' }),
      madeMeterDraft({ unitAddress: 18, id: 'B', parentId: 'A' }),
      madeMeterDraft({ unitAddress: 19, id: 'C', parentId: 'A' }),
    ],
  });
  expect([...(problemsOf(draft)?.meters.keys() ?? [])]).toEqual(['modbus-rtu 17', 'modbus-rtu 18']);
});

test('what cannot share a line is said of the line', () => {
  const other = madeMeterDraft({ unitAddress: 18, settings: { ...SETTINGS, baudRate: 9600 } });
  expect(problemsOf(madeDraft({ meters: [madeMeterDraft(), other] }))?.line).toContain('19200 8E1 and at 9600 8E1');
  const sml = madeMeterDraft({ key: 'sml alone', protocol: 'sml' });
  expect(problemsOf(madeDraft({ meters: [madeMeterDraft(), sml] }))?.line).toContain('different protocols');
  expect(problemsOf(madeDraft({ meters: [] }))?.line).toContain('search the line first');
  expect(problemsOf(withMeter({ keeps: false }))?.line).toContain('No meter is kept');
});

test('meters that answered elsewhere are not saved under another address', () => {
  expect(problemsOf(madeDraft({ foundAt: 'FT-OTHER' }))?.line).toContain('answered at FT-OTHER');
  const { foundAt: _, ...neverSearched } = madeDraft({ lineId: 'north-L1' });
  expect(judge(neverSearched).ok).toBe(true);
});
