/** The marketplace's nouns over a real link and store: what items make of tables, and what becomes of commands. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEvses } from '../../../src/main/marketplace/network/evse-table.ts';
import { readSessionCommand } from '../../../src/main/marketplace/commands/session-command-table.ts';
import { readPeriodCount, readSession } from '../../../src/main/marketplace/sessions/session-table.ts';
import { readQuarantine } from '../../../src/main/marketplace-link/quarantine-table.ts';
import { countOpenCommands } from '../../../src/main/outbox/outbox-table.ts';
import { verifyActionLog } from '../../../src/main/outbox/action-log.ts';
import type { CommandSender, SendAnswer } from '../../../src/main/outbox/command-sender.ts';
import { startTestMarketplace } from '../../support/marketplace-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole, type TestConsoleOptions } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sampleEvse, sampleLocation, sampleSession, sampleVehicle } from '../../support/wire-samples.ts';

async function startBoth(options: Partial<TestConsoleOptions> & { loseAnswers?: number } = {}) {
  const folder = temporaryFolder();
  const serverPath = path.join(folder, 'marketplace.jsonl');
  const server = await startTestMarketplace({
    path: serverPath,
    port: 0,
    token: 't',
    random: seededRandom(1),
    loseAnswers: options.loseAnswers ?? 0,
  });
  onTestFinished(() => server.stop());
  server.append(
    { stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle('V1') },
    { stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle('V2') },
    {
      stream: 'network',
      kind: 'location.put',
      body: { ...sampleLocation('L1'), evses: [sampleEvse('E1'), sampleEvse('E2')] },
    },
  );
  const started = startTestConsole({
    path: path.join(folder, 'profile.sqlite'),
    url: `http://127.0.0.1:${server.port}`,
    token: 't',
    ...options,
  });
  onTestFinished(() => started.stop());
  await waitUntil('live', () => started.link.status().state === 'live');
  const read = async (): Promise<void> => {
    const heads = server.heads();
    await waitUntil('all to be read', () =>
      started.link.status().streams.every(({ name, committed }) => committed === heads[name]),
    );
  };
  const run = (name: string, input: Record<string, unknown>, commandId: string = randomUUID()) =>
    started.answers.runCommand(`marketplace/${name}`, { commandId, ...input }, { operator: 'Asha' });
  const stateOf = (commandId: string) => readSessionCommand(started.store, commandId)?.state;
  return { ...started, server, read, run, stateOf, serverPath };
}

const at = (second: number): string => `2026-06-09T05:00:${String(second).padStart(2, '0')}Z`;

describe('sessions', () => {
  test('PUT replaces, PATCH merges and appends, the end is final', async () => {
    const { server, read, store } = await startBoth();
    const period = (second: number) => ({ start_date_time: at(second), dimensions: [{ type: 'ENERGY', volume: 1 }] });
    const patch = { country_code: 'DE', party_id: 'TST', id: 'S1' };
    server.append(
      {
        stream: 'sessions',
        kind: 'session.put',
        body: sampleSession('S1', { kwh: 1.2345, charging_periods: [period(1)] }),
      },
      {
        stream: 'sessions',
        kind: 'session.patch',
        body: { ...patch, kwh: 2.5, charging_periods: [period(2), period(3)], last_updated: at(4) },
      },
      {
        stream: 'sessions',
        kind: 'session.patch',
        body: { ...patch, charging_periods: [period(3)], last_updated: at(5) },
      },
    );
    await read();
    expect(readSession(store, 'S1')).toMatchObject({ energyWh: 2500, status: 'ACTIVE', evseKey: 'L1/E1' });
    expect(readPeriodCount(store, 'S1')).toBe(3);
    server.append(
      {
        stream: 'sessions',
        kind: 'session.patch',
        body: {
          ...patch,
          status: 'COMPLETED',
          end_date_time: at(6),
          total_cost: { excl_vat: 4.25 },
          last_updated: at(6),
        },
      },
      { stream: 'sessions', kind: 'session.put', body: sampleSession('S1', { kwh: 99, last_updated: at(9) }) },
      { stream: 'sessions', kind: 'session.patch', body: { ...patch, kwh: 98, last_updated: at(5) } },
    );
    await read();
    expect(readSession(store, 'S1')).toMatchObject({ energyWh: 2500, status: 'COMPLETED', totalCost: '4.25' });
    // The newer one contradicts the end and is shown; the older one is only an old page.
    expect(readQuarantine(store, undefined, 9).map((item) => item.reason)).toEqual([
      expect.stringContaining('has ended'),
    ]);
  });

  test('a session that has ended, put again as it is, is a repetition whatever its last_updated', async () => {
    const { server, read, store, link } = await startBoth();
    const period = (second: number) => ({ start_date_time: at(second), dimensions: [{ type: 'ENERGY', volume: 1 }] });
    const ended = sampleSession('S1', {
      status: 'COMPLETED',
      end_date_time: at(9),
      total_cost: { before_taxes: 4.2, taxes: [{ name: 'VAT', amount: 0.8 }] },
      charging_periods: [period(1), period(2)],
      last_updated: at(9),
    });
    const put = (change: Record<string, unknown>) =>
      server.append({ stream: 'sessions', kind: 'session.put', body: { ...ended, ...change } });
    put({});
    await read();
    const before = readSession(store, 'S1');
    expect(before).toMatchObject({ status: 'COMPLETED', totalCost: '4.2' });
    const replayed = link.status().replayed;
    put({ last_updated: at(30) });
    put({ last_updated: at(31), id: 's1', total_cost: { excl_vat: 4.2 }, charging_periods: [period(2), period(1)] });
    put({ last_updated: at(8), kwh: 99 });
    await read();
    expect(link.status()).toMatchObject({ quarantined: 0, replayed: replayed + 3 });
    put({ last_updated: at(32), charging_periods: [period(1)] });
    put({ last_updated: at(33), total_cost: { excl_vat: 4.3 } });
    await read();
    expect(link.status().quarantined).toBe(2);
    expect(readSession(store, 'S1')).toEqual(before);
    expect(readPeriodCount(store, 'S1')).toBe(2);
  });

  test('what ended longer ago than windows show is stored and not told, or taken out', async () => {
    const { server, read, store, feeds } = await startBoth();
    const shown = new Set<string>();
    const stop = feeds.subscribe('marketplace/sessions', {
      snapshot: () => {},
      delta: ({ upserted, removedKeys }) => {
        for (const session of upserted) shown.add((session as { id: string }).id);
        for (const id of removedKeys) shown.delete(id);
      },
    });
    onTestFinished(stop);
    const ended = (id: string, endAtMs: number) => {
      const end = new Date(endAtMs).toISOString();
      const change = { status: 'COMPLETED', end_date_time: end, last_updated: end };
      server.append({ stream: 'sessions', kind: 'session.put', body: sampleSession(id, change) });
    };
    server.append({ stream: 'sessions', kind: 'session.put', body: sampleSession('RAN') });
    await read();
    await waitUntil('the running one', () => shown.has('RAN'));
    ended('RAN', Date.now() - 25 * 3_600_000);
    ended('OLD', Date.now() - 25 * 3_600_000);
    ended('NEW', Date.now() - 60_000);
    await read();
    await waitUntil('the new one', () => shown.has('NEW'));
    expect([...shown]).toEqual(['NEW']);
    expect(readSession(store, 'OLD')?.status).toBe('COMPLETED');
  });

  test('a location’s list is whole: what it leaves out is removed; without a list all stays', async () => {
    const { server, read, store } = await startBoth();
    const put = async (change: Record<string, unknown>) => {
      server.append({ stream: 'network', kind: 'location.put', body: { ...sampleLocation('L1'), ...change } });
      await read();
      return readEvses(store).map(({ key, status, locationName }) => [key, status, locationName]);
    };
    expect(await put({ evses: [sampleEvse('E2')] })).toEqual([
      ['L1/E1', 'REMOVED', 'Yard L1'],
      ['L1/E2', 'AVAILABLE', 'Yard L1'],
    ]);
    expect(await put({ name: 'New' })).toEqual([
      ['L1/E1', 'REMOVED', 'New'],
      ['L1/E2', 'AVAILABLE', 'New'],
    ]);
    expect(await put({ evses: [] })).toEqual([
      ['L1/E1', 'REMOVED', 'Yard L1'],
      ['L1/E2', 'REMOVED', 'Yard L1'],
    ]);
  });
});

describe('commands', () => {
  const start = { vehicleId: 'V1', evseKey: 'L1/E1', connectorId: '1' };

  test('a start is done, and its session says so; the stop likewise', async () => {
    const { run, stateOf, store } = await startBoth();
    const id = randomUUID();
    expect(await run('start-session', start, id)).toEqual({ outcome: 'accepted' });
    await waitUntil('done', () => stateOf(id) === 'done');
    const session = store
      .prepare<[string], { id: string }>('SELECT id FROM session WHERE authorization_reference = ?')
      .get(id);
    const stop = randomUUID();
    expect(await run('stop-session', { sessionId: session?.id }, stop)).toEqual({ outcome: 'accepted' });
    await waitUntil('done', () => stateOf(stop) === 'done');
    expect(verifyActionLog(store)).toMatchObject({ ok: true, value: { sequence: 2 } });
  });

  test('the same command id is one command, and answered alike', async () => {
    const { run, store } = await startBoth();
    const id = randomUUID();
    const answers = await Promise.all([
      run('start-session', start, id),
      run('start-session', start, id),
      run('start-session', start, id),
    ]);
    expect(answers).toEqual([{ outcome: 'accepted' }, { outcome: 'accepted' }, { outcome: 'accepted' }]);
    expect(await run('start-session', { ...start, vehicleId: 'V2' }, id)).toMatchObject({
      error: { code: 'command-id-reused' },
    });
    expect(store.prepare('SELECT count(*) AS count FROM outbox').get()).toEqual({ count: 1 });
    const refused = randomUUID();
    const no = await run('start-session', { ...start, vehicleId: 'V9' }, refused);
    expect(no).toMatchObject({ outcome: 'refused', error: { code: 'vehicle-unknown' } });
    expect(await run('start-session', start, refused)).toEqual(no);
  });

  test('another spelling of a vehicle is the same vehicle', async () => {
    const { run, server, read, store, stateOf } = await startBoth();
    server.append({ stream: 'sessions', kind: 'session.put', body: sampleSession('S1', { vehicle_id: 'v1' }) });
    await read();
    expect(readSession(store, 'S1')?.vehicleId).toBe('V1');
    expect(await run('start-session', { ...start, vehicleId: 'v1' })).toMatchObject({
      error: { code: 'vehicle-has-session' },
    });
    const id = randomUUID();
    expect(await run('start-session', { ...start, vehicleId: 'v2' }, id)).toEqual({ outcome: 'accepted' });
    expect(readSessionCommand(store, id)?.vehicleId).toBe('V2');
    await waitUntil('done', () => stateOf(id) === 'done');
  });

  test('a second start for the same charge point is refused while the first is open', async () => {
    const { run } = await startBoth();
    expect(await run('start-session', start)).toEqual({ outcome: 'accepted' });
    expect(await run('start-session', { ...start, vehicleId: 'V2' })).toMatchObject({
      error: { code: 'start-already-open' },
    });
  });

  test('what the marketplace refuses is refused, with its reason', async () => {
    const { run, stateOf, server, read, store } = await startBoth({
      wrapSender: (sender) => ({
        ...sender,
        sendCommand: async (command) => {
          server.append({
            stream: 'network',
            kind: 'evse.status',
            body: { location_id: 'L1', evse_uid: 'E1', status: 'BLOCKED', last_updated: at(1) },
          });
          return sender.sendCommand(command);
        },
      }),
    });
    const id = randomUUID();
    await run('start-session', start, id);
    await waitUntil('refused', () => stateOf(id) === 'refused');
    expect(readSessionCommand(store, id)?.reason).toBe('The charge point is occupied.');
    await read();
  });

  test('lost answers are asked about, and nothing is sent twice', async () => {
    let sends = 0;
    const { run, stateOf } = await startBoth({
      loseAnswers: 1,
      wrapSender: (sender) => ({ ...sender, sendCommand: (command) => ((sends += 1), sender.sendCommand(command)) }),
    });
    const id = randomUUID();
    await run('start-session', start, id);
    await waitUntil('done', () => stateOf(id) === 'done');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect([sends, stateOf(id)]).toEqual([1, 'done']);
  });

  test('without a link it expires and never leaves', async () => {
    let sends = 0;
    const { run, stateOf, link, store } = await startBoth({
      expiryMs: 200,
      wrapSender: (sender) => ({ ...sender, sendCommand: (command) => ((sends += 1), sender.sendCommand(command)) }),
    });
    link.stop();
    const id = randomUUID();
    expect(await run('start-session', start, id)).toEqual({ outcome: 'accepted' });
    expect(stateOf(id)).toBe('queued');
    await waitUntil('expired', () => stateOf(id) === 'expired');
    expect(sends).toBe(0);
    expect(readSessionCommand(store, id)?.reason).toContain('could not be sent');
  });

  test('an unknown outcome can be set aside, and a session that names it settles it all the same', async () => {
    const deaf = (sender: CommandSender): CommandSender => ({
      ...sender,
      sendCommand: async (): Promise<SendAnswer> => ({ type: 'answer-lost', reason: 'The answer was lost.' }),
      askStatus: async () => undefined,
    });
    const { run, stateOf, server, read, store } = await startBoth({ wrapSender: deaf });
    const id = randomUUID();
    await run('start-session', start, id);
    await waitUntil('unknown', () => stateOf(id) === 'unknown');
    expect(await run('start-session', start)).toMatchObject({ error: { code: 'start-already-open' } });
    expect(await run('set-aside', { setAsideCommandId: id })).toEqual({ outcome: 'accepted' });
    expect(await run('set-aside', { setAsideCommandId: id })).toMatchObject({ error: { code: 'command-not-unknown' } });
    expect(stateOf(id)).toBe('unknown');
    expect(countOpenCommands(store)).toBe(0);
    // What was only planned, or declared void, is no evidence that anything was started.
    for (const status of ['PENDING', 'RESERVATION', 'INVALID', 'ACTIVE']) {
      server.append({
        stream: 'sessions',
        kind: 'session.put',
        body: sampleSession(`S-${status}`, { authorization_reference: id.toUpperCase(), vehicle_id: 'V1', status }),
      });
      await read();
      expect(stateOf(id)).toBe(status === 'ACTIVE' ? 'done' : 'unknown');
    }
    expect(stateOf(id)).toBe('done');
    expect(store.prepare('SELECT state FROM outbox').get()).toEqual({ state: 'done' });
  });
});
