/**
 * Energy by the quarter hour over a real line: an independent slave counts, a clock runs three hundred times faster, and what
 * the console stores adds up to what the slave's register rose by, over a restart and a kill too.
 */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { INTERVAL_MS } from '../../../src/shared/domain/metering/interval.ts';
import type {
  ImportPreview,
  MeterIntervals,
  RegisterHistory,
} from '../../../src/shared/ipc/metering/interval-contract.ts';
import { readIntervals } from '../../../src/main/metering/intervals/interval-table.ts';
import { aLine, startMeteringConsole } from '../../support/metering-console.ts';
import { aMeter, startSdm630Slave } from '../../support/sdm630-slave.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const T0 = Date.UTC(2026, 5, 9, 10, 7);
const RATE = 300;

/** 60 kW since the clock was made: 5 kWh in a second of the wall. */
async function openCounting() {
  const wallMs = Date.now();
  const clock = { nowMs: () => T0 + (Date.now() - wallMs) * RATE };
  const meter = aMeter({ powerW: 60_000, importKwh: 4_096 });
  const slave = await startSdm630Slave([[1, meter]]);
  onTestFinished(slave.stop);
  const counting = setInterval(() => (meter.importKwh = 4_096 + ((clock.nowMs() - T0) / 3_600_000) * 60), 20);
  onTestFinished(() => clearInterval(counting));
  const lines = [aLine(slave.port, [1])];
  const open = (file: string) => {
    const running = startMeteringConsole({ path: file, lines, clock });
    onTestFinished(running.stop);
    return running;
  };
  return { clock, open };
}

const stored = (running: ReturnType<typeof startMeteringConsole>) =>
  readIntervals(running.store, 1, 0, Number.MAX_SAFE_INTEGER);

describe('a counting meter', () => {
  it('is stored by the quarter hour, adding up to its register, over a kill and a restart', async () => {
    const { clock, open } = await openCounting();
    const folder = temporaryFolder();
    const file = path.join(folder, 'console.sqlite');
    const first = open(file);
    await waitUntil('two quarter hours are stored', () => stored(first).length >= 2, 20_000);
    const killed = path.join(folder, 'killed.sqlite');
    for (const end of ['', '-wal']) copyFileSync(file + end, killed + end);
    first.stop();

    const second = open(killed);
    const before = stored(second);
    await waitUntil('three more are stored', () => stored(second).length >= before.length + 3, 20_000);
    const all = stored(second);
    expect(all.slice(0, before.length)).toEqual(before);
    expect(all.map(({ beginMs }) => beginMs)).toEqual(all.map((_, n) => Date.UTC(2026, 5, 9, 10) + n * INTERVAL_MS));
    expect(all[0]?.basis).toBe('partial');
    expect(all.slice(1).map(({ basis }) => basis)).not.toContain('partial');
    for (const { importWh, bracketMs, basis } of all.slice(1)) {
      // 60 kW are 15 kWh a quarter hour; the register is a float with steps of 0.5 Wh, read every ten minutes of this clock.
      expect(importWh).toBeGreaterThan(14_000);
      expect(importWh).toBeLessThan(16_000);
      expect(bracketMs).toBeGreaterThan(0);
      expect(basis).toBe(bracketMs > 5 * 60_000 ? 'spread' : 'measured');
    }

    const { rows, more } = await second.query<RegisterHistory>('metering/registers', { meterId: 'MTR-1', limit: 500 });
    expect(more).toBe(false);
    expect(rows.map(({ atMs }) => atMs)).toEqual(rows.map(({ atMs }) => atMs).toSorted((a, b) => b - a));
    expect(rows.at(-1)).toMatchObject({ serialNumber: '1001', quality: 'plain', refusedCode: undefined });
    expect(rows[0]?.raw).toMatch(/^[0-9a-f]{100,}$/u);
    const open10 = second.store
      .prepare<[], { import_mwh: number; import_register_mwh: number }>('SELECT * FROM meter_open_interval')
      .get();
    const sumMwh =
      all.reduce((sum, { importWh = 0 }) => sum + Math.round(importWh * 1000), 0) + (open10?.import_mwh ?? 0);
    expect(sumMwh).toBe((open10?.import_register_mwh ?? 0) - Math.round((rows.at(-1)?.importWh ?? 0) * 1000));

    const page = await second.query<RegisterHistory>('metering/registers', {
      meterId: 'MTR-1',
      beforeMs: rows[0]?.atMs,
      limit: 1,
    });
    expect(page).toMatchObject({ rows: [{ atMs: rows[1]?.atMs }], more: true });

    const range = { meterId: 'MTR-1', fromMs: T0 - INTERVAL_MS, toMs: clock.nowMs() };
    const quarters = await second.query<MeterIntervals>('metering/intervals', { ...range, per: 'quarter' });
    expect(quarters.per === 'quarter' && quarters.intervals[0]?.basis).toBe('missing');
    const days = await second.query<MeterIntervals>('metering/intervals', { ...range, per: 'day' });
    expect(days.per === 'day' && days.spans[0]?.counts.partial).toBe(1);
  }, 60_000);

  it('takes a file for the time before it was read, and not for the time since', async () => {
    const { open } = await openCounting();
    const running = open(path.join(temporaryFolder(), 'console.sqlite'));
    await waitUntil('a whole quarter hour is stored', () => stored(running).length >= 2, 20_000);
    const lines = Array.from(
      { length: 42 },
      (_, n) => `${new Date(T0 - 7 * 60_000 + (n - 40) * INTERVAL_MS).toISOString()};1`,
    );
    const text = ['from;kWh', ...lines].join('\n');
    const preview = await running.query<ImportPreview>('metering/preview-import', {
      meterId: 'MTR-1',
      fileName: 'a.csv',
      text,
    });
    expect(preview).toMatchObject({ intervals: 42, measuredHere: 1, faultCount: 0 });
  }, 60_000);
});
