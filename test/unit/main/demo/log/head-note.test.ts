import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHeadNote } from '../../../../../src/main/demo/log/head-note.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const BOOT_MS = 1_780_000_000_000;

function noted(...heads: readonly number[]): { directory: string; logId: string; ceiling: number; bootMs: number } {
  const options = { directory: temporaryFolder(), logId: 'log-1', ceiling: 1000, bootMs: BOOT_MS };
  const note = openHeadNote(options);
  expect(note.startHead).toBe(1000);
  for (const head of heads) note.write(head);
  note.close();
  return options;
}

describe('the note of the last offset given out', () => {
  it('is where the next start goes on', () => {
    const options = noted(998, 7);
    expect(openHeadNote({ ...options, bootMs: BOOT_MS + 900 }).startHead).toBe(7);
  });

  it.each([
    ['of another log', { logId: 'log-2' }],
    ['from before the computer was started', { bootMs: BOOT_MS + 60_000 }],
    ['beyond what was set aside', { ceiling: 6 }],
  ])('is not believed when it is %s', (_what, changed) => {
    const options = { ...noted(7), ...changed };
    expect(openHeadNote(options).startHead).toBe(options.ceiling);
  });

  it('is not believed when it is torn', () => {
    const options = noted(123_456);
    const file = path.join(options.directory, 'telemetry-head.json');
    const whole = readFileSync(file);
    for (const bytes of [0, 1, 12, 40]) {
      writeFileSync(file, whole.subarray(0, bytes));
      expect(openHeadNote(options).startHead).toBe(1000);
    }
  });

  it('is not written any more once it is closed', () => {
    const options = noted(7);
    const note = openHeadNote(options);
    note.close();
    note.write(9);
    expect(openHeadNote(options).startHead).toBe(7);
  });
});
