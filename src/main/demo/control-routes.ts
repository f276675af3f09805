/**
 * The demo's own levers, by HTTP on the marketplace's port and behind the same token: clock, speed, faults, streets,
 * meter lines and what their meters counted before, what drivers reported, and the server's view of itself for tests. A real marketplace has none of this.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDemoRate, type DemoClock, type DemoRate } from './demo-clock.ts';
import { DEMO_DEPOTS } from './demo-depots.ts';
import type { DemoWorld } from './demo-world.ts';
import { isSameToken } from './marketplace/marketplace-server.ts';
import { FAULT_KINDS, isFaultKind, type ScriptedFaults } from './scripted-faults.ts';
import { tracePolylines } from './streets/street-polylines.ts';

export type ControlParts = {
  readonly token: string;
  readonly world: DemoWorld;
  readonly clock: DemoClock;
  readonly faults: ScriptedFaults;
  readonly readState: () => unknown;
  readonly readLines: () => unknown;
  readonly readEnergyHistory: () => Promise<unknown>;
  readonly readFailures: () => unknown;
  readonly readSites: () => unknown;
  readonly onSpeed: () => void;
};

type Reply = { readonly status: number; readonly body: unknown };

const MOST_BODY_BYTES = 10_000;
const MOST_FAULT_S = 3600;
/** Above this many vehicles x60 would outrun one core and the link. */
export const MOST_VEHICLES_AT_X60 = 200;

export function createControlRoutes(parts: ControlParts): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => void respond(parts, request, response);
}

async function respond(parts: ControlParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await answer(parts, request).catch(() =>
    refuse(500, 'internal', 'The demo could not answer.'),
  );
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(JSON.stringify(body));
}

async function answer(parts: ControlParts, request: IncomingMessage): Promise<Reply> {
  const given = request.headers.authorization ?? '';
  if (!isSameToken(given, `Bearer ${parts.token}`))
    return refuse(401, 'bad-token', 'The demo does not accept this token.');
  switch (`${request.method ?? ''} ${request.url ?? ''}`) {
    case 'GET /demo/clock':
      return { status: 200, body: clockBody(parts) };
    case 'POST /demo/speed':
      return setSpeed(parts, await readBody(request));
    case 'POST /demo/fault':
      return startFault(parts, await readBody(request));
    case 'POST /demo/stop-fault':
      return stopFault(parts, await readBody(request));
    case 'GET /demo/faults':
      return { status: 200, body: faultsBody(parts) };
    case 'GET /demo/streets':
      return { status: 200, body: streetsBody(parts.world) };
    case 'GET /demo/lines':
      return { status: 200, body: parts.readLines() };
    case 'GET /demo/energy-history':
      return { status: 200, body: { files: await parts.readEnergyHistory() } };
    case 'GET /demo/failures':
      return { status: 200, body: { failures: parts.readFailures() } };
    case 'GET /demo/sites':
      return { status: 200, body: parts.readSites() };
    case 'GET /demo/state':
      return { status: 200, body: parts.readState() };
    default:
      return refuse(404, 'not-found', 'The demo has no such page.');
  }
}

function clockBody({ clock, world }: ControlParts): unknown {
  return { ...clock.line(), seed: world.seed, vehicles: world.roster.length };
}

function setSpeed(parts: ControlParts, body: Record<string, unknown>): Reply {
  const rate = body['rate'];
  if (!isDemoRate(rate)) return refuse(400, 'bad-rate', 'The speed is 1, 10 or 60.');
  const refusal = refuseRate(rate, parts.world.roster.length);
  if (refusal) return refuse(409, 'fleet-too-large', refusal);
  parts.clock.setRate(rate);
  parts.onSpeed();
  return { status: 200, body: clockBody(parts) };
}

/** The sentence that refuses a speed for a fleet, or null. */
export function refuseRate(rate: DemoRate, vehicles: number): string | null {
  if (rate !== 60 || vehicles <= MOST_VEHICLES_AT_X60) return null;
  return `x60 is offered up to ${MOST_VEHICLES_AT_X60} vehicles; this demo has ${vehicles}. Use x10 or a smaller fleet.`;
}

function startFault({ faults }: ControlParts, body: Record<string, unknown>): Reply {
  const { kind, duration_s: durationS, depot_id: depotId } = body;
  if (!isFaultKind(kind)) return refuse(400, 'bad-fault', `A fault is one of ${FAULT_KINDS.join(', ')}.`);
  if (typeof durationS !== 'number' || !(durationS > 0 && durationS <= MOST_FAULT_S)) {
    return refuse(400, 'bad-duration', `A fault lasts up to ${MOST_FAULT_S} seconds.`);
  }
  if (depotId !== undefined && !DEMO_DEPOTS.some((depot) => depot.id === depotId)) {
    return refuse(400, 'bad-depot', 'The demo has no such depot.');
  }
  const fault = faults.start(kind, durationS, typeof depotId === 'string' ? depotId : undefined);
  return { status: 200, body: faultBody(fault) };
}

function stopFault(parts: ControlParts, { kind }: Record<string, unknown>): Reply {
  if (!isFaultKind(kind)) return refuse(400, 'bad-fault', `A fault is one of ${FAULT_KINDS.join(', ')}.`);
  parts.faults.end(kind);
  return { status: 200, body: faultsBody(parts) };
}

function faultsBody({ faults }: ControlParts): unknown {
  return { faults: faults.running().map(faultBody) };
}

function faultBody(fault: ReturnType<ScriptedFaults['start']>): unknown {
  const { kind, untilWallMs, depotId } = fault;
  return { kind, until_wall_ms: untilWallMs, ...(depotId === undefined ? {} : { depot_id: depotId }) };
}

function streetsBody(world: DemoWorld): unknown {
  return {
    cities: world.cities.map((city, depot) => ({
      name: DEMO_DEPOTS[depot]?.city,
      polylines: tracePolylines(city.network),
    })),
  };
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BODY_BYTES) return {};
    chunks.push(chunk);
  }
  try {
    const parsed: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function refuse(status: number, code: string, message: string): Reply {
  return { status, body: { code, message } };
}
