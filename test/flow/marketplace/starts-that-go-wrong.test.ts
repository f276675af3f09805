/**
 * Commands whose answers never come, come late, come twice or say no, over a real Socket.IO line: what the feeds tell at each moment, and
 * how often the marketplace heard of them.
 */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'socket.io';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FeedName } from '../../../src/shared/ipc/console-api.ts';
import { putAccount } from '../../../src/main/account/account-table.ts';
import { putContract } from '../../../src/main/account/contract-table.ts';
import { readHold } from '../../../src/main/account/hold-table.ts';
import { putToken } from '../../../src/main/account/token-table.ts';
import type { Transaction } from '../../../src/main/database/sqlite.ts';
import { readReservation } from '../../../src/main/marketplace/reservations/reservation-table.ts';
import { greeting, item, serve, startConsole } from '../../support/scripted-marketplace.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sampleEvse, sampleLocation, sampleSession, sampleVehicle } from '../../support/wire-samples.ts';

type Heard = { readonly command_id: string; readonly kind: string; readonly body: Record<string, unknown> };
type Answer = (reply: unknown) => void;

const FIRST_ITEMS: Record<string, readonly unknown[]> = {
  fleet: [item(1, 'vehicle.put', sampleVehicle('V1')), item(2, 'vehicle.put', sampleVehicle('V2'))],
  network: [item(1, 'location.put', { ...sampleLocation('L1'), evses: [sampleEvse('E1'), sampleEvse('E2')] })],
};

/** A marketplace that hears everything and answers only as it is told. */
async function startScript(
  onCommand: (command: Heard, answer: Answer) => void,
  statuses: () => unknown[] = () => [],
  options: Parameters<typeof startConsole>[1] = {},
) {
  const heard: Heard[] = [];
  const items = new Map<string, unknown[]>(Object.entries(FIRST_ITEMS).map(([name, list]) => [name, [...list]]));
  let live: Socket | undefined;
  const { url } = await serve((socket) => {
    live = socket;
    socket.on('subscribe', ({ stream, since }: { stream: string; since: number }, answer: Answer) => {
      const held = items.get(stream) ?? [];
      answer({ ok: true, head: held.length });
      if (since < held.length) socket.emit('page', { stream, items: held.slice(since), head: held.length }, () => {});
    });
    socket.on('command', (command: Heard, answer: Answer) => {
      heard.push(command);
      onCommand(command, answer);
    });
    socket.on('command-status', (_: unknown, answer: Answer) => answer({ statuses: statuses() }));
    socket.emit('hello', greeting(Object.fromEntries([...items].map(([name, list]) => [name, list.length]))));
  });
  const started = startConsole(url, options);
  await waitUntil('live', () => started.link.status().state === 'live');

  /** Sends news and waits until it is stored. */
  async function tell(stream: string, kind: string, body: unknown): Promise<void> {
    const held = items.get(stream) ?? [];
    const offset = held.length + 1;
    const made = item(offset, kind, body);
    items.set(stream, [...held, made]);
    await new Promise((resolve) => live?.emit('page', { stream, items: [made], head: offset }, resolve));
  }

  const shown = (feed: FeedName) => {
    const records = new Map<string, Record<string, unknown>>();
    const states: string[] = [];
    const take = (record: unknown): void => {
      const it = record as Record<string, unknown>;
      records.set(String(it['commandId'] ?? it['reservationId'] ?? it['id']), it);
      const state = String(it['state'] ?? it['status']);
      if (states.at(-1) !== state) states.push(state);
    };
    onTestFinished(
      started.feeds.subscribe(feed, {
        snapshot: (snapshot) => snapshot.records.forEach(take),
        delta: ({ upserted }) => upserted.forEach(take),
      }),
    );
    return { states, of: (id: string) => records.get(id) };
  };

  const run = (name: string, input: Record<string, unknown>, commandId: string = randomUUID()) =>
    started.answers.runCommand(`marketplace/${name}`, { commandId, ...input }, { operator: 'Asha' });
  const commands = shown('marketplace/session-commands');
  const becomes = (id: string, state: string) => waitUntil(state, () => commands.of(id)?.['state'] === state);
  return { ...started, heard, tell, run, shown, commands, becomes, items };
}

/** A prepaid account without any money, under a contract that the vehicle carries. */
function putWallet(tx: Transaction, vehicleId: string, startMinimumMinor: number): void {
  putAccount(tx, {
    id: 'A1',
    name: 'Wallet',
    kind: 'prepaid',
    currency: 'EUR',
    creditLimitMinor: undefined,
    startMinimumMinor,
    stated: undefined,
    updatedAtMs: 1,
  });
  putContract(
    tx,
    {
      id: 'C1',
      name: 'Fleet',
      accountId: 'A1',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      validFromMs: 0,
      validToMs: undefined,
      terms: [],
      updatedAtMs: 1,
    },
    1,
  );
  putToken(tx, {
    uid: 'K1',
    countryCode: 'DE',
    partyId: 'TST',
    type: 'RFID',
    contractId: 'C1',
    vehicleId,
    valid: true,
    whitelist: 'ALWAYS',
    updatedAtMs: 1,
  });
}

