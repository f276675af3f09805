/**
 * Turns what the vehicles do into OCPI sessions and EVSE states. Invariant: the ledger knows exactly what the log
 * says (it is rebuilt from it), and every step brings the log nearer to the plan; so after a crash nothing is told
 * twice and nothing is left open.
 */
import { AC_EFFICIENCY, DC_EFFICIENCY } from '../fleet/battery-model.ts';
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { LogEntry } from '../log/log-entries.ts';
import { evseCondition } from '../fleet/evse-condition.ts';
import type { DemoEvse } from '../fleet/charging-network.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import type { ReservationBook } from './reservation-book.ts';
import { hashUnit } from '../seeded-random.ts';
import { stageSoc, type Stage } from '../fleet/vehicle-stage.ts';
import { CONNECTOR_ID, isoTime } from './wire-objects.ts';

export type OpenSession = {
  readonly id: string;
  readonly vehicle: number;
  readonly evse: number;
  readonly startMs: number;
  toldMs: number;
  toldKwh: number;
  dueMs: number;
};

/** Charge points that are broken now. */
export type OutageBook = {
  readonly begin: (evse: number) => void;
  readonly end: (evse: number) => void;
  readonly has: (evse: number) => boolean;
};

export function createOutageBook(): OutageBook {
  const broken = new Set<number>();
  return {
    begin: (evse) => void broken.add(evse),
    end: (evse) => void broken.delete(evse),
    has: (evse) => broken.has(evse),
  };
}

export type SessionLedger = {
  /** Items that bring one vehicle's session up to the instant. */
  readonly follow: (vehicle: number, atMs: number) => LogEntry[];
  /** Items for EVSEs whose state changed without us. */
  readonly followEvses: (atMs: number) => LogEntry[];
  readonly openOf: (vehicle: number) => OpenSession | undefined;
  readonly find: (sessionId: string) => OpenSession | undefined;
  /** True when the id was a session that has ended. */
  readonly isOver: (sessionId: string) => boolean;
  readonly evseStatus: (evse: number) => string;
};

/** What the log already says, from which a ledger is rebuilt. */
export type LedgerMemory = {
  readonly sessions: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly evseStatus: ReadonlyMap<string, string>;
};

export function createSessionLedger(
  world: DemoWorld,
  schedule: FleetSchedule,
  memory: LedgerMemory,
  patchEveryMs: number,
  reservations: Pick<ReservationBook, 'at'>,
  outages: Pick<OutageBook, 'has'> = createOutageBook(),
): SessionLedger {
  const { evses, locations } = world.charging;
  const open: (OpenSession | undefined)[] = [];
  const followedMs = new Float64Array(world.roster.length);
  const over = new Set<string>();
  const status = evses.map((evse) => memory.evseStatus.get(evse.uid) ?? 'AVAILABLE');
  restore(world, memory, open, over);

  const conditionOf = (evse: DemoEvse, atMs: number): string =>
    reservations.at(evse.index, atMs) ? 'RESERVED' : evseCondition(world.seed, evse, atMs);

  const setStatus = (index: number, next: string, atMs: number): LogEntry[] => {
    const evse = evses[index];
    if (!evse || status[index] === next) return [];
    status[index] = next;
    const at = isoTime(atMs);
    const body = { location_id: locations[evse.location]?.id, evse_uid: evse.uid, status: next, last_updated: at };
    return [{ stream: 'network', at, kind: 'evse.status', body }];
  };

  const patch = (session: OpenSession, stage: Stage, atMs: number, final: boolean): LogEntry => {
    const kwh = meteredKwh(world, session, stage, atMs);
    const body = patchBody(world, session, kwh, atMs, final);
    session.toldMs = atMs;
    session.toldKwh = kwh;
    session.dueMs = atMs + patchEveryMs;
    return { stream: 'sessions', at: isoTime(atMs), kind: 'session.patch', body };
  };

  const begin = (vehicle: number, stage: Stage, atMs: number): LogEntry[] => {
    const session: OpenSession = {
      id: `${world.roster[vehicle]?.id ?? vehicle}-${stage.startMs.toString(36)}`.toUpperCase(),
      vehicle,
      evse: stage.evse,
      startMs: stage.startMs,
      toldMs: stage.startMs,
      toldKwh: 0,
      dueMs: atMs + patchEveryMs * hashUnit(world.seed, 'patch-phase', vehicle),
    };
    if (over.has(session.id)) return [];
    open[vehicle] = session;
    const put = {
      stream: 'sessions',
      at: isoTime(atMs),
      kind: 'session.put',
      body: putBody(world, session, stage),
    } as const;
    const entries: LogEntry[] = [put];
    if (atMs - stage.startMs > patchEveryMs) {
      // A new log begins in the middle of a session: its energy so far is told at once.
      const phaseMs = session.dueMs - atMs;
      entries.push(patch(session, stage, atMs, false));
      session.dueMs = atMs + phaseMs;
    }
    if (!outages.has(stage.evse)) entries.push(...setStatus(stage.evse, 'CHARGING', atMs));
    return entries;
  };

  const follow: SessionLedger['follow'] = (vehicle, askedMs) => {
    // Beats lie on a grid and so may lie before a command that was carried out since; a session never runs backwards.
    const atMs = Math.max(askedMs, followedMs[vehicle] ?? 0, open[vehicle]?.toldMs ?? 0);
    followedMs[vehicle] = atMs;
    const entries: LogEntry[] = [];
    const stage = schedule.stageAt(vehicle, atMs);
    const session = open[vehicle];
    const goesOn = session && stage.activity === 'CHARGING' && stage.startMs === session.startMs;
    if (session && !goesOn) {
      const last = schedule.stageAt(vehicle, session.startMs);
      entries.push(patch(session, last, Math.max(Math.min(last.endMs, atMs), session.toldMs + 1), true));
      open[vehicle] = undefined;
      over.add(session.id);
      const evse = evses[session.evse];
      if (evse && !outages.has(evse.index)) entries.push(...setStatus(session.evse, conditionOf(evse, atMs), atMs));
      // Looking back may have moved the vehicle's cursor; the present is asked again.
    }
    const now = session && !goesOn ? schedule.stageAt(vehicle, atMs) : stage;
    if (now.activity === 'CHARGING' && !goesOn) entries.push(...begin(vehicle, now, atMs));
    else if (session && goesOn && atMs >= session.dueMs) entries.push(patch(session, stage, atMs, false));
    return entries;
  };

  return {
    follow,
    followEvses: (atMs) => {
      const taken = new Set(open.flatMap((session) => (session ? [session.evse] : [])));
      return evses.flatMap((evse) => {
        const isBroken = outages.has(evse.index);
        if (isBroken || status[evse.index] === 'OUTOFORDER') {
          const sound = taken.has(evse.index) ? 'CHARGING' : conditionOf(evse, atMs);
          return setStatus(evse.index, isBroken ? 'OUTOFORDER' : sound, atMs);
        }
        return evse.owner >= 0 || taken.has(evse.index) ? [] : setStatus(evse.index, conditionOf(evse, atMs), atMs);
      });
    },
    openOf: (vehicle) => open[vehicle],
    find: (sessionId) => open.find((session) => session?.id === sessionId.toUpperCase()),
    isOver: (sessionId) => over.has(sessionId.toUpperCase()),
    evseStatus: (evse) => status[evse] ?? 'UNKNOWN',
  };
}

