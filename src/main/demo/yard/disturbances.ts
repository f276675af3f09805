/**
 * What goes wrong in a yard when a lever is pulled: a vehicle comes late, a departure is moved forward, a charge point breaks, the grid
 * allows less. Whom it strikes follows from the instant alone. Invariant: what changes a vehicle is noted in the log before anybody is
 * told, and whatever a lever changed for a while is as it was when it ends, also after a crash in between.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import type { Intervention } from '../fleet/intervention.ts';
import type { EventLog } from '../log/event-log.ts';
import type { LogEntry } from '../log/log-entries.ts';
import type { OutageBook, SessionLedger } from '../marketplace/session-ledger.ts';
import { depotBody, isoTime } from '../marketplace/wire-objects.ts';
import type { FaultKind, RunningFault } from '../scripted-faults.ts';
import type { DutyBody, DutyRoster } from './duty-roster.ts';

export type DisturbanceParts = {
  readonly world: DemoWorld;
  readonly schedule: FleetSchedule;
  readonly ledger: Pick<SessionLedger, 'openOf'>;
  readonly outages: OutageBook;
  readonly duties: DutyRoster;
  readonly log: Pick<EventLog, 'append' | 'records'>;
  /** Each depot as the log last told of it. */
  readonly told: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly nowMs: () => number;
};

export type Disturbances = {
  /** A lever was pulled, or what it did is over. */
  readonly obey: (kind: FaultKind, fault: RunningFault | undefined) => void;
  /** At the start: takes back what a crash left behind. */
  readonly recover: () => void;
};

/** What a lever did, in the log, so that a restart knows it. */
export type YardRecord = { readonly kind: 'yard'; readonly intervention: Intervention };

const MINUTE_MS = 60_000;
const LATE_BY_MS = 40 * MINUTE_MS;
const EARLY_BY_MS = 60 * MINUTE_MS;
/** Below this a vehicle is as good as home, or as good as gone. */
const SOON_MS = 30 * MINUTE_MS;
const CUT_TO = 0.7;

