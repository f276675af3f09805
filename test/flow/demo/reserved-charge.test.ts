/** A charge point reserved for a van on duty: the van comes, a start there is accepted, and the record of the session is told soon. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { io, type Socket } from 'socket.io-client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDemoWorld } from '../../../src/main/demo/demo-world.ts';
import { CONNECTOR_ID } from '../../../src/main/demo/marketplace/wire-objects.ts';
import { startDemo, type RunningDemo } from '../../../src/main/demo/start-demo.ts';
import type { Page } from '../../../src/main/marketplace-link/wire/v1/envelope.ts';
import { makeUuidV7 } from '../../../src/shared/kernel/id.ts';

type Body = Readonly<Record<string, unknown>>;
type Row = Readonly<{ kind: string; body: Body }>;

/** On its round in Bengaluru for hours yet when the demo begins, with half of its charge. */
const VAN = 'BLR-0019';
const SEED = 7;
const VEHICLES = 60;
const BENGALURU = 0;
const HOUR_MS = 3_600_000;

let directory: string;
let demo: RunningDemo;
let socket: Socket;
let rows: Row[];

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'demo-reserved-'));
  demo = await startDemo({ directory, vehicles: VEHICLES, seed: SEED, token: 'secret', rate: 60 });
  rows = [];
  socket = io(demo.url, {
    transports: ['websocket'],
    reconnection: false,
    auth: { protocol: 1, token: demo.token, console_id: randomUUID(), client: 'test/1' },
  });
  socket.on('page', ({ items }: Page, acknowledge: (answer: unknown) => void) => {
    rows.push(...items.map(({ kind, body }) => ({ kind, body: body as Body })));
    acknowledge({ ok: true, committed: items.at(-1)?.offset });
  });
  await new Promise((resolve) => socket.once('hello', resolve));
  for (const stream of ['sessions', 'commands', 'records']) socket.emit('subscribe', { stream, since: 0 }, () => {});
});
afterEach(async () => {
  socket.close();
  await demo.stop();
  await rm(directory, { recursive: true, force: true });
});

it('brings the van, lets it charge once, and tells the record of the session', { timeout: 180_000 }, async () => {
  const evse = await aFreeEvse();
  const expiry = new Date(virtualMs() + 3 * HOUR_MS).toISOString();
  const reservation = { reservation_id: randomUUID(), vehicle_id: VAN, ...evse, expiry_date: expiry };
  const { connector_id: _all, ...ofTheWhole } = reservation;
  expect(await give('RESERVE_NOW', ofTheWhole)).toMatchObject({ result: 'ACCEPTED' });

  // Until it has come every start is refused, with the reason.
  const commandId = await startOnceThere(evse);
  const begun = await seen(({ kind, body }) => kind === 'session.put' && body['authorization_reference'] === commandId);
  expect(begun).toMatchObject({ vehicle_id: VAN, evse_uid: evse.evse_uid });

  const id = String(begun['id']);
  const told = () => rows.filter(({ kind, body }) => kind === 'session.patch' && body['id'] === id);
  await until(() => told().some(({ body }) => Number(body['kwh']) > 0));
  expect(await give('STOP_SESSION', { session_id: id })).toMatchObject({ result: 'ACCEPTED' });
  const record = await seen(({ kind, body }) => kind === 'cdr.put' && body['session_id'] === id);
  const lastedMs = Date.parse(String(record['last_updated'])) - Date.parse(String(record['end_date_time']));
  expect(lastedMs).toBeLessThanOrEqual(90_000);
  expect(Number(record['total_energy'])).toBeGreaterThan(0);
});

async function startOnceThere(evse: Body): Promise<string> {
  const endMs = Date.now() + 90_000;
  for (;;) {
    const result = await give('START_SESSION', { ...evse, vehicle_id: VAN });
    if (result['result'] === 'ACCEPTED') return String(result['command_id']);
    expect(result['message']).toMatch(/is driving|stands .* away/u);
    if (Date.now() > endMs) throw new Error(`The van did not come: ${String(result['message'])}`);
  }
}

/** What the charge point made of it. */
async function give(kind: string, body: Body): Promise<Body> {
  const command = {
    command_id: makeUuidV7(Date.now(), randomBytes(16)),
    kind,
    issued_at: new Date().toISOString(),
    expires_at: new Date(Date.now() + 60_000).toISOString(),
    body,
  };
  const answer: unknown = await socket.timeout(5000).emitWithAck('command', command);
  expect(answer).toMatchObject({ result: 'ACCEPTED' });
  return seen((row) => row.kind === 'command.result' && row.body['command_id'] === command.command_id);
}

async function aFreeEvse() {
  const response = await fetch(`${demo.url}/demo/state`, { headers: { authorization: `Bearer ${demo.token}` } });
  const { network } = (await response.json()) as { network: { evses: Record<string, Body> } };
  const free = Object.values(network.evses).filter(({ status }) => status === 'AVAILABLE');
  const { evses, locations } = createDemoWorld(SEED, VEHICLES).charging;
  for (const { uid, location, owner, booked } of evses) {
    const place = locations[location];
    if (place?.depot !== BENGALURU || owner >= 0 || booked || !free.some((each) => each['uid'] === uid)) continue;
    return { location_id: place.id, evse_uid: uid, connector_id: CONNECTOR_ID };
  }
  throw new Error('No public charge point of Bengaluru is free.');
}

function virtualMs(): number {
  const { wallAnchorMs, virtualAnchorMs, rate } = demo.clockLine();
  return virtualAnchorMs + (Date.now() - wallAnchorMs) * rate;
}

async function seen(wanted: (row: Row) => boolean): Promise<Body> {
  await until(() => rows.some(wanted));
  return rows.find(wanted)?.body ?? {};
}

async function until(isSo: () => boolean, waitMs = 40_000): Promise<void> {
  const endMs = Date.now() + waitMs;
  while (!isSo()) {
    if (Date.now() > endMs) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
