/**
 * The console's store at work, to be recorded: pages are taken, commands accepted, results and readings come in, over two
 * openings of the same file, the last of which ends as a crash does and so leaves its log to the next run. Each promise is
 * written down at its moment.
 */
import { randomUUID } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../seeded-random.ts';
import {
  sampleDepot,
  sampleEvse,
  sampleLocation,
  samplePosition,
  sampleSession,
  sampleVehicle,
} from '../wire-samples.ts';
import { openRecordedConsole, type RecordedConsole } from './recorded-console.ts';
import {
  METERS,
  READING_STEP_MS,
  RECORDED_DATABASE,
  TELEMETRY_START_MS,
  TELEMETRY_STEP_MS,
  VEHICLES,
} from './recorded-work.ts';
import { witnessPath } from './record-writes.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as {
  folder: string;
  seed: number;
  steps: number;
  run: number;
  synchronous?: 'NORMAL';
};
const LIVES = 2;
const random = seededRandom(options.seed + options.run);
const witness = openSync(witnessPath(options.folder), 'a');
const numbered = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));
const meterIds = numbered(METERS, (n) => `MTR-${n}`);
let readingAtMs = TELEMETRY_START_MS + options.run * 3_600_000;

function announce(recorded: RecordedConsole): void {
  recorded.declareMeters(meterIds);
  recorded.page('fleet', [
    { kind: 'depot.put', body: sampleDepot('depot-1') },
    ...numbered(VEHICLES, (n) => ({ kind: 'vehicle.put', body: sampleVehicle(`V${n}`) })),
  ]);
  recorded.page('network', [
    { kind: 'location.put', body: sampleLocation('L1') },
    ...numbered(VEHICLES, (n) => ({ kind: 'evse.put', body: { location_id: 'L1', evse: sampleEvse(`E${n}`) } })),
  ]);
}

function tellPositions(recorded: RecordedConsole): void {
  const from = recorded.committed('telemetry') ?? 0;
  const items = numbered(1 + Math.floor(random() * 3), (item) => {
    const atMs = TELEMETRY_START_MS + (from + 1 + item) * TELEMETRY_STEP_MS;
    return { kind: 'positions', body: { positions: numbered(VEHICLES, (n) => samplePosition(`V${n}`, atMs)) } };
  });
  recorded.page('telemetry', items);
}

function tellResults(recorded: RecordedConsole): void {
  const last_updated = new Date().toISOString();
  const items = recorded.sent.splice(0, 3).map((command_id) => ({
    kind: 'command.result',
    body: { command_id, result: random() < 0.8 ? 'ACCEPTED' : 'REJECTED', last_updated },
  }));
  if (items.length > 0) recorded.page('commands', items);
}

function tellSession(recorded: RecordedConsole): void {
  const now = new Date().toISOString();
  const body = sampleSession(`walk-in-${Math.floor(random() * 40)}`, {
    evse_uid: 'elsewhere',
    kwh: random() * 50,
    last_updated: now,
    charging_periods: [{ start_date_time: now, dimensions: [{ type: 'ENERGY', volume: random() }] }],
  });
  recorded.page('sessions', [{ kind: 'session.put', body }]);
}

function readMeters(recorded: RecordedConsole): void {
  readingAtMs += READING_STEP_MS;
  for (const meterId of meterIds) recorded.read(meterId, readingAtMs);
}

async function live(steps: number, isLast: boolean): Promise<void> {
  const recorded = openRecordedConsole({
    databasePath: path.join(options.folder, RECORDED_DATABASE),
    synchronous: options.synchronous,
    promise: (promised) => writeSync(witness, `${JSON.stringify(promised)}\n`),
  });
  if (recorded.committed('fleet') === undefined) announce(recorded);
  for (let step = 0; step < steps; step++) {
    if (random() < 0.5) readMeters(recorded);
    const choice = random();
    const n = Math.floor(random() * VEHICLES);
    if (choice < 0.4) tellPositions(recorded);
    else if (choice < 0.7) await recorded.startSession(randomUUID(), `V${n}`, `L1/E${n}`);
    else if (choice < 0.85) tellResults(recorded);
    else tellSession(recorded);
    // Lets the outbox send and record, as it would between two events.
    await new Promise((resolve) => setTimeout(resolve, random() < 0.05 ? 20 : 0));
  }
  if (isLast) process.kill(process.pid, 'SIGKILL');
  recorded.close();
}

for (let life = 1; life <= LIVES; life++) await live(options.steps / LIVES, life === LIVES);