export function createDisturbances(parts: DisturbanceParts): Disturbances {
  const { world, schedule, ledger, outages, duties, log, nowMs } = parts;
  let movedForward: DutyBody | undefined;
  let broken: { readonly vehicle: number; readonly evse: number } | undefined;
  let cutDepots: readonly number[] = [];

  const tell = (entries: readonly LogEntry[], interventions: readonly Intervention[] = []): void => {
    for (const intervention of interventions) schedule.intervene(intervention);
    const records = interventions.map((intervention): YardRecord => ({ kind: 'yard', intervention }));
    // The log fails only with the disk or the end of the demo, and both end the process elsewhere.
    void log.append(entries, records).catch(() => undefined);
  };
  /** The one of a depot that comes first by what `rank` says; vehicles it leaves out do not count. */
  const first = (depotId: string | undefined, rank: (vehicle: number) => number | undefined): number | undefined => {
    let best: { readonly vehicle: number; readonly rank: number } | undefined;
    for (const { index, depot } of world.roster) {
      if (depotId !== undefined && DEMO_DEPOTS[depot]?.id !== depotId) continue;
      const own = rank(index);
      if (own !== undefined && (best === undefined || own < best.rank)) best = { vehicle: index, rank: own };
    }
    return best?.vehicle;
  };

  function comeLate(depotId: string | undefined): void {
    const atMs = nowMs();
    const leftMs = (vehicle: number): number | undefined => {
      const duty = duties.dutyOf(vehicle, 'running', atMs);
      const left = Date.parse(duty?.return_at ?? '') - atMs;
      return left > SOON_MS && schedule.stageAt(vehicle, atMs).activity === 'DRIVING' ? left : undefined;
    };
    const vehicle = first(depotId, leftMs);
    const duty = vehicle === undefined ? undefined : duties.dutyOf(vehicle, 'running', atMs);
    if (vehicle === undefined || duty === undefined) return;
    const returnAt = isoTime(Date.parse(duty.return_at) + LATE_BY_MS);
    tell([duties.change(duty, { return_at: returnAt }, atMs)], [{ kind: 'late', vehicle, atMs, byMs: LATE_BY_MS }]);
  }

  function leaveEarly(depotId: string | undefined): void {
    const atMs = nowMs();
    const vehicle = first(depotId, (each) => {
      const left = Date.parse(duties.dutyOf(each, 'next', atMs)?.depart_at ?? '') - atMs;
      return left > EARLY_BY_MS + SOON_MS && ledger.openOf(each) !== undefined ? left : undefined;
    });
    const duty = vehicle === undefined ? undefined : duties.dutyOf(vehicle, 'next', atMs);
    if (duty === undefined) return;
    movedForward = duty;
    tell([duties.change(duty, { depart_at: isoTime(Date.parse(duty.depart_at) - EARLY_BY_MS) }, atMs)]);
  }

  function breakCharger(depotId: string | undefined): void {
    const atMs = nowMs();
    const vehicle = first(depotId, (each) => {
      const session = ledger.openOf(each);
      return session !== undefined && world.charging.evses[session.evse]?.owner === each ? -session.startMs : undefined;
    });
    const session = vehicle === undefined ? undefined : ledger.openOf(vehicle);
    if (vehicle === undefined || session === undefined) return;
    broken = { vehicle, evse: session.evse };
    outages.begin(session.evse);
    tell([], [{ kind: 'outage', ...broken, atMs, isOver: false }]);
  }

  function cutLimit(depotId: string | undefined): void {
    cutDepots = DEMO_DEPOTS.flatMap(({ id }, depot) => (depotId === undefined || id === depotId ? [depot] : []));
    const atMs = nowMs();
    tell(cutDepots.map((depot) => depotPut(world, depot, atMs, CUT_TO)));
  }

  function restoreLimit(): void {
    const atMs = nowMs();
    tell(cutDepots.map((depot) => depotPut(world, depot, atMs, 1)));
    cutDepots = [];
  }

  function repair(): void {
    if (broken === undefined) return;
    outages.end(broken.evse);
    tell([], [{ kind: 'outage', ...broken, atMs: nowMs(), isOver: true }]);
    broken = undefined;
  }

  function putBack(): void {
    if (movedForward === undefined) return;
    if (Date.parse(movedForward.depart_at) > nowMs()) tell([duties.change(movedForward, {}, nowMs())]);
    movedForward = undefined;
  }

  type Act = (depotId: string | undefined) => void;
  const BEGINS: Partial<Record<FaultKind, Act>> = {
    'vehicle-late': comeLate,
    'departs-early': leaveEarly,
    'charger-broken': breakCharger,
    'limit-cut': cutLimit,
  };
  const ENDS: Partial<Record<FaultKind, Act>> = {
    'departs-early': putBack,
    'charger-broken': repair,
    'limit-cut': restoreLimit,
  };

  return {
    obey: (kind, fault) => {
      const act = fault === undefined ? ENDS[kind] : BEGINS[kind];
      act?.(fault?.depotId);
    },
    recover: () => {
      for (const { vehicle, evse } of openOutages(loggedYard(log))) {
        broken = { vehicle, evse };
        repair();
      }
      cutDepots = DEMO_DEPOTS.flatMap((town, depot) => {
        const { site_limit_kw: properKw } = depotBody(world, town, depot, '');
        return parts.told.get(town.id)?.['site_limit_kw'] === properKw ? [] : [depot];
      });
      restoreLimit();
    },
  };
}

/** What levers did to vehicles, in the order it happened. */
export function loggedYard(log: Pick<EventLog, 'records'>): Intervention[] {
  return log.records.flatMap((record) => (record.kind === 'yard' ? [(record as YardRecord).intervention] : []));
}

function openOutages(interventions: readonly Intervention[]): readonly Extract<Intervention, { kind: 'outage' }>[] {
  const last = new Map<number, Extract<Intervention, { kind: 'outage' }>>();
  for (const each of interventions) if (each.kind === 'outage') last.set(each.evse, each);
  return [...last.values()].filter(({ isOver }) => !isOver);
}

function depotPut(world: DemoWorld, depot: number, atMs: number, share: number): LogEntry {
  const at = isoTime(atMs);
  const town = DEMO_DEPOTS[depot] ?? DEMO_DEPOTS[0];
  return { stream: 'fleet', at, kind: 'depot.put', body: depotBody(world, town, depot, at, share) };
}
