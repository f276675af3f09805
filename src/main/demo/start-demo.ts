/**
 * Wires the embedded demo: world, log, fleet, marketplace server, meter lines. Invariant: the same seed, size and clock give
 * the same fleet; with the same directory everything that was accepted before is still there.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ClockLine } from '../../shared/kernel/instant.ts';
import type { StreamName } from '../marketplace-link/wire/v1/envelope.ts';
import { announceTerms } from './commerce/commercial-terms.ts';
import { pastRecords } from './commerce/past-records.ts';
import { createRecordOffice, spentIn } from './commerce/record-office.ts';
import { reportedFailures } from './commerce/reported-failures.ts';
import { createCommandDesk, loggedInterventions } from './marketplace/command-desk.ts';
import { createControlRoutes, refuseRate } from './control-routes.ts';
import { ceilingRecord, findCeiling } from './ceiling-record.ts';
import { createDemoClock, type DemoRate } from './demo-clock.ts';
import { createDemoWorld, type DemoWorld } from './demo-world.ts';
import { describeState } from './describe-state.ts';
import { openEventLog, type EventLog } from './log/event-log.ts';
import { createFleetSchedule } from './fleet/fleet-schedule.ts';
import { openHeadNote } from './log/head-note.ts';
import type { LogEntry } from './log/log-entries.ts';
import { createFleetTicker } from './fleet-ticker.ts';
import { viewLog, type LogView } from './log/log-view.ts';
import { energyHistory } from './metering/energy-history.ts';
import { startMeterLines } from './metering/meter-lines.ts';
import { createSiteMeters } from './metering/site-meters.ts';
import { createMarketplaceServer } from './marketplace/marketplace-server.ts';
import type { StreamReader } from './marketplace/page-feeder.ts';
import { createScriptedFaults, type FaultKind } from './scripted-faults.ts';
import { createOutageBook, createSessionLedger } from './marketplace/session-ledger.ts';
import { createTelemetryWindow, type TelemetryWindow } from './log/telemetry-window.ts';
import { createReservationBook } from './marketplace/reservation-book.ts';
import { announceWorld, isoTime } from './marketplace/wire-objects.ts';
import { createDisturbances, loggedYard } from './yard/disturbances.ts';
import { createDutyRoster } from './yard/duty-roster.ts';
import { describeSites } from './yard/describe-sites.ts';

export type DemoOptions = {
  readonly directory: string;
  readonly seed?: number;
  /** 1 to 10 000; 200 when absent. */
  readonly vehicles?: number;
  /** Where the virtual clock begins in a new directory. */
  readonly startAtMs?: number;
  readonly rate?: DemoRate;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly token?: string;
};

export type RunningDemo = {
  readonly url: string;
  readonly token: string;
  readonly seed: number;
  readonly vehicles: number;
  readonly logId: string;
  readonly clockLine: () => ClockLine;
  /** Ends in order: everything is on the disk and the clock is kept exactly. */
  readonly stop: () => Promise<void>;
  /** Ends as a crash would: connections cut, nothing more written. */
  readonly kill: () => void;
  readonly startFault: (kind: FaultKind, durationS: number, depotId?: string) => void;
  /** Puts an item into a stream exactly as given, for tests of hostile content. */
  readonly injectRaw: (stream: StreamName, item: { kind: string; body: unknown; at?: string }) => Promise<void>;
  /** Sends an event (say, a malformed `page`) to all connected consoles. */
  readonly emitRaw: (event: string, payload: unknown) => void;
  readonly connections: () => number;
};

export const DEMO_START_MS = Date.UTC(2026, 5, 9, 4, 10);

