/**
 * Meters that send by themselves, on real lines with the real store: what is read is what they sent, each telegram and each
 * discarded byte is counted, and unplugging and starting again change nothing in what is stored.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MeterEvent, MeterHealth } from '../../../src/shared/ipc/metering/metering-contract.ts';
import type { LineProtocol } from '../../../src/shared/domain/metering/line-protocol.ts';
import { startMeteringConsole } from '../../support/metering-console.ts';
import { arePtysAbsent, openPty } from '../../support/open-pty.ts';
import { ISKRA_METER } from '../../support/published-captures.ts';
import { pushTelegram, withEvenParity } from '../../support/readable-messages.ts';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';
import { octets, signed, smlFile, unsigned } from '../../support/sml-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { aUtilityLine, startPusher } from '../../support/utility-line.ts';
import { waitUntil } from '../../support/wait-until.ts';

async function listen(protocol: LineProtocol) {
  const pusher = await startPusher();
  onTestFinished(pusher.unplug);
  const file = path.join(temporaryFolder(), 'console.sqlite');
  const console = startMeteringConsole({ path: file, lines: [aUtilityLine(protocol, pusher.port)] });
  onTestFinished(console.stop);
  await waitUntil('the line is open', () => pusher.connections() === 1);
  const read = () => console.meters.get('MTR-1');
  const kinds = async () =>
    (await console.query<{ events: MeterEvent[] }>('metering/events', { limit: 100 })).events.map(({ kind }) => kind);
  return { pusher, file, console, read, kinds };
}

function sumOfOutcomes(health: MeterHealth): number {
  return health.answered + health.timedOut + health.spoiled + health.excepted + health.lineLost;
}

const importEntry = (tenths: number) => ({
  obis: [1, 0, 1, 8, 0, 255],
  unit: unsigned(30, 1),
  scaler: signed(-1, 1),
  value: unsigned(tenths, 8),
});
const powerEntry = { obis: [1, 0, 16, 7, 0, 255], unit: unsigned(27, 1), scaler: signed(0, 1), value: signed(-512, 4) };
const aSmlFile = (tenths: number) =>
  smlFile([{ obis: [1, 0, 96, 1, 0, 255], value: octets('ISK1') }, importEntry(tenths), powerEntry]);

describe('SML', () => {
  it('is read as a real meter published it, with its power per phase', async () => {
    const { pusher, read, console } = await listen('sml');
    pusher.send(Uint8Array.from(ISKRA_METER));
    await waitUntil('it is read', () => read()?.latest !== undefined);
    expect(read()?.serialNumber).toBe('090149534b000403df63');
    expect(read()?.latest?.values).toMatchObject({ powerW: 168, importWh: 22_462_413.6, exportWh: undefined });
    expect(read()?.latest?.values.phases.map(({ powerW }) => powerW)).toEqual([117, 22, 29]);
    const [row] = console.store.prepare<[], { registers: Uint8Array }>('SELECT registers FROM meter_reading').all();
    expect(Buffer.from(row?.registers ?? []).equals(ISKRA_METER)).toBe(true);
  });

  it('counts what is damaged and what is missing, is unplugged, plugged in and started again in one series', async () => {
    const { pusher, file, console, read, kinds } = await listen('sml');
    pusher.send(aSmlFile(10_000_000).subarray(40));
    pusher.send(aSmlFile(10_000_001));
    await waitUntil('it is read', () => read()?.latest?.values.importWh === 1_000_000.1);
    expect(read()?.latest?.values.powerW).toBe(-512);
    const discardedFirst = console.lines.get('LINE-1')?.bytesDiscarded ?? 0;
    expect(discardedFirst).toBe(aSmlFile(0).length - 40);
    pusher.send(aSmlFile(10_000_002).map((byte, at) => (at === 150 ? byte ^ 8 : byte)));
    await waitUntil('the damage is counted', () => read()?.health.crcErrors === 1);
    expect(read()?.health).toMatchObject({ spoiled: 1, refused: 0 });
    await waitUntil('and its bytes', () => (console.lines.get('LINE-1')?.bytesDiscarded ?? 0) > discardedFirst);

    await pusher.unplug();
    await waitUntil('the line is lost', () => console.lines.get('LINE-1')?.state === 'lost');
    await pusher.plugIn();
    await waitUntil('it is open again', () => pusher.connections() === 2, 15_000);
    pusher.send(aSmlFile(10_000_003));
    await waitUntil('it is read on', () => read()?.latest?.values.importWh === 1_000_000.3);
    const health = read()?.health;
    expect(health?.lineLost).toBe(1);
    expect(health && health.asked === sumOfOutcomes(health)).toBe(true);
    expect(await kinds()).toEqual(['line-open', 'line-lost', 'series-began', 'line-open']);

    console.stop();
    const again = startMeteringConsole({ path: file });
    onTestFinished(again.stop);
    await waitUntil('it listens again', () => pusher.connections() === 3);
    pusher.send(aSmlFile(10_000_004));
    await waitUntil('it is read again', () => again.meters.get('MTR-1')?.latest?.values.importWh === 1_000_000.4);
    expect(again.store.prepare('SELECT cause FROM meter_series').all()).toEqual([{ cause: 'first-reading' }]);
    expect([...console.log, ...again.log]).toEqual([]);
  });

  it('begins a series when the ratio of its transformers is changed, and multiplies with it once', async () => {
    const { pusher, console, read, kinds } = await listen('sml');
    pusher.send(aSmlFile(10_000_000));
    await waitUntil('it is read', () => read()?.latest !== undefined);
    const changed = aUtilityLine('sml', pusher.port, { ctRatio: 50, ratedCurrentA: 250 });
    expect(console.metering.declareLines('operator', [changed]).ok).toBe(true);
    await waitUntil('it listens again', () => pusher.connections() === 2);
    pusher.send(aSmlFile(10_000_001));
    await waitUntil('it is read by it', () => read()?.latest?.values.importWh === 50_000_005);
    expect(read()?.latest?.values.powerW).toBe(-25_600);
    expect(console.store.prepare('SELECT cause, ct_ratio FROM meter_series ORDER BY id').all()).toEqual([
      { cause: 'first-reading', ct_ratio: 1 },
      { cause: 'ratio-changed', ct_ratio: 50 },
    ]);
    expect((await kinds()).filter((kind) => kind === 'series-began')).toHaveLength(2);
  });

  it('keeps a refused telegram as evidence, and goes on where an operator says so', async () => {
    const { pusher, file, console, read } = await listen('sml');
    pusher.send(aSmlFile(10_000_000));
    await waitUntil('it is read', () => read()?.latest !== undefined);
    const fall = async (console_: typeof console, tenths: number, until: () => boolean): Promise<void> => {
      while (!until()) {
        pusher.send(aSmlFile(tenths));
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      expect(console_.log).toEqual([]);
    };
    await fall(console, 9_000_000, () => read()?.refusal !== undefined);
    expect(read()?.refusal).toMatchObject({ code: 'energy-fell' });
    const refused = console.store.prepare<[], { registers: Uint8Array }>(
      `SELECT registers FROM meter_reading WHERE refused_code = 'energy-fell'`,
    );
    expect(Buffer.from(refused.get()?.registers ?? []).equals(Buffer.from(aSmlFile(9_000_000)))).toBe(true);

    const commandId = '0192f0c0-0000-7000-8000-000000000001';
    const asked = { commandId, meterId: 'MTR-1', reason: 'The display says 900 kWh.' };
    expect(await console.command('metering/begin-series', asked)).toEqual({ outcome: 'accepted' });
    expect(await console.command('metering/begin-series', asked)).toEqual({ outcome: 'accepted' });
    expect(await console.command('metering/begin-series', { ...asked, reason: 'Another one.' })).toMatchObject({
      error: { code: 'command-id-reused' },
    });
    console.stop();
    const again = startMeteringConsole({ path: file });
    onTestFinished(again.stop);
    await waitUntil('it listens again', () => pusher.connections() === 2);
    await fall(again, 9_000_001, () => again.meters.get('MTR-1')?.latest?.values.importWh === 900_000.1);
    expect(again.store.prepare('SELECT cause FROM meter_series ORDER BY id').all()).toEqual([
      { cause: 'first-reading' },
      { cause: 'operator' },
    ]);
    expect(again.store.prepare('SELECT operator, kind FROM action_log').all()).toMatchObject([
      { kind: 'BEGIN_METER_SERIES' },
    ]);
    expect(again.store.prepare('SELECT count(*) AS n FROM meter_series_request').get()).toEqual({ n: 0 });
  });
});

describe('P1', () => {
  it.skipIf(isFixtureAbsent('p1/telegram_v5.txt'))('is read as published, both tariffs as one energy', async () => {
    const { pusher, read } = await listen('dsmr-p1');
    pusher.send(readFileSync(fixturePath('p1/telegram_v5.txt')));
    await waitUntil('it is read', () => read()?.latest !== undefined);
    expect(read()?.serialNumber).toBe('K8EG004046395507');
    expect(read()?.latest?.values).toMatchObject({ importWh: 4_426 + 2_399, exportWh: 2_444, powerW: 244 });
  });
});

const d0Lines = (kwh: string): string[] => [
  '1-0:0.0.0*255(1ESY1160123456)',
  `1-0:1.8.0*255(${kwh}*kWh)`,
  '1-0:1.7.0*255(000412.27*W)',
];

describe('D0', () => {
  it.skipIf(arePtysAbsent())('is read from a serial port when the next telegram agrees, and no sooner', async () => {
    const pty = await openPty();
    const file = path.join(temporaryFolder(), 'console.sqlite');
    const console = startMeteringConsole({ path: file, lines: [aUtilityLine('iec62056-push', pty.path)] });
    onTestFinished(console.stop);
    await waitUntil('the line is open', () => console.lines.get('LINE-1')?.state === 'open');
    const read = () => console.meters.get('MTR-1');
    const push = async (kwh: string): Promise<void> => {
      const answered = read()?.health.answered ?? 0;
      pty.send(withEvenParity(pushTelegram(d0Lines(kwh))));
      await waitUntil('it is heard', () => (read()?.health.answered ?? 0) > answered);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    };
    await push('00001234.5678900');
    await push('00001234.5678950');
    expect(read()?.latest).toBeUndefined();
    await push('00001234.5679000');
    await waitUntil('the second is believed', () => read()?.latest !== undefined);
    expect(read()?.latest?.values.importWh).toBeCloseTo(1_234_567.895, 6);
    expect(read()?.latest?.values.powerW).toBe(412.27);
    expect(read()?.serialNumber).toBe('1ESY1160123456');

    // Two bits of one digit: parity cannot tell, the neighbours can.
    await push('00001235.5679050');
    await push('00001234.5679100');
    await push('00001234.5679150');
    await push('00001234.5679200');
    await waitUntil('it goes on', () => (read()?.latest?.values.importWh ?? 0) > 1_234_567.91);
    const energies = console.store
      .prepare<[], { registers: Uint8Array }>('SELECT registers FROM meter_reading WHERE refused_code IS NULL')
      .all()
      .map(({ registers }) => Buffer.from(registers.map((byte) => byte & 0x7f)).toString('latin1'));
    expect(energies.join()).not.toContain('1235.');
    expect(console.store.prepare('SELECT DISTINCT refused_code FROM meter_reading').all()).toContainEqual({
      refused_code: 'not-confirmed',
    });
  });
});
