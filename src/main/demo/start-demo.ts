/**
 * Wires the embedded demo: world, log, fleet, marketplace server. Invariant: the same seed, size and clock give the
 * same fleet; with the same directory everything that was accepted before is still there.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { ClockLine } from '../../shared/kernel/instant.ts';
import type { StreamName } from '../marketplace-link/wire/v1/envelope.ts';
import { createCommandDesk, loggedInterventions } from './marketplace/command-desk.ts';
import { createControlRoutes, refuseRate } from './control-routes.ts';
import { createDemoClock, type DemoClock, type DemoRate } from './demo-clock.ts';
import { createDemoWorld } from './demo-world.ts';
import { openEventLog, type EventLog } from './log/event-log.ts';
import { createFleetSchedule } from './fleet/fleet-schedule.ts';
import { createFleetTicker } from './fleet-ticker.ts';
import { viewLog, type LogView } from './log/log-view.ts';
import { createMarketplaceServer } from './marketplace/marketplace-server.ts';
import { ALL_STREAMS, type StreamReader } from './marketplace/page-feeder.ts';
import { createScriptedFaults, type FaultKind } from './scripted-faults.ts';
import { createSessionLedger } from './marketplace/session-ledger.ts';
import { createTelemetryWindow, type TelemetryWindow } from './log/telemetry-window.ts';
import { announceWorld, isoTime } from './marketplace/wire-objects.ts';

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
  const log = await openEventLog(options.directory, { kind: 'identity', version: 1, seed, vehicles });
  const ceiling = log.records.findLast((record) => record.kind === 'ceiling');
  const interventions = loggedInterventions(log);
  // A clock behind something that was done would undo it.
  const doneMs = interventions.reduce((latest, { atMs }) => Math.max(latest, atMs), 0);
  const clock = createDemoClock(
    Math.max(doneMs, Number(ceiling?.['clockMs'] ?? options.startAtMs ?? DEMO_START_MS)),
    options.rate ?? 1,
  );
  if (log.fresh) await log.append(announceWorld(world, clock.nowMs()));

  const schedule = createFleetSchedule(world);
  for (const intervention of interventions) schedule.intervene(intervention);
  const ledger = createSessionLedger(world, schedule, remember(viewLog(log)), vehicles > 1000 ? 300_000 : 60_000);
  const telemetry = createTelemetryWindow(
    world.roster.map((vehicle) => vehicle.id),
    Number(ceiling?.['telemetryOffset'] ?? 0),
  );
  const reader = readStreams(log, telemetry);
  const faults = createScriptedFaults((kind, active) => {
    if (kind === 'link-lost' && active) server.dropConnections();
    if (kind === 'results-missing' && !active) desk.releaseResults();
  });
  const desk = createCommandDesk({ world, schedule, ledger }, log, faults, clock.nowMs);
  const ticker = createFleetTicker({
    world,
    schedule,
    ledger,
    telemetry,
    log,
    clock,
    faults,
    onTelemetry: () => server.wake(),
  });
  const state = (): unknown => describeState(log, telemetry, clock, desk.effects());
  const control = createControlRoutes({ token, world, clock, faults, readState: state, onSpeed: ticker.raise });
  const http = createServer(control);
  const server = createMarketplaceServer({ http, token, logId: log.logId, reader, desk, faults, nowMs: clock.nowMs });
  log.onDurable(server.wake);
  const sockets = trackSockets(http);
  const port = await listen(http, options.port ?? 0);
  desk.releaseResults();
  ticker.start();

  const cut = (): void => {
    ticker.stop();
    desk.stop();
    faults.stop();
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
      await log.append([], [{ kind: 'ceiling', clockMs: clock.nowMs(), telemetryOffset: telemetry.head() }]);
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
      server.wake();
    },
    emitRaw: server.emitRaw,
    connections: server.connections,
  };
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

function describeState(
  log: EventLog,
  telemetry: TelemetryWindow,
  clock: DemoClock,
  effects: Record<string, number>,
): unknown {
  const view = viewLog(log);
  const heads = Object.fromEntries(
    ALL_STREAMS.map((stream) => [stream, stream === 'telemetry' ? telemetry.head() : log.head(stream)]),
  );
  return {
    log_id: log.logId,
    virtual_ms: clock.nowMs(),
    heads,
    oldest: { telemetry: telemetry.oldest() },
    fleet: { depots: Object.fromEntries(view.depots), vehicles: Object.fromEntries(view.vehicles) },
    network: { locations: Object.fromEntries(view.locations), evses: Object.fromEntries(view.evses) },
    sessions: Object.fromEntries(view.sessions),
    commands: Object.fromEntries(view.results),
    effects,
  };
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
