/**
 * Lines that operators set up: stored whole or not at all, in force at once and after a restart, and taken back without
 * losing a reading.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AdapterFacts } from '../../../src/shared/ipc/metering/commissioning-contract.ts';
import type { MeterEvent } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { aLine, startMeteringConsole } from '../../support/metering-console.ts';
import { aMeter, startSdm630Slave } from '../../support/sdm630-slave.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const ACCEPTED = { outcome: 'accepted' };
const METER = {
  id: 'MTR-9',
  name: 'Yard feeder',
  role: 'feeder',
  unitAddress: 1,
  profile: 'eastron-sdm630',
  ctRatio: 1,
};

async function openConsole() {
  const slave = await startSdm630Slave([[1, aMeter()]]);
  onTestFinished(slave.stop);
  const file = path.join(temporaryFolder(), 'console.sqlite');
  const running = open(file);
  running.store.write((tx) =>
    tx.prepare(`INSERT INTO depot VALUES ('DEPOT-1', 'Yard', 52, 13, 'Europe/Berlin', 'EUR', 400000, '[]', 0)`).run(),
  );
  const line = {
    id: 'LINE-9',
    name: 'New line',
    depotId: 'DEPOT-1',
    protocol: 'modbus-rtu',
    address: { kind: 'device-server', host: '127.0.0.1', port: slave.port },
    settings: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
    meters: [METER],
  };
  const save = (changes: object = {}) => running.command('metering/save-line', { ...line, ...changes });
  const events = async () =>
    (await running.query<{ events: MeterEvent[] }>('metering/events', { limit: 100 })).events.map(({ kind }) => kind);
  return { slave, file, running, line, save, events };
}

function open(file: string) {
  const running = startMeteringConsole({ path: file, listAdapters: async () => [] });
  onTestFinished(running.stop);
  return running;
}

function actionsOf({ store }: ReturnType<typeof open>): readonly unknown[] {
  return store.prepare('SELECT kind, operator FROM action_log ORDER BY sequence').all();
}

it('a line is read at once and after a restart, and each saving is recorded once', async () => {
  const { file, running, save } = await openConsole();
  const commandId = randomUUID();
  expect(await save({ commandId })).toEqual(ACCEPTED);
  expect(await save({ commandId })).toEqual(ACCEPTED);
  expect(await save({ commandId, name: 'Another intent' })).toMatchObject({ error: { code: 'command-id-reused' } });
  await waitUntil('it is read', () => running.meters.get('MTR-9')?.latest !== undefined);
  expect(actionsOf(running)).toEqual([{ kind: 'SAVE_LINE', operator: 'dispatcher' }]);
  running.stop();
  const again = open(file);
  expect(again.lines.get('LINE-9')).toMatchObject({ name: 'New line', origin: 'operator' });
  await waitUntil('it is read again', () => (again.meters.get('MTR-9')?.health.answered ?? 0) > 0);
});

it('a line that is withdrawn is gone at once, and back with its readings when it is saved again', async () => {
  const { running, save, events } = await openConsole();
  await save();
  await waitUntil('it is read', () => running.meters.get('MTR-9')?.latest !== undefined);
  expect(await running.command('metering/withdraw-line', { lineId: 'LINE-9' })).toEqual(ACCEPTED);
  await waitUntil('it is gone', () => !running.lines.has('LINE-9') && !running.meters.has('MTR-9'));
  expect(await running.command('metering/withdraw-line', { lineId: 'LINE-9' })).toMatchObject({
    error: { code: 'no-such-line' },
  });
  expect(await save()).toEqual(ACCEPTED);
  await waitUntil('its last reading is there', () => running.meters.get('MTR-9')?.latest !== undefined);
  await waitUntil('it answers', () => (running.meters.get('MTR-9')?.health.answered ?? 0) > 0);
  expect(running.store.prepare('SELECT count(*) AS n FROM meter_series').get()).toEqual({ n: 1 });
  expect(actionsOf(running)).toMatchObject([{ kind: 'SAVE_LINE' }, { kind: 'WITHDRAW_LINE' }, { kind: 'SAVE_LINE' }]);
  expect(await events()).toEqual(expect.arrayContaining(['line-saved', 'line-withdrawn']));
});

it('another transformer ratio is an event, and the readings after it are of a new series', async () => {
  const { running, save, events } = await openConsole();
  await save();
  await waitUntil('it is read', () => running.meters.get('MTR-9')?.latest?.values.powerW === 12_000);
  await save({ meters: [{ ...METER, ctRatio: 50, ratedCurrentA: 5_000 }] });
  await waitUntil('the ratio is in force', () => running.meters.get('MTR-9')?.latest?.values.powerW === 600_000);
  expect(await events()).toContain('ct-ratio-changed');
  const ratios = running.store.prepare('SELECT ct_ratio FROM meter_series ORDER BY id').all();
  expect(ratios).toEqual([{ ct_ratio: 1 }, { ct_ratio: 50 }]);
});

it('nothing of a refused line is stored, and the sentence says why', async () => {
  const { running, save } = await openConsole();
  const refusals = [
    [{ depotId: 'NOWHERE' }, 'no-such-depot'],
    [{ meters: [{ ...METER, parentId: 'NOBODY' }] }, 'no-parent'],
    [{ meters: [{ ...METER, profile: 'sml-meter' }] }, 'wrong-profile'],
    [{ meters: [METER, { ...METER, id: 'MTR-10' }] }, 'bad-lines'],
  ] as const;
  for (const [changes, code] of refusals)
    expect(await save(changes)).toMatchObject({ outcome: 'refused', error: { code } });
  expect(running.lines.size).toBe(0);
  expect(actionsOf(running)).toEqual([]);
  expect(await running.query('metering/events', { limit: 10 })).toEqual({ events: [] });
});

it('the demo’s lines are its own: neither changed nor withdrawn, and their addresses are taken', async () => {
  const { slave, running, save } = await openConsole();
  const demos = aLine(slave.port, [1], { id: 'DEMO-1', origin: 'demo', name: 'Demo line' });
  expect(
    running.metering.declareLines('demo', [
      { ...demos, meters: demos.meters.map((meter) => ({ ...meter, lineId: 'DEMO-1' })) },
    ]).ok,
  ).toBe(true);
  expect(await save()).toMatchObject({ error: { code: 'address-taken' } });
  expect(await save({ id: 'DEMO-1' })).toMatchObject({ error: { code: 'demo-line' } });
  expect(await running.command('metering/withdraw-line', { lineId: 'DEMO-1' })).toMatchObject({
    error: { code: 'demo-line' },
  });
  await waitUntil('it is still there', () => running.lines.get('DEMO-1')?.origin === 'demo');
});

it('a line does not leave meters of another without their parent', async () => {
  const { running, save } = await openConsole();
  await save();
  const other = { kind: 'device-server', host: '127.0.0.1', port: 9 };
  const child = { ...METER, id: 'MTR-10', name: 'Charger 1', role: 'charger', parentId: 'MTR-9' };
  expect(await save({ id: 'LINE-10', address: other, meters: [child] })).toEqual(ACCEPTED);
  const refused = await running.command('metering/withdraw-line', { lineId: 'LINE-9' });
  expect(refused).toMatchObject({ outcome: 'refused', error: { code: 'no-parent' } });
  expect(JSON.stringify(refused)).toContain('Charger 1');
  expect(await running.command('metering/withdraw-line', { lineId: 'LINE-10' })).toEqual(ACCEPTED);
  expect(await running.command('metering/withdraw-line', { lineId: 'LINE-9' })).toEqual(ACCEPTED);
});

it('profiles are listed without their variants, and no adapter is nobody’s', async () => {
  const { running } = await openConsole();
  const { profiles } = await running.query<{ profiles: { name: string; protocol: string }[] }>('metering/profiles', {});
  expect(profiles).toContainEqual(
    expect.objectContaining({ name: 'eastron-sdm630', protocol: 'modbus-rtu', ratedCurrentA: 100 }),
  );
  expect(profiles.some(({ name }) => name.endsWith('-swapped'))).toBe(false);
  expect(await running.query<{ adapters: AdapterFacts[] }>('metering/adapters', {})).toEqual({ adapters: [] });
});
