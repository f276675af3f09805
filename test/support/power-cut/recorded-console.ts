/**
 * The store and all that writes to it, put together without a socket and without a line: pages, commands and readings are
 * handed in, and whatever is answered or published comes out as a promise at that very moment.
 */
import { openStore } from '../../../src/main/database/open-store.ts';
import { createFeedHub } from '../../../src/main/feed/feed-hub.ts';
import { startFleet } from '../../../src/main/fleet/start-fleet.ts';
import { createAnswers } from '../../../src/main/ipc/answers.ts';
import { readPlace, startAtZero } from '../../../src/main/marketplace-link/link-stream-table.ts';
import type { StreamDefinition } from '../../../src/main/marketplace-link/stream-definition.ts';
import { takePage } from '../../../src/main/marketplace-link/streams/take-page.ts';
import { startMarketplace } from '../../../src/main/marketplace/start-marketplace.ts';
import { numberOfMeter, putMeters } from '../../../src/main/metering/meters/meter-table.ts';
import { openMeterProfiles } from '../../../src/main/metering/meters/meter-profiles.ts';
import { storeReadings } from '../../../src/main/metering/readings/store-readings.ts';
import type { NewReading } from '../../../src/main/metering/readings/write-readings.ts';
import { readActionLogHead } from '../../../src/main/outbox/action-log.ts';
import { createOutbox } from '../../../src/main/outbox/create-outbox.ts';
import { REAL_LINE_CLOCK } from '../../../src/main/serial/line-clock.ts';
import { decodeTelemetryFrame } from '../../../src/shared/ipc/telemetry-frame.ts';
import type { Promised } from '../promises.ts';
import { registersOf, TELEMETRY_START_MS } from './recorded-work.ts';
import { UNPLACED } from '../unplaced-meter.ts';

const LOG_ID = '0195f8d0-0000-7000-8000-000000000001';
const MODEL = 'eastron-sdm630';
const NO_PHASE = { voltageV: undefined, currentA: undefined, powerW: undefined };
const NO_VALUES: NewReading['values'] = {
  powerW: undefined,
  importWh: undefined,
  exportWh: undefined,
  frequencyHz: undefined,
  phases: [NO_PHASE, NO_PHASE, NO_PHASE],
};

/** After all that is recorded, so that no position is dated ahead of it. */
const clock = { nowMs: () => TELEMETRY_START_MS + 400 * 3_600_000 };
const wallClock = { nowMs: () => Date.now() };

export type RecordedConsole = ReturnType<typeof openRecordedConsole>;

export function openRecordedConsole(options: {
  readonly databasePath: string;
  /** Planted: what better-sqlite3 would run with. */
  readonly synchronous: 'NORMAL' | undefined;
  readonly promise: (promised: Promised) => void;
}) {
  const { promise } = options;
  const store = openStore({ path: options.databasePath });
  if (options.synchronous !== undefined) store.prepare(`PRAGMA synchronous = ${options.synchronous}`).run();
  const streams = new Map<string, StreamDefinition>();
  const link = { registerStream: (definition: StreamDefinition) => void streams.set(definition.name, definition) };
  const feeds = createFeedHub();
  const answers = createAnswers(fail);
  const outbox = createOutbox({ store, wallClock, log: fail });
  const fleet = startFleet({ store, feeds, answers, link, clock });
  const marketplace = startMarketplace({ store, feeds, answers, outbox, link, clock, fleet, log: fail });
  const sent: string[] = [];
  outbox.start({
    sendCommand: async ({ commandId }) => {
      sent.push(commandId);
      return { type: 'answered', response: { verdict: 'accepted', resultTimeoutMs: 600_000 } };
    },
    askStatus: async (commandIds) => commandIds.map((commandId) => ({ commandId, known: false })),
    onConnection: (listener) => {
      listener(true);
      return () => {};
    },
  });
  const telemetry = fleet.telemetry.subscribe((frame) => {
    const { count, vehicleNumber, atMs } = decodeTelemetryFrame(frame);
    const seen = Array.from({ length: count }, (_, row) => [vehicleNumber[row] ?? 0, atMs[row] ?? 0] as const);
    if (seen.length > 0) promise({ type: 'positions', seen });
    setImmediate(() => telemetry.taken());
  });
  const meterIds = new Map<number, string>();
  const readings = storeReadings({
    store,
    clock,
    // A second between two batches would leave few of them in so short a life.
    lineClock: { ...REAL_LINE_CLOCK, after: (_, act) => REAL_LINE_CLOCK.after(5, act) },
    profiles: openMeterProfiles(),
    log: fail,
    onStored: (stored) => {
      for (const { meterNumber, atMs } of stored)
        promise({ type: 'reading', meterId: meterIds.get(meterNumber) ?? '', atMs });
    },
    onRefused: (_, error) => fail('readings were refused', error),
  });
  const committed = (stream: string): number | undefined => readPlace(store, stream)?.committed;

  return {
    committed,
    /** Commands that went out and have no result yet; whoever gives results takes from it. */
    sent,
    page: (stream: string, items: readonly { kind: string; body: unknown }[]): void => {
      const from = committed(stream);
      if (from === undefined) store.write((tx) => startAtZero(tx, stream, LOG_ID));
      const numbered = items.map((item, n) => ({ ...item, offset: (from ?? 0) + 1 + n, at: '2026-06-09T04:10:00Z' }));
      const raw = { stream, items: numbered, head: (from ?? 0) + items.length };
      const { answer } = takePage({ store, wallClock, log: fail }, streams, raw);
      if (!answer.ok) fail(`the page of ${stream} was refused: ${answer.reason}`);
      promise({ type: 'committed', stream, offset: answer.committed });
    },
    startSession: async (commandId: string, vehicleId: string, evseKey: string): Promise<void> => {
      const input = { commandId, vehicleId, evseKey, connectorId: '1' };
      const answer = await answers.runCommand('marketplace/start-session', input, { operator: 'Test' });
      if (answer.outcome === 'accepted') promise({ type: 'accepted', commandId, head: readActionLogHead(store) });
    },
    declareMeters: (ids: readonly string[]): void => {
      const meters = ids.map((id, n) => ({
        id,
        name: id,
        role: 'feeder' as const,
        depotId: 'depot-1',
        lineId: 'LINE-1',
        unitAddress: n + 1,
        profile: MODEL,
        ratedCurrentA: undefined,
        ...UNPLACED,
      }));
      store.write((tx) => putMeters(tx, 'operator', meters, clock.nowMs()));
    },
    read: (meterId: string, atMs: number): void => {
      const meterNumber = numberOfMeter(store, meterId) ?? fail(`there is no meter ${meterId}`);
      meterIds.set(meterNumber, meterId);
      readings.add({
        meterNumber,
        atMs,
        wallAtMs: atMs,
        monotonicMs: performance.now(),
        serialNumber: '24010001',
        quality: 'plain',
        registers: registersOf(meterNumber, atMs),
        profile: MODEL,
        ctRatio: 1,
        values: NO_VALUES,
        refusal: undefined,
        newSeries: undefined,
      });
    },
    close: (): void => {
      readings.stop();
      telemetry.stop();
      marketplace.stop();
      outbox.stop();
      feeds.stop();
      store.close();
    },
  };
}

function fail(line: string, detail?: unknown): never {
  throw new Error(line, { cause: detail });
}
