/**
 * The console's backend in a process of its own, to be killed. Gives start and stop commands by itself and tells its parent
 * each id that was answered *accepted*; when told to settle it gives no more and says when nothing is open.
 */
import { randomUUID } from 'node:crypto';
import { plant, type PlantedBug } from './planted-bugs.ts';
import { seededRandom } from './seeded-random.ts';
import { startTestConsole } from './test-console.ts';
import { readRunningSessions } from '../../src/main/marketplace/sessions/session-table.ts';
import { readEvses } from '../../src/main/marketplace/network/evse-table.ts';
import { readVehicles } from '../../src/main/fleet/vehicle-table.ts';
import { itemKind, type StreamDefinition } from '../../src/main/marketplace-link/stream-definition.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as {
  path: string;
  url: string;
  token: string;
  seed: number;
  bug?: PlantedBug;
};
const random = seededRandom(options.seed);

/** Beside what the nouns make of it, every item is written down as it came: an offset twice breaks the primary key. */
function recording(definition: StreamDefinition): StreamDefinition {
  const kinds = Object.entries(definition.kinds).map(([name, kind]) => [
    name,
    itemKind(kind.schema, (tx, body, meta) => {
      tx.prepare('INSERT INTO test_item (stream, item_offset, body) VALUES (?, ?, ?)').run(
        meta.stream,
        meta.offset,
        JSON.stringify(body),
      );
      return kind.apply(tx, body as never, meta);
    }),
  ]);
  return { ...definition, kinds: Object.fromEntries(kinds) };
}

const testConsole = startTestConsole({
  ...options,
  expiryMs: 2_000,
  log: () => {},
  wrapStream: recording,
  ...plant(options.bug),
  wrapStore: (store) => {
    store
      .prepare(
        'CREATE TABLE IF NOT EXISTS test_item (stream TEXT, item_offset INTEGER, body TEXT, PRIMARY KEY (stream, item_offset))',
      )
      .run();
    return plant(options.bug).wrapStore?.(store) ?? store;
  },
});
const { store, answers, link, outbox } = testConsole;

function pick<T>(from: readonly T[]): T | undefined {
  return from[Math.floor(random() * from.length)];
}

async function act(): Promise<void> {
  const commandId = randomUUID();
  const ours = readRunningSessions(store).filter((session) => session.authorizationReference !== undefined);
  const session = pick(ours);
  const vehicle = pick(readVehicles(store));
  const evse = pick(readEvses(store).filter((one) => one.status === 'AVAILABLE'));
  const stop = session !== undefined && random() < 0.5;
  if (!stop && (vehicle === undefined || evse === undefined)) return;
  const answer = stop
    ? await answers.runCommand('marketplace/stop-session', { commandId, sessionId: session.id }, { operator: 'Test' })
    : await answers.runCommand(
        'marketplace/start-session',
        { commandId, vehicleId: vehicle?.id, evseKey: evse?.key, connectorId: '1' },
        { operator: 'Test' },
      );
  if (answer.outcome === 'accepted') process.send?.({ type: 'accepted', commandId });
}

const work = setInterval(() => void act(), 40);
process.on('message', (message) => {
  if (message === 'settle') clearInterval(work);
  if (message === 'state')
    process.send?.({
      type: 'state',
      status: link.status(),
      open: store
        .prepare<[], { count: number }>(
          `SELECT count(*) AS count FROM outbox WHERE state IN ('queued','sent','accepted','unknown')`,
        )
        .get()?.count,
      backlog: outbox.backlog(),
    });
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' });
