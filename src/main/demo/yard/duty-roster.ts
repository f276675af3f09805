/**
 * What the fleet's own planning tells of duties: for each vehicle the one that runs and the next, each as soon as the one before has begun.
 * Times are the timetable's, not what will truly happen. Invariant: what was told is read back from the log, so nothing is told twice.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import { departureSoc, type FleetVehicle } from '../fleet/fleet-roster.ts';
import type { LogEntry } from '../log/log-entries.ts';
import { isoTime } from '../marketplace/wire-objects.ts';
import { hashUnit } from '../seeded-random.ts';

export type DutyBody = {
  readonly id: string;
  readonly vehicle_id: string;
  readonly depot_id: string;
  readonly name: string;
  readonly depart_at: string;
  readonly return_at: string;
  readonly energy_kwh: number;
  readonly reserve_percent: number;
  readonly last_updated: string;
};

export type DutyRoster = {
  /** All that is to be told at the instant. */
  readonly work: (atMs: number) => LogEntry[];
  /** The duty of a vehicle that runs, or the next one, as last told. */
  readonly dutyOf: (vehicle: number, which: 'running' | 'next', atMs: number) => DutyBody | undefined;
  readonly change: (duty: DutyBody, changed: Partial<DutyBody>, atMs: number) => LogEntry;
};

const HOUR_MS = 3_600_000;
const RESERVE_PERCENT = 15;
/** What a duty leaves of the charge with which it began, at the least, by experience. */
const LEFT_SHARE = 0.22;

export function createDutyRoster(world: DemoWorld, known: ReadonlyMap<string, object>): DutyRoster {
  const told = new Map<string, DutyBody>();
  for (const [id, body] of known) told.set(id, body as DutyBody);
  const nextDay = world.roster.map((vehicle) => {
    const days = [...told.values()].filter((duty) => duty.vehicle_id === vehicle.id).map(({ id }) => dayOf(id));
    return days.length === 0 ? undefined : Math.max(...days) + 1;
  });
  const dueMs = world.roster.map(() => 0);

  const put = (body: DutyBody, atMs: number): LogEntry => {
    told.set(body.id, body);
    return { stream: 'fleet', at: isoTime(atMs), kind: 'duty.put', body };
  };
  const departMs = (vehicle: FleetVehicle, day: number): number =>
    world.days[vehicle.depot]?.instantOf(day, vehicle.departureMinutes) ?? 0;
  /** The one whose departure was the last. */
  const runningDay = (vehicle: FleetVehicle, atMs: number): number => {
    const day = world.days[vehicle.depot]?.dayOf(atMs) ?? 0;
    return departMs(vehicle, day) <= atMs ? day : day - 1;
  };

  return {
    work: (atMs) => {
      const entries: LogEntry[] = [];
      for (const vehicle of world.roster) {
        const { index } = vehicle;
        if (atMs < (dueMs[index] ?? 0)) continue;
        const running = runningDay(vehicle, atMs);
        for (let day = Math.max(nextDay[index] ?? running, running); day <= running + 1; day++) {
          entries.push(put(dutyBody(world, vehicle, day, departMs(vehicle, day), atMs), atMs));
          told.delete(`${vehicle.id}-${day - 3}`);
          nextDay[index] = day + 1;
        }
        dueMs[index] = departMs(vehicle, running + 1);
      }
      return entries;
    },
    dutyOf: (index, which, atMs) => {
      const vehicle = world.roster[index];
      return vehicle && told.get(`${vehicle.id}-${runningDay(vehicle, atMs) + (which === 'next' ? 1 : 0)}`);
    },
    change: (duty, changed, atMs) => put({ ...duty, ...changed, last_updated: isoTime(atMs) }, atMs),
  };
}

function dayOf(dutyId: string): number {
  return Number(dutyId.slice(dutyId.lastIndexOf('-') + 1));
}

function dutyBody(world: DemoWorld, vehicle: FleetVehicle, day: number, departMs: number, atMs: number): DutyBody {
  const share = departureSoc(world.seed, vehicle.index, day) - LEFT_SHARE;
  return {
    id: `${vehicle.id}-${day}`,
    vehicle_id: vehicle.id,
    depot_id: DEMO_DEPOTS[vehicle.depot]?.id ?? '',
    name: nameOf(world.seed, vehicle),
    depart_at: isoTime(departMs),
    return_at: isoTime(departMs + Math.round(vehicle.dutyHours * 4) * (HOUR_MS / 4)),
    energy_kwh: Math.round(vehicle.model.capacityKwh * share * 10) / 10,
    reserve_percent: RESERVE_PERCENT,
    last_updated: isoTime(atMs),
  };
}

function nameOf(seed: number, { index, bay, model }: FleetVehicle): string {
  const number = 1 + Math.floor(hashUnit(seed, 'duty-number', index) * 90);
  if (model.class === 'bus') return `Line ${1 + (bay % 9)}, block ${number}`;
  return model.class === 'van' ? `Round ${number}` : `Tour ${number}`;
}