function restore(world: DemoWorld, memory: LedgerMemory, open: (OpenSession | undefined)[], over: Set<string>): void {
  const vehicles = new Map(world.roster.map((vehicle) => [vehicle.id, vehicle.index]));
  const evses = new Map(world.charging.evses.map((evse) => [evse.uid, evse.index]));
  for (const [id, body] of memory.sessions) {
    const vehicle = vehicles.get(String(body['vehicle_id']));
    const evse = evses.get(String(body['evse_uid']));
    if (body['status'] !== 'ACTIVE' || vehicle === undefined || evse === undefined) {
      over.add(id);
      continue;
    }
    const toldMs = Date.parse(String(body['last_updated']));
    const startMs = Date.parse(String(body['start_date_time']));
    open[vehicle] = { id, vehicle, evse, startMs, toldMs, toldKwh: Number(body['kwh']), dueMs: toldMs + 60_000 };
  }
}

function putBody(world: DemoWorld, session: OpenSession, stage: Stage): unknown {
  const evse = world.charging.evses[session.evse];
  const location = evse ? world.charging.locations[evse.location] : undefined;
  const town = DEMO_DEPOTS[location?.depot ?? 0];
  const at = isoTime(session.startMs);
  return {
    country_code: town?.countryCode,
    party_id: location?.partyId,
    id: session.id,
    start_date_time: at,
    kwh: 0,
    auth_method: stage.commandId ? 'COMMAND' : 'WHITELIST',
    ...(stage.commandId ? { authorization_reference: stage.commandId } : {}),
    location_id: location?.id,
    evse_uid: evse?.uid,
    connector_id: CONNECTOR_ID,
    currency: town?.currency,
    status: 'ACTIVE',
    vehicle_id: world.roster[session.vehicle]?.id,
    last_updated: at,
  };
}

function patchBody(world: DemoWorld, session: OpenSession, kwh: number, atMs: number, final: boolean): unknown {
  const location = world.charging.locations[world.charging.evses[session.evse]?.location ?? 0];
  const town = DEMO_DEPOTS[location?.depot ?? 0];
  const net = kwh * (location?.pricePerKwh ?? 0);
  const dimensions = [
    { type: 'ENERGY', volume: round(kwh - session.toldKwh, 4) },
    { type: 'TIME', volume: round((atMs - session.toldMs) / 3_600_000, 4) },
  ];
  return {
    country_code: town?.countryCode,
    party_id: location?.partyId,
    id: session.id,
    kwh,
    total_cost: { excl_vat: round(net, 2), incl_vat: round(net * (1 + (town?.vat ?? 0)), 2) },
    charging_periods: [{ start_date_time: isoTime(session.toldMs), dimensions }],
    ...(final ? { status: 'COMPLETED', end_date_time: isoTime(atMs) } : {}),
    last_updated: isoTime(atMs),
  };
}

/** What the meter of the EVSE shows: what is in the battery and what was lost on the way. */
function meteredKwh(world: DemoWorld, session: OpenSession, stage: Stage, atMs: number): number {
  const capacity = world.roster[session.vehicle]?.model.capacityKwh ?? 0;
  const efficiency = world.charging.evses[session.evse]?.dc ? DC_EFFICIENCY : AC_EFFICIENCY;
  const soc = stageSoc(stage, Math.min(atMs, stage.endMs));
  return Math.max(session.toldKwh, round(((soc - stage.socStart) * capacity) / efficiency, 3));
}

function round(value: number, decimals: number): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
