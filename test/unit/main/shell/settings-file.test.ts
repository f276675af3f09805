import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettingsFile } from '../../../../src/main/shell/settings-file.ts';

const place = { x: 0, y: 0, width: 1200, height: 800, maximized: false, hash: '#/live' };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openSettingsFile', () => {
  it('keeps what it held when the file cannot be written', () => {
    const file = path.join(folder, 'settings.json');
    const settings = openSettingsFile(file, () => {});
    settings.change({ operator: 'Night' });
    mkdirSync(`${file}.new`);
    expect(() => settings.change({ operator: 'Day' })).toThrow(/EISDIR/u);
    expect(settings.read().operator).toBe('Night');
    expect(readFileSync(file, 'utf8')).toContain('Night');
  });

  it('takes more windows and longer addresses than it can hold', () => {
    const settings = openSettingsFile(path.join(folder, 'settings.json'), () => {});
    settings.change({
      windows: Array.from({ length: 30 }, () => ({ ...place, hash: `#/live?q=${'x'.repeat(3000)}` })),
    });
    expect(settings.read().windows).toHaveLength(20);
    expect(settings.read().windows[0]?.hash).toBe('#/live');
  });

  it('refuses a start on settings that it may not read', () => {
    const file = path.join(folder, 'settings.json');
    mkdirSync(file);
    expect(() => openSettingsFile(file, () => {})).toThrow(/EISDIR/u);
  });
});