const accepted = (id: string, timeoutS = 30) => ({ command_id: id, result: 'ACCEPTED', timeout_s: timeoutS });
const result = (id: string, outcome: string) => ({
  command_id: id,
  result: outcome,
  last_updated: '2026-06-09T04:10:02Z',
});
const start = { vehicleId: 'V1', evseKey: 'L1/E1', connectorId: '1' };
const evseStatus = (status: string, second: number) => ({
  location_id: 'L1',
  evse_uid: 'E1',
  status,
  last_updated: `2026-06-09T05:00:${String(second).padStart(2, '0')}Z`,
});

describe('a start', () => {
  test('whose answer never comes is unknown until its session tells, and no second one is let through', async () => {
    const script = await startScript(() => {});
    const id = randomUUID();
    expect(await script.run('start-session', start, id)).toEqual({ outcome: 'accepted' });
    await script.becomes(id, 'unknown');
    expect(script.commands.of(id)?.['reason']).toContain('lost');
    expect(await script.run('start-session', start)).toMatchObject({ error: { code: 'start-already-open' } });
    expect(await script.run('start-session', { ...start, vehicleId: 'V2' })).toMatchObject({
      error: { code: 'start-already-open' },
    });
    await script.tell(
      'sessions',
      'session.put',
      sampleSession('S1', { authorization_reference: id, vehicle_id: 'V1' }),
    );
    await script.becomes(id, 'done');
    expect(script.heard.map(({ kind }) => kind)).toEqual(['START_SESSION']);
  });

  test('whose answer comes long after it was waited for is not sent again', async () => {
    const late: Answer[] = [];
    let isKnown = false;
    const script = await startScript(
      (_, answer) => late.push(answer),
      () => (isKnown ? [{ command_id: id, known: true, response: accepted(id) }] : []),
    );
    const id = randomUUID();
    await script.run('start-session', start, id);
    await script.becomes(id, 'unknown');
    late[0]?.(accepted(id));
    isKnown = true;
    await script.becomes(id, 'accepted');
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await script.becomes(id, 'done');
    const { states } = script.commands;
    // Feeds merge what changes quickly, so some may be left out; none comes back.
    expect(states).toEqual(['queued', 'sent', 'unknown', 'accepted', 'done'].filter((state) => states.includes(state)));
    expect(script.heard.length).toBe(1);
  });

  test('whose result comes twice, and once more otherwise, stays what it was first', async () => {
    const script = await startScript((command, answer) => answer(accepted(command.command_id)));
    const id = randomUUID();
    await script.run('start-session', start, id);
    await script.becomes(id, 'accepted');
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await script.becomes(id, 'done');
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await script.tell('commands', 'command.result', result(id, 'FAILED'));
    expect(script.commands.of(id)?.['state']).toBe('done');
    expect(script.heard.length).toBe(1);
  });

  test('whose result is overdue is unknown, and a late refusal settles it', async () => {
    const script = await startScript((command, answer) => answer(accepted(command.command_id, 0)));
    const id = randomUUID();
    await script.run('start-session', start, id);
    await script.becomes(id, 'unknown');
    expect(script.commands.of(id)?.['reason']).toContain('did not come in time');
    await script.tell('commands', 'command.result', result(id, 'EVSE_OCCUPIED'));
    await script.becomes(id, 'refused');
    expect(script.commands.of(id)?.['reason']).toBe('The charge point is occupied.');
    // It did not happen, so another may be given.
    expect(await script.run('start-session', { ...start, evseKey: 'L1/E2' })).toEqual({ outcome: 'accepted' });
    await waitUntil('the second', () => script.heard.length === 2);
  });

  test('that is refused says why, and another may follow at once', async () => {
    const script = await startScript((command, answer) =>
      answer({ command_id: command.command_id, result: 'REJECTED', timeout_s: 0, message: 'NO_CREDIT' }),
    );
    const id = randomUUID();
    await script.run('start-session', start, id);
    await script.becomes(id, 'refused');
    expect(script.commands.of(id)?.['reason']).toBe('The marketplace rejected it. It says: “NO_CREDIT”');
    expect(script.heard.length).toBe(1);
  });

  test('that ran, and ended at the post: the session is over, a stop is refused, nothing more is sent', async () => {
    const script = await startScript((command, answer) => answer(accepted(command.command_id)));
    const sessions = script.shown('marketplace/sessions');
    const id = randomUUID();
    await script.run('start-session', start, id);
    await script.becomes(id, 'accepted');
    const session = { authorization_reference: id, vehicle_id: 'V1' };
    await script.tell('sessions', 'session.put', sampleSession('S1', session));
    await script.becomes(id, 'done');
    await waitUntil('running', () => sessions.of('S1')?.['status'] === 'ACTIVE');
    const now = new Date().toISOString();
    await script.tell(
      'sessions',
      'session.put',
      sampleSession('S1', { ...session, status: 'COMPLETED', end_date_time: now, last_updated: now }),
    );
    await waitUntil('over', () => sessions.of('S1')?.['status'] === 'COMPLETED');
    expect(await script.run('stop-session', { sessionId: 'S1' })).toMatchObject({ error: { code: 'session-ended' } });
    expect(script.heard.map(({ kind }) => kind)).toEqual(['START_SESSION']);
  });
});

