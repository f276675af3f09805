/** What a console promised before it died, and whether its store keeps it: nothing acknowledged lost, nothing half there. */
import { openStore } from '../../src/main/database/open-store.ts';
import type { ReadableStore } from '../../src/main/database/sqlite.ts';
import { openPositionRing } from '../../src/main/fleet/position-ring-table.ts';
import { HISTORY_EVERY_MS } from '../../src/main/metering/readings/store-readings.ts';
import { verifyActionLog, type ActionLogHead } from '../../src/main/outbox/action-log.ts';

/** One thing that somebody outside was told. */
export type Promised =
  | { readonly type: 'accepted'; readonly commandId: string; readonly head?: ActionLogHead }
  | { readonly type: 'committed'; readonly stream: string; readonly offset: number }
  /** Pairs of vehicle number and instant. */
  | { readonly type: 'positions'; readonly seen: readonly (readonly [number, number])[] }
  | { readonly type: 'reading'; readonly meterId: string; readonly atMs: number };

export type Promises = {
  readonly add: (promised: Promised) => void;
  readonly count: () => { commands: number; offsets: number; positions: number; readings: number };
  /** What is wrong in this store, as sentences; none when all is kept. */
  readonly breaches: (store: ReadableStore, tracks: Tracks) => string[];
};

/** The instants of all positions held, of each vehicle by its number. */
export type Tracks = ReadonlyMap<number, ReadonlySet<number>>;

const HOUR_MS = 3_600_000;
/** Of what is wrong of one kind, so many are named. */
const NAMED = 3;

export function createPromises(): Promises {
  const commands = new Set<string>();
  const committed = new Map<string, number>();
  const positions = new Map<number, Set<number>>();
  const readings = new Map<string, Set<number>>();
  let head: ActionLogHead | undefined;

  function add(promised: Promised): void {
    switch (promised.type) {
      case 'accepted':
        commands.add(promised.commandId.toLowerCase());
        head = promised.head ?? head;
        return;
      case 'committed':
        committed.set(promised.stream, Math.max(promised.offset, committed.get(promised.stream) ?? 0));
        return;
      case 'positions':
        for (const [vehicleNumber, atMs] of promised.seen) remember(positions, vehicleNumber, atMs);
        return;
      case 'reading':
        remember(readings, promised.meterId, promised.atMs);
    }
  }

  function lostOffsets(store: ReadableStore): string[] {
    return [...committed].flatMap(([stream, promised]) => {
      const held = Number(pluck(store, 'SELECT committed FROM link_stream WHERE stream = ?', stream)[0] ?? -1);
      return held >= promised ? [] : [`lost: ${stream} stands at ${held}, but ${promised} was confirmed`];
    });
  }

  /** Hours that have fallen out of the ring since are not looked for. */
  function lostPositions(store: ReadableStore, tracks: Tracks): string[] {
    const hours = pluck(store, 'SELECT hour FROM position_ring_hour') as number[];
    const keptFromMs = (Math.max(...hours) - 23) * HOUR_MS;
    return [...positions].flatMap(([vehicleNumber, instants]) =>
      [...instants]
        .filter((atMs) => !(atMs < keptFromMs) && tracks.get(vehicleNumber)?.has(atMs) !== true)
        .map((atMs) => `lost: the published position of vehicle ${vehicleNumber} at ${atMs}`),
    );
  }

  /** What is published stands as the latest, and in the history at least every ten seconds. */
  function lostReadings(store: ReadableStore): string[] {
    return [...readings].flatMap(([meterId, instants]) => {
      const held = ['meter_latest', 'meter_reading'].flatMap((table) =>
        pluck(store, `SELECT at_ms FROM ${table} JOIN meter ON number = meter_number WHERE id = ?`, meterId).map(
          Number,
        ),
      );
      const newest = Math.max(...instants);
      return [...instants]
        .filter((atMs) => !held.some((at) => (atMs === newest ? at >= atMs : Math.abs(at - atMs) <= HISTORY_EVERY_MS)))
        .map((atMs) => `lost: the published reading of ${meterId} at ${atMs}`);
    });
  }

  return {
    add,
    count: () => ({
      commands: commands.size,
      offsets: [...committed.values()].reduce((sum, offset) => sum + offset, 0),
      positions: sizeOf(positions),
      readings: sizeOf(readings),
    }),
    breaches: (store, tracks) => {
      const intact = verifyActionLog(store, head);
      const logged = new Set(pluck(store, 'SELECT command_id FROM action_log'));
      const lost = [...commands].filter((commandId) => !logged.has(commandId));
      return [
        ...(intact.ok ? [] : [`${intact.code === 'action-log-cut' ? 'lost' : 'broken'}: ${intact.message}`]),
        ...few(lost.map((commandId) => `lost: the accepted command ${commandId}`)),
        ...few(lostOffsets(store)),
        ...few(lostPositions(store, tracks)),
        ...few(lostReadings(store)),
        ...few(halves(store, tracks)),
      ];
    },
  };
}

