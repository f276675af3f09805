/**
 * The whole backend killed again and again (`kill -9`), at moments of its start, of its opening of the database (a new one,
 * or a released one that is brought to this version) and of its life. After each kill its store is judged by what the window
 * had been promised, and the next one starts on the same files.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import { createPromises, judgeStore, type Promises } from '../promises.ts';
import { seededRandom } from '../seeded-random.ts';
import type { LivingConsoleMessage, LivingConsoleOptions } from './living-console-process.ts';

export type Moment = 'starting' | 'opening' | 'living' | 'reading';

export type KillReport = {
  readonly kills: Readonly<Record<Moment, number>>;
  /** How many kills found the database at which schema; 0 is none yet. */
  readonly schemas: Readonly<Record<number, number>>;
  readonly breaches: readonly string[];
  readonly promised: ReturnType<Promises['count']>;
  /** From the making of the process to the first answer to its window. */
  readonly p50Ms: number;
  readonly p95Ms: number;
};

const RELEASED = path.resolve(import.meta.dirname, '../../fixtures/stores/schema-1.sqlite');
/** The kills that hit one database: the first while it is made or brought to this version, the others in any order. */
const KILLS_OF_ODD: readonly Moment[] = ['starting', 'living', 'living', 'reading'];
const KILLS_OF_EVEN: readonly Moment[] = ['starting', 'living', 'living', 'opening'];
const VEHICLES = 40;
const SLOWEST_START_MS = 60_000;
/** How far into each moment a kill may come. */
const SPAN_MS: Readonly<Record<Moment, number>> = { starting: 600, opening: 80, living: 900, reading: 300 };

export async function killLivingConsole(options: {
  readonly folder: string;
  readonly seed: number;
  readonly kills: number;
  /** All of one kind; mixed when absent. */
  readonly moment?: Moment;
  readonly commitLateMs?: number;
}): Promise<KillReport> {
  const random = seededRandom(options.seed);
  const demo = await startDemo({ directory: path.join(options.folder, 'demo'), vehicles: VEHICLES });
  const kills: Record<Moment, number> = { starting: 0, opening: 0, living: 0, reading: 0 };
  const schemas: Record<number, number> = {};
  const breaches: string[] = [];
  const startMs: number[] = [];
  const promised = { commands: 0, offsets: 0, positions: 0, readings: 0 };

  async function liveAndDie(databasePath: string, promises: Promises, moment: Moment): Promise<void> {
    const victim = startConsole(
      {
        databasePath,
        marketplace: { url: demo.url, token: demo.token },
        demo: { seed: demo.seed, vehicles: demo.vehicles },
        seed: Math.floor(random() * 2 ** 31),
        ...(options.commitLateMs !== undefined && { commitLateMs: options.commitLateMs }),
      },
      promises,
    );
    await victim.reached(moment);
    await pause(random() * SPAN_MS[moment]);
    await victim.kill();
    const startedMs = victim.startMs();
    if (startedMs !== undefined) startMs.push(startedMs);
    kills[moment] += 1;
  }

  function chooseMoments(database: number): readonly Moment[] {
    const others = (database % 2 === 0 ? KILLS_OF_EVEN : KILLS_OF_ODD)
      .map((moment) => ({ moment, key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ moment }) => moment);
    return (['opening', ...others] as const).map((moment) => options.moment ?? moment);
  }

  try {
    for (let done = 0, database = 1; done < options.kills; database++) {
      const databasePath = path.join(options.folder, `console-${database}.sqlite`);
      const promises = createPromises();
      if (database % 2 === 0) beginWithReleased(databasePath, promises);
      for (const moment of chooseMoments(database).slice(0, options.kills - done)) {
        done += 1;
        await liveAndDie(databasePath, promises, moment);
        const { schema, found } = judgeCopy(databasePath, options.folder, promises);
        schemas[schema] = (schemas[schema] ?? 0) + 1;
        for (const breach of found) breaches.push(`kill ${done} (${moment}): ${breach}`);
        if (found.length > 0) break;
      }
      const { commands, offsets, positions, readings } = promises.count();
      promised.commands += commands;
      promised.offsets += offsets;
      promised.positions += positions;
      promised.readings += readings;
      if (breaches.length > 0) break;
    }
  } finally {
    await demo.stop();
  }
  startMs.sort((a, b) => a - b);
  const percentile = (share: number): number => Math.round(startMs[Math.floor(startMs.length * share)] ?? Number.NaN);
  return { kills, schemas, breaches, promised, p50Ms: percentile(0.5), p95Ms: percentile(0.95) };
}

/** What an older version promised holds for this one too. */
function beginWithReleased(databasePath: string, promises: Promises): void {
  copyFileSync(RELEASED, databasePath);
  const released = new Database(databasePath, { readonly: true });
  for (const row of released.prepare<[], { id: string }>('SELECT command_id AS id FROM action_log').all())
    promises.add({ type: 'accepted', commandId: row.id });
  released.close();
}

/** Looking and judging open the store, which mends it; so copies are opened, and the next console finds what the kill left. */
function judgeCopy(databasePath: string, folder: string, promises: Promises): { schema: number; found: string[] } {
  const looked = new Database(copyInto(path.join(folder, 'looked'), databasePath));
  const schema = Number(looked.pragma('user_version', { simple: true }));
  looked.close();
  return { schema, found: judgeStore(copyInto(path.join(folder, 'judged'), databasePath), promises) };
}

function copyInto(folder: string, databasePath: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const copy = path.join(folder, 'console.sqlite');
  for (const end of ['', '-wal', '-journal'])
    if (existsSync(databasePath + end)) copyFileSync(databasePath + end, copy + end);
  return copy;
}

function startConsole(options: LivingConsoleOptions, promises: Promises) {
  const forkedAtMs = performance.now();
  const atMs: { opening?: number; answered?: number } = {};
  let hasRead = false;
  const file = path.join(import.meta.dirname, 'living-console-process.ts');
  const child = fork(file, [JSON.stringify(options)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  child.on('message', (message: LivingConsoleMessage) => {
    if (message.type === 'opening' || message.type === 'answered') atMs[message.type] = performance.now();
    else promises.add(message);
    hasRead ||= message.type === 'reading';
  });
  const isAt: Readonly<Record<Moment, () => boolean>> = {
    starting: () => true,
    opening: () => atMs.opening !== undefined,
    living: () => atMs.answered !== undefined,
    reading: () => hasRead,
  };
  const failIfGone = (): void => {
    if (child.exitCode !== null) throw new Error(`The console ended by itself with ${child.exitCode}.`);
  };
  return {
    reached: async (moment: Moment): Promise<void> => {
      while (!isAt[moment]()) {
        failIfGone();
        if (performance.now() - forkedAtMs > SLOWEST_START_MS) throw new Error(`The console was never ${moment}.`);
        await pause(2);
      }
    },
    startMs: () => atMs.answered && atMs.answered - forkedAtMs,
    kill: async (): Promise<void> => {
      failIfGone();
      // The channel ends after all that was written into it has been heard: that much was promised.
      const gone = Promise.all([once(child, 'exit'), once(child, 'disconnect')]);
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