describe('a reservation', () => {
  const inAnHour = () => Date.now() + 3_600_000;
  const reserveE1 = (vehicleId = 'V1') => ({ vehicleId, evseKey: 'L1/E1', expiresAtMs: inAnHour() });

  test('is requested, confirmed and used by its vehicle alone, and the start names it', async () => {
    const script = await startScript((command, answer) => answer(accepted(command.command_id)));
    const reservations = script.shown('marketplace/reservations');
    const id = randomUUID();
    expect(await script.run('reserve', reserveE1(), id)).toEqual({ outcome: 'accepted' });
    expect(await script.run('reserve', reserveE1('V2'))).toMatchObject({ error: { code: 'vehicle-has-reservation' } });
    await waitUntil('requested', () => reservations.of(id)?.['state'] === 'requested');
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await waitUntil('confirmed', () => reservations.of(id)?.['state'] === 'confirmed');
    await script.tell('network', 'evse.status', evseStatus('RESERVED', 1));
    expect(await script.run('start-session', { ...start, vehicleId: 'V2' })).toMatchObject({
      error: { code: 'evse-reserved' },
    });
    const started = randomUUID();
    expect(await script.run('start-session', start, started)).toEqual({ outcome: 'accepted' });
    await script.becomes(started, 'accepted');
    const now = new Date().toISOString();
    await script.tell('network', 'evse.status', evseStatus('CHARGING', 2));
    expect(reservations.of(id)?.['state']).toBe('confirmed');
    await script.tell(
      'sessions',
      'session.put',
      sampleSession('S1', { vehicle_id: 'v1', start_date_time: now, last_updated: now }),
    );
    await waitUntil('used', () => reservations.of(id)?.['state'] === 'used');
    expect(script.heard.map(({ kind, body }) => [kind, body['reservation_id']])).toEqual([
      ['RESERVE_NOW', id],
      ['START_SESSION', id],
    ]);
  });

  test('whose answer never comes may be held, so nobody else of the fleet is let in; a late refusal ends it', async () => {
    const script = await startScript(() => {});
    const reservations = script.shown('marketplace/reservations');
    const id = randomUUID();
    await script.run('reserve', reserveE1(), id);
    await waitUntil('unknown', () => reservations.of(id)?.['state'] === 'unknown');
    expect(await script.run('start-session', { ...start, vehicleId: 'V2' })).toMatchObject({
      error: { code: 'evse-reserved' },
    });
    await script.tell('commands', 'command.result', result(id, 'EVSE_OCCUPIED'));
    await waitUntil('refused', () => reservations.of(id)?.['state'] === 'refused');
    expect(script.heard.length).toBe(1);
  });

  test.for([
    ['CANCELED_RESERVATION', 'The operator of the charge point cancelled it.'],
    ['leaves', 'E1 is available to all again: the operator gave it up.'],
  ] as const)('that the operator gives up (%s) is cancelled, and says so', async ([how, reason]) => {
    const script = await startScript((command, answer) => answer(accepted(command.command_id)));
    const reservations = script.shown('marketplace/reservations');
    const id = randomUUID();
    await script.run('reserve', reserveE1(), id);
    await script.becomes(id, 'accepted');
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await script.tell('network', 'evse.status', evseStatus('RESERVED', 1));
    if (how === 'leaves') await script.tell('network', 'evse.status', evseStatus('AVAILABLE', 2));
    else await script.tell('commands', 'command.result', result(id, how));
    await waitUntil('cancelled', () => reservations.of(id)?.['state'] === 'cancelled');
    expect(reservations.of(id)?.['reason']).toBe(reason);
    expect(script.commands.of(id)?.['state']).toBe('done');
  });

  test('is cancelled by us once, and a cancellation that is refused leaves it as it was', async () => {
    const script = await startScript((command, answer) =>
      answer(
        command.kind === 'CANCEL_RESERVATION' && script.heard.length === 2
          ? { command_id: command.command_id, result: 'REJECTED', timeout_s: 0 }
          : accepted(command.command_id),
      ),
    );
    const reservations = script.shown('marketplace/reservations');
    const id = randomUUID();
    await script.run('reserve', reserveE1(), id);
    await script.becomes(id, 'accepted');
    expect(await script.run('cancel-reservation', { reservationId: id })).toMatchObject({
      error: { code: 'reservation-not-confirmed' },
    });
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    const cancel = randomUUID();
    expect(await script.run('cancel-reservation', { reservationId: id }, cancel)).toEqual({ outcome: 'accepted' });
    await script.becomes(cancel, 'refused');
    const reason = 'It was not cancelled. The marketplace rejected it.';
    await waitUntil('confirmed still', () => reservations.of(id)?.['reason'] === reason);
    expect(reservations.of(id)?.['state']).toBe('confirmed');
    const again = randomUUID();
    await script.run('cancel-reservation', { reservationId: id }, again);
    await waitUntil('cancelling', () => reservations.of(id)?.['state'] === 'cancelling');
    expect(await script.run('cancel-reservation', { reservationId: id })).toMatchObject({
      error: { code: 'cancel-already-open' },
    });
    await script.tell('commands', 'command.result', result(again, 'ACCEPTED'));
    await waitUntil('cancelled', () => reservations.of(id)?.['state'] === 'cancelled');
    expect(script.heard.map(({ kind }) => kind)).toEqual(['RESERVE_NOW', 'CANCEL_RESERVATION', 'CANCEL_RESERVATION']);
  });
});

