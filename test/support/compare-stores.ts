/**
 * Compares what a console holds with what the marketplace's file says: every item, every object, every command. The
 * objects are folded from the log here by rules written a second time, not by the console's code.
 */
import Database from 'better-sqlite3';
import { readServerFile } from './marketplace-server.ts';

type Json = Record<string, unknown>;

export type Comparison = {
  readonly differences: readonly string[];
  readonly items: number;
  readonly objects: number;
  readonly commands: Readonly<Record<string, number>>;
  readonly effects: number;
};

export function compareStores(consolePath: string, serverPath: string, acceptedIds: readonly string[]): Comparison {
  const database = new Database(consolePath, { readonly: true });
  const server = readServerFile(serverPath);
  const differences: string[] = [];
  const rows = (sql: string): Json[] => database.prepare(sql).all() as Json[];
  const differ = (what: string): void => {
    if (differences.length < 50) differences.push(what);
  };
  let items = 0;
  for (const [stream, log] of server.streams) {
    items += log.length;
    const held = new Set(
      rows(`SELECT item_offset FROM test_item WHERE stream = '${stream}'`).map((row) => row['item_offset']),
    );
    for (const { offset } of log) if (!held.has(offset)) differ(`${stream} item ${offset} never arrived`);
    if (held.size > log.length) differ(`${stream} holds ${held.size} items of ${log.length}`);
  }
  const objects = compareObjects(server.streams, rows, differ);
  const commands = compareCommands(server, rows, acceptedIds, differ);
  database.close();
  return { differences, items, objects, commands, effects: server.effects.length };
}

function compareObjects(
  streams: ReturnType<typeof readServerFile>['streams'],
  rows: (sql: string) => Json[],
  differ: (what: string) => void,
): number {
  const evses = new Map<string, string>();
  for (const { kind, body } of streams.get('network') ?? []) {
    const it = body as Json;
    if (kind === 'evse.put')
      evses.set(`${it['location_id']}/${(it['evse'] as Json)['uid']}`, String((it['evse'] as Json)['status']));
    if (kind === 'evse.status') evses.set(`${it['location_id']}/${it['evse_uid']}`, String(it['status']));
  }
  const heldEvses = new Map(rows('SELECT key, status FROM evse').map((row) => [row['key'], row['status']]));
  compareMaps('evse', evses, heldEvses, differ);

  const sessions = new Map<string, string>();
  const folded = new Map<string, Json & { periods: Set<number> }>();
  for (const { kind, body } of streams.get('sessions') ?? []) {
    const it = body as Json;
    const id = String(it['id']);
    const known = folded.get(id);
    if (known?.['status'] === 'COMPLETED' || known?.['status'] === 'INVALID') continue;
    if (kind === 'session.patch' && known === undefined) continue;
    const periods = kind === 'session.put' ? new Set<number>() : (known?.periods ?? new Set<number>());
    for (const period of (it['charging_periods'] as Json[] | undefined) ?? [])
      periods.add(Date.parse(String(period['start_date_time'])));
    folded.set(id, kind === 'session.put' ? { ...it, periods } : { ...known, ...it, periods });
  }
  const wh = (kwh: unknown): number => Math.round(Number(kwh) * 1000);
  for (const [id, it] of folded)
    sessions.set(id, [it['status'], wh(it['kwh']), Date.parse(String(it['last_updated'])), it.periods.size].join(' '));
  const heldSessions = new Map(
    rows('SELECT *, (SELECT count(*) FROM session_period WHERE session_id = id) AS periods FROM session').map((row) => [
      row['id'],
      [row['status'], row['energy_wh'], row['updated_at_ms'], row['periods']].join(' '),
    ]),
  );
  compareMaps('session', sessions, heldSessions, differ);

  const vehicles = new Map<string, string>();
  for (const { kind, body } of streams.get('fleet') ?? []) {
    const it = body as Json;
    if (kind === 'vehicle.put') vehicles.set(String(it['id']), String(Number(it['max_dc_kw']) * 1000));
  }
  const heldVehicles = new Map(
    rows('SELECT id, max_dc_w FROM vehicle').map((row) => [row['id'], String(row['max_dc_w'])]),
  );
  compareMaps('vehicle', vehicles, heldVehicles, differ);
  return evses.size + sessions.size + vehicles.size;
}

function compareMaps(
  what: string,
  truth: ReadonlyMap<unknown, unknown>,
  held: ReadonlyMap<unknown, unknown>,
  differ: (what: string) => void,
): void {
  for (const [key, value] of truth)
    if (held.get(key) !== value)
      differ(`${what} ${String(key)}: the marketplace says ${String(value)}, the console ${String(held.get(key))}`);
  for (const key of held.keys()) if (!truth.has(key)) differ(`${what} ${String(key)} exists only in the console`);
}

/** Each command that was answered *accepted* is there, settled, and took effect exactly as often as its state says. */
function compareCommands(
  server: ReturnType<typeof readServerFile>,
  rows: (sql: string) => Json[],
  acceptedIds: readonly string[],
  differ: (what: string) => void,
): Record<string, number> {
  const effects = new Map<string, number>();
  for (const { id, result } of server.effects)
    if (result['result'] === 'ACCEPTED') effects.set(id, (effects.get(id) ?? 0) + 1);
  const held = new Map(
    rows(
      'SELECT o.command_id, o.state, s.state AS noun_state FROM outbox o LEFT JOIN session_command s USING (command_id)',
    ).map((row) => [String(row['command_id']), row]),
  );
  const counts: Record<string, number> = {};
  for (const id of acceptedIds) if (!held.has(id)) differ(`command ${id} was answered accepted and is gone`);
  for (const id of server.commands.keys())
    if (!held.has(id)) differ(`command ${id} reached the marketplace, but the console never gave it`);
  for (const [id, row] of held) {
    const state = String(row['state']);
    counts[state] = (counts[state] ?? 0) + 1;
    if (row['noun_state'] !== state)
      differ(`command ${id} is ${state} in the outbox and ${String(row['noun_state'])} in its noun`);
    const wanted = state === 'done' ? 1 : 0;
    if (!['done', 'refused', 'expired'].includes(state)) differ(`command ${id} is still ${state}`);
    else if ((effects.get(id) ?? 0) !== wanted)
      differ(`command ${id} is ${state} but took effect ${effects.get(id) ?? 0} times`);
  }
  return counts;
}