export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const { seed = 7, vehicles = 200, token = randomBytes(24).toString('base64url') } = options;
  if (!Number.isInteger(vehicles) || vehicles < 1 || vehicles > 10_000)
    throw new RangeError('A demo has 1 to 10 000 vehicles.');
  const refusal = refuseRate(options.rate ?? 1, vehicles);
  if (refusal) throw new RangeError(refusal);
  const world = createDemoWorld(seed, vehicles);
  const log = await openEventLog(options.directory, { kind: 'identity', version: 2, seed, vehicles });
  const ceiling = findCeiling(log.records);
  const interventions = [...loggedInterventions(log), ...loggedYard(log)].toSorted((a, b) => a.atMs - b.atMs);
  // A clock behind something that was done would undo it.
  const doneMs = interventions.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const clock = createDemoClock(
    Math.max(doneMs, ceiling.clockMs ?? options.startAtMs ?? DEMO_START_MS),
    options.rate ?? 1,
  );
  if (log.fresh) await log.append(firstItems(world, clock.nowMs()));

  const schedule = createFleetSchedule(world);
  for (const intervention of interventions) schedule.intervene(intervention);
  const view = viewLog(log);
  const reservations = createReservationBook();
  const patchEveryMs = vehicles > 1000 ? 300_000 : 60_000;
  const outages = createOutageBook();
  const ledger = createSessionLedger(world, schedule, remember(view), patchEveryMs, reservations, outages);
  const duties = createDutyRoster(world, view.duties);
  const disturbances = createDisturbances({
    world,
    schedule,
    ledger,
    outages,
    duties,
    log,
    told: view.depots,
    nowMs: clock.nowMs,
  });
  const office = createRecordOffice(world, view, clock.nowMs());
  const headNote = openHeadNote({
    directory: options.directory,
    logId: log.logId,
    ceiling: ceiling.telemetryOffset,
  });
  const telemetry = createTelemetryWindow(
    world.roster.map((vehicle) => vehicle.id),
    headNote.startHead,
  );
  const reader = readStreams(log, telemetry);
  const siteMeters = createSiteMeters(world, schedule, clock.nowMs(), ceiling.meters);
  const faults = createScriptedFaults((kind, active) => {
    if (kind === 'link-lost' && active) server.dropConnections();
    if (kind === 'results-missing' && !active) desk.releaseResults();
    lines.obeyFaults();
    disturbances.obey(kind, active ? faults.active(kind) : undefined);
  });
  // Noted before anybody can see it.
  const showTelemetry = (): void => {
    headNote.write(telemetry.head());
    server.wake();
  };
  const desk = createCommandDesk({ world, schedule, ledger, reservations }, log, faults, clock.nowMs, office);
  const ticker = createFleetTicker({
    world,
    schedule,
    ledger,
    telemetry,
    log,
    clock,
    faults,
    siteMeters,
    office,
    duties,
    onTelemetry: showTelemetry,
  });
  const lines = await startMeterLines({ world, directory: options.directory, siteMeters, clock, faults });
  const control = createControlRoutes({
    token,
    world,
    clock,
    faults,
    readState: () => describeState({ log, telemetry, clock, effects: desk.effects(), lines: lines.truth() }),
    readLines: lines.describe,
    // Asked of a plan of its own: the living one remembers the days of now.
    readEnergyHistory: () => energyHistory(world, createFleetSchedule(world), options.startAtMs ?? DEMO_START_MS),
    readSites: () => describeSites(world, options.startAtMs ?? DEMO_START_MS),
    readFailures: () => reportedFailures(world, options.startAtMs ?? DEMO_START_MS),
    onSpeed: ticker.raise,
  });
  const http = createServer(control);
  const server = createMarketplaceServer({ http, token, logId: log.logId, reader, desk, faults, nowMs: clock.nowMs });
  log.onDurable(server.wake);
  const sockets = trackSockets(http);
  const port = await listen(http, options.port ?? 0);
  desk.releaseResults();
  if (!log.fresh) disturbances.recover();
  ticker.start();

  const cut = (): void => {
    ticker.stop();
    desk.stop();
    faults.stop();
    lines.stop();
    headNote.close();
    server.close();
    http.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    seed,
    vehicles,
    logId: log.logId,
    clockLine: clock.line,
    stop: async () => {
      cut();
      await log.append([], [ceilingRecord(clock.nowMs(), telemetry.head(), siteMeters)]);
      await log.close();
    },
    kill: () => {
      log.drop();
      cut();
    },
    startFault: (kind, durationS, depotId) => void faults.start(kind, durationS, depotId),
    injectRaw: async (stream, item) => {
      if (stream !== 'telemetry') {
        await log.append([{ stream, at: item.at ?? isoTime(clock.nowMs()), kind: item.kind, body: item.body }]);
        return;
      }
      telemetry.appendRaw(item.kind, item.body, clock.nowMs());
      showTelemetry();
    },
    emitRaw: server.emitRaw,
    connections: server.connections,
  };
}

function firstItems(world: DemoWorld, atMs: number): readonly LogEntry[] {
  const past = pastRecords(world, atMs);
  return [...announceTerms(world, atMs, spentIn(past)), ...announceWorld(world, atMs), ...past];
}

function readStreams(log: EventLog, telemetry: TelemetryWindow): StreamReader {
  return {
    head: (stream) => (stream === 'telemetry' ? telemetry.head() : log.head(stream)),
    oldest: (stream) => (stream === 'telemetry' ? telemetry.oldest() : 1),
    read: (stream, from, maxItems, maxBytes) =>
      stream === 'telemetry' ? telemetry.read(from, maxItems, maxBytes) : log.read(stream, from, maxItems, maxBytes),
  };
}

function remember(view: LogView): Parameters<typeof createSessionLedger>[2] {
  const evseStatus = new Map([...view.evses.values()].map((evse) => [String(evse['uid']), String(evse['status'])]));
  return { sessions: view.sessions, evseStatus };
}

function trackSockets(http: ReturnType<typeof createServer>): Set<Socket> {
  const sockets = new Set<Socket>();
  http.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

function listen(http: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', () => resolve((http.address() as AddressInfo).port));
  });
}