describe('an account that has too little', () => {
  test('refuses a start and a reservation with the amount, sends nothing, and lets the next through once it is paid', async () => {
    const script = await startScript((command, answer) => answer(accepted(command.command_id)));
    script.store.write((tx) => putWallet(tx, 'V1', 500));
    expect(await script.run('start-session', start)).toMatchObject({
      error: { code: 'no-credit', message: expect.stringContaining('NO_CREDIT') as string },
    });
    const until = { expiresAtMs: Date.now() + 3_600_000 };
    expect(await script.run('reserve', { vehicleId: 'V1', evseKey: 'L1/E1', ...until })).toMatchObject({
      error: { code: 'no-credit' },
    });
    expect(script.heard).toEqual([]);
    script.store.write((tx) => putWallet(tx, 'V1', 0));
    const id = randomUUID();
    expect(await script.run('start-session', start, id)).toEqual({ outcome: 'accepted' });
    await script.becomes(id, 'accepted');
    expect(readHold(script.store, id)).toMatchObject({ state: 'held', accountId: 'A1' });
    await script.tell('commands', 'command.result', result(id, 'FAILED'));
    await script.becomes(id, 'refused');
    expect(readHold(script.store, id)).toMatchObject({ state: 'released' });
  });
});

describe('after a restart', () => {
  test('a reservation is still held, and what became of it meanwhile is found out', async () => {
    const id = randomUUID();
    const first = await startScript((command, answer) => answer(accepted(command.command_id)));
    await first.run('reserve', { vehicleId: 'V1', evseKey: 'L1/E1', expiresAtMs: Date.now() + 3_600_000 }, id);
    await first.becomes(id, 'accepted');
    await first.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await waitUntil('confirmed', () => readReservation(first.store, id)?.state === 'confirmed');
    const { path } = first.store;
    first.stop();
    const second = await startScript((command, answer) => answer(accepted(command.command_id)), undefined, { path });
    expect(second.shown('marketplace/reservations').of(id)?.['state']).toBe('confirmed');
    await second.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await second.tell('commands', 'command.result', result(id, 'CANCELED_RESERVATION'));
    await waitUntil('cancelled', () => readReservation(second.store, id)?.state === 'cancelled');
  });
});

describe('an unlock', () => {
  test('goes out once, is refused while a session runs there, and stays unknown when nothing is heard', async () => {
    const script = await startScript(() => {});
    const unlock = { evseKey: 'L1/E1', connectorId: '1' };
    const id = randomUUID();
    expect(await script.run('unlock-connector', unlock, id)).toEqual({ outcome: 'accepted' });
    expect(await script.run('unlock-connector', unlock, id)).toEqual({ outcome: 'accepted' });
    expect(await script.run('unlock-connector', unlock)).toMatchObject({ error: { code: 'unlock-already-open' } });
    await script.becomes(id, 'unknown');
    await script.tell('commands', 'command.result', result(id, 'ACCEPTED'));
    await script.becomes(id, 'done');
    await script.tell('sessions', 'session.put', sampleSession('S1', { vehicle_id: 'V1' }));
    expect(await script.run('unlock-connector', unlock)).toMatchObject({ error: { code: 'session-running' } });
    expect(script.heard.map(({ kind }) => kind)).toEqual(['UNLOCK_CONNECTOR']);
  });
});