/**
 * Opens the store as the console would and looks at all of it.
 * @returns what is wrong, as sentences
 */
export function judgeStore(path: string, promises: Promises, more: Promises['breaches'] = () => []) {
  let store;
  try {
    store = openStore({ path });
  } catch (error) {
    return [`broken: it does not open: ${error instanceof Error ? error.message : String(error)}`];
  }
  try {
    const found = pluck(store, 'PRAGMA integrity_check').map(String);
    if (found.join() !== 'ok') return [`broken: integrity_check says ${found.slice(0, NAMED).join('; ')}`];
    const tracks = readTracks(store);
    return [...promises.breaches(store, tracks), ...more(store, tracks)];
  } catch (error) {
    return [`broken: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    store.close();
  }
}

/** As the console reads them. */
function readTracks(store: ReadableStore): Tracks {
  const ring = openPositionRing(store, Infinity);
  return new Map(
    (pluck(store, 'SELECT number FROM vehicle_number') as number[]).map((number) => [
      number,
      new Set(ring.track(store, number, 0, Number.MAX_SAFE_INTEGER).map(({ atMs }) => atMs)),
    ]),
  );
}

/** What is written in one transaction is there together or not at all. */
function halves(store: ReadableStore, tracks: Tracks): string[] {
  const ids = (from: string): string => pluck(store, `SELECT command_id FROM ${from} ORDER BY 1`).join();
  const counted = Number(pluck(store, 'SELECT sum(row_count) FROM position_ring_hour')[0] ?? 0);
  const held = sizeOf(tracks);
  return [
    ...Object.entries({ outbox: '%_SESSION', session_command: '%_SESSION', interval_import: 'IMPORT_INTERVALS' })
      .filter(([table, kind]) => ids(table) !== ids(`action_log WHERE kind LIKE '${kind}'`))
      .map(([table]) => `half: ${table} and action_log hold different commands`),
    ...(counted === held ? [] : [`half: ${counted} positions are counted, ${held} are held`]),
  ];
}

function pluck(store: ReadableStore, sql: string, ...parameters: unknown[]): unknown[] {
  return store
    .prepare<unknown[], Record<string, unknown>>(sql)
    .all(...parameters)
    .map((row) => Object.values(row)[0]);
}

function remember<K>(of: Map<K, Set<number>>, key: K, atMs: number): void {
  const known = of.get(key);
  if (known === undefined) of.set(key, new Set([atMs]));
  else known.add(atMs);
}

function sizeOf(of: ReadonlyMap<unknown, ReadonlySet<unknown>>): number {
  return [...of.values()].reduce((sum, instants) => sum + instants.size, 0);
}

const few = (sentences: readonly string[]): string[] =>
  sentences.length <= NAMED
    ? [...sentences]
    : [...sentences.slice(0, NAMED), `${sentences[0]?.split(':')[0]}: and ${sentences.length - NAMED} more`];
