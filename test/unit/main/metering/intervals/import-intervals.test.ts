/** A file's way into the store: what was previewed is stored, once, beside what was measured and never over it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INTERVAL_MS } from '../../../../../src/shared/domain/metering/interval.ts';
import type { CommandInput } from '../../../../../src/shared/ipc/console-api.ts';

import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';
import { readDays } from '../../../../../src/main/metering/intervals/day-table.ts';
import { importIntervals, previewImport } from '../../../../../src/main/metering/intervals/import-intervals.ts';
import { addDerived, putIntervals, readIntervals } from '../../../../../src/main/metering/intervals/interval-table.ts';
import { verifyActionLog } from '../../../../../src/main/outbox/action-log.ts';
import { openMeteredStore } from '../../../../support/exact-meter.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const T0 = Date.parse('2026-06-08T22:00:00Z');
const NOW_MS = T0 + 10 * 86_400_000;
const TEXT = [
  'von;kWh',
  ...Array.from({ length: 96 }, (_, n) => `${new Date(T0 + n * INTERVAL_MS).toISOString()};0,${n % 9}1`),
].join('\n');

function open() {
  const store = openMeteredStore(path.join(temporaryFolder(), 'a.sqlite'));
  onTestFinished(() => store.close());
  const file = (changes: Partial<CommandInput<'metering/import-intervals'>> = {}) => ({
    meterId: 'MTR-1',
    fileName: 'june.csv',
    text: TEXT,
    ...changes,
  });
  const bring = (changes: Partial<CommandInput<'metering/import-intervals'>> = {}) =>
    importIntervals(
      { store, clock: { nowMs: () => NOW_MS } },
      { commandId: randomUUID(), ...file(), ...changes },
      'Ada',
    );
  const preview = (changes = {}) => previewImport(store, file(changes), NOW_MS);
  const read = () => readIntervals(store, 1, 0, NOW_MS);
  return { store, bring, preview, read };
}

const code = (answer: ReturnType<typeof importIntervals>) =>
  answer.outcome === 'refused' ? answer.error.code : 'accepted';

describe('an import', () => {
  it('stores what its preview showed, with its day and an entry in the record of actions', () => {
    const { store, bring, preview, read } = open();
    const shown = preview();
    expect(shown).toMatchObject({
      intervals: 96,
      fromMs: T0,
      toMs: T0 + 96 * INTERVAL_MS,
      missing: 0,
      measuredHere: 0,
    });
    expect(shown).toMatchObject({ faults: [], faultCount: 0, importedAtMs: undefined });
    expect(read()).toEqual([]);
    expect(bring()).toEqual({ outcome: 'accepted' });
    expect(read()).toHaveLength(96);
    expect(read()[1]).toEqual({
      beginMs: T0 + INTERVAL_MS,
      importWh: 110,
      exportWh: undefined,
      basis: 'imported',
      bracketMs: 0,
    });
    const sum = read().reduce((mwh, { importWh = energyWh(0) }) => mwh + importWh * 1000, 0);
    expect(sum).toBe((shown.importWh ?? 0) * 1000);
    expect(readDays(store, 1, 0, NOW_MS)).toMatchObject([{ importMwh: sum, counts: { imported: 96, missing: 0 } }]);
    expect(store.prepare('SELECT kind, operator FROM action_log').all()).toEqual([
      { kind: 'IMPORT_INTERVALS', operator: 'Ada' },
    ]);
    expect(verifyActionLog(store).ok).toBe(true);
    expect(preview().importedAtMs).toBe(NOW_MS);
  });

  it('is another request when the same file is to be read in another way', () => {
    const { bring } = open();
    const commandId = randomUUID();
    expect(code(bring({ commandId, stamps: 'begin' }))).toBe('accepted');
    expect(code(bring({ commandId, stamps: 'begin' }))).toBe('accepted');
    expect(code(bring({ commandId, stamps: 'end' }))).toBe('command-id-reused');
  });

  it('happens once for a command, and once for a file', () => {
    const { store, bring } = open();
    const commandId = randomUUID();
    expect([bring({ commandId }), bring({ commandId })].map(code)).toEqual(['accepted', 'accepted']);
    expect(code(bring())).toBe('imported-before');
    expect(code(bring({ commandId, text: `${TEXT}\n` }))).toBe('command-id-reused');
    expect(store.prepare('SELECT count(*) AS n FROM interval_import').get()).toEqual({ n: 1 });
  });

  it('never touches what was measured or spread here, and says how much that is', () => {
    const { store, bring, preview, read } = open();
    const here = (n: number, basis: 'measured' | 'spread' | 'partial') => ({
      beginMs: T0 + n * INTERVAL_MS,
      importWh: energyWh(7),
      exportWh: undefined,
      basis,
      bracketMs: 5,
    });
    store.write((tx) => putIntervals(tx, 1, [here(0, 'measured'), here(1, 'spread'), here(2, 'partial')]));
    expect(preview()).toMatchObject({ intervals: 96, measuredHere: 2 });
    expect(code(bring())).toBe('accepted');
    expect(read().slice(0, 4)).toMatchObject([
      { basis: 'measured', importWh: 7 },
      { basis: 'spread', importWh: 7 },
      { basis: 'imported', importWh: 210 },
      { basis: 'imported', importWh: 310 },
    ]);
  });

  it('makes way for what the registers say, but not for less than a whole quarter hour', () => {
    const { store, bring, read } = open();
    bring();
    const derived = { importMwh: 42, exportMwh: undefined, bracketMs: 9 };
    store.write((tx) =>
      addDerived(tx, 1, [
        { ...derived, beginMs: T0, basis: 'measured' },
        { ...derived, beginMs: T0 + INTERVAL_MS, basis: 'partial' },
      ]),
    );
    expect(read().slice(0, 2)).toMatchObject([
      { basis: 'measured', importWh: 0.042 },
      { basis: 'imported', importWh: 110 },
    ]);
    store.write((tx) => addDerived(tx, 1, [{ ...derived, beginMs: T0, basis: 'measured' }]));
    expect(read()[0]).toMatchObject({ basis: 'spread', importWh: 0.084 });
  });

  it('of a corrected file takes the place of the first', () => {
    const { bring, read } = open();
    bring();
    expect(code(bring({ text: TEXT.replace(';0,11', ';5,5') }))).toBe('accepted');
    expect(read()[1]?.importWh).toBe(5_500);
    expect(read()).toHaveLength(96);
  });

  it('is refused with a sentence where the file or the meter is not understood, and stores nothing', () => {
    const { store, bring, preview, read } = open();
    expect(code(bring({ text: 'Zeit;Wert\n2026-06-09 00:00;1\n2026-06-09 00:15;2' }))).toBe('unit-unknown');
    expect(preview({ text: 'hello' })).toMatchObject({ intervals: 0, faultCount: 1, faults: [{ line: 0 }] });
    expect(code(bring({ meterId: 'nobody' }))).toBe('meter-unknown');
    expect(read()).toEqual([]);
    expect(store.prepare('SELECT count(*) AS n FROM action_log').get()).toEqual({ n: 0 });
  });
});
