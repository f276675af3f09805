/**
 * The whole backend in a process of its own, to be killed at any moment, with a window that gives commands and tells the
 * parent all it was promised: commands answered *accepted*, positions and readings published, offsets confirmed.
 */
import Database from 'better-sqlite3';
import { startBackend } from '../../../src/main/shell/backend/start-backend.ts';
import { makeUuidV7 } from '../../../src/shared/kernel/id.ts';
import type { Promised } from '../promises.ts';
import { seededRandom } from '../seeded-random.ts';
import { openWindowStandIn } from '../window-stand-in.ts';

export type LivingConsoleOptions = {
  readonly databasePath: string;
  readonly marketplace: { readonly url: string; readonly token: string };
  readonly demo: { readonly seed: number; readonly vehicles: number };
  readonly seed: number;
  /** Planted: the store says that work is committed, and commits it a little later. */
  readonly commitLateMs?: number;
};

/** The database is about to be opened; the window has its first answer; or something was promised to the window. */
export type LivingConsoleMessage = { readonly type: 'opening' } | { readonly type: 'answered' } | Promised;

const options = JSON.parse(process.argv[2] ?? '{}') as LivingConsoleOptions;
const random = seededRandom(options.seed);
const COMMAND_EVERY_MS = 30;
const LOOK_EVERY_MS = 20;

function tell(message: LivingConsoleMessage): void {
  process.send?.(message);
}

/** Made by wrapping the library, so that the product has no switch for it. */
function commitLate(afterMs: number): void {
  function transaction(this: Database.Database, work: () => unknown) {
    const whole = (): unknown => {
      this.exec('BEGIN');
      const result = work();
      this.exec('COMMIT');
      return result;
    };
    const immediate = (): unknown => {
      if (!this.inTransaction) {
        this.exec('BEGIN IMMEDIATE');
        setTimeout(() => this.exec('COMMIT'), afterMs);
      }
      return work();
    };
    return Object.assign(whole, { immediate });
  }
  Object.assign(Database.prototype, { transaction });
}

if (options.commitLateMs !== undefined) commitLate(options.commitLateMs);
process.on('disconnect', () => process.exit());
tell({ type: 'opening' });
const backend = await startBackend({
  profile: { id: 'demo', kind: 'demo', name: 'Demo' },
  operator: 'Test',
  databasePath: options.databasePath,
  nativeBinding: undefined,
  marketplace: options.marketplace,
  demo: options.demo,
  runtime: { version: '0.0.0', name: 'test', electron: '0', chromium: '0' },
  log: () => {},
});
const window = openWindowStandIn(backend.serveWindow);
await window.query('console/about', {});
tell({ type: 'answered' });

const vehicles = window.follow('fleet/vehicles');
const evses = window.follow('marketplace/evses');
const sessions = window.follow('marketplace/sessions');
const links = window.follow('link/status');
const meters = window.follow('metering/meters');
window.followFrames(({ count, vehicleNumber, atMs }) =>
  tell({
    type: 'positions',
    seen: Array.from({ length: count }, (_, row) => [vehicleNumber[row] ?? 0, atMs[row] ?? 0]),
  }),
);

function pick<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(random() * from.length)];
}

async function act(): Promise<void> {
  const commandId = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
  const session = random() < 0.3 ? pick([...sessions.values()].filter(({ status }) => status === 'ACTIVE')) : undefined;
  const vehicle = pick([...vehicles.values()]);
  const evse = pick([...evses.values()].filter(({ status }) => status === 'AVAILABLE'));
  if (session === undefined && (vehicle === undefined || evse === undefined)) return;
  const answer =
    session !== undefined
      ? await window.command('marketplace/stop-session', { sessionId: session.id }, commandId)
      : await window.command(
          'marketplace/start-session',
          { vehicleId: vehicle?.id ?? '', evseKey: evse?.key ?? '', connectorId: evse?.connectors[0]?.id ?? '' },
          commandId,
        );
  if (answer.outcome === 'accepted') tell({ type: 'accepted', commandId });
}

const told = new Map<string, number>();
function tellNewer(promised: Promised, key: string, value: number): void {
  if (value <= (told.get(key) ?? 0)) return;
  told.set(key, value);
  tell(promised);
}

setInterval(() => void act(), COMMAND_EVERY_MS);
setInterval(() => {
  // Before it is live a link shows what is stored, which may be of a log that the marketplace no longer has.
  for (const { streams } of [...links.values()].filter(({ state }) => state === 'live'))
    for (const { name, committed } of streams)
      tellNewer({ type: 'committed', stream: name, offset: committed }, name, committed);
  for (const { id, latest } of meters.values())
    if (latest !== undefined) tellNewer({ type: 'reading', meterId: id, atMs: latest.atMs }, id, latest.atMs);
}, LOOK_EVERY_MS);
