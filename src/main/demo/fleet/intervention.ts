/**
 * What operators did to the fleet. Invariant: an intervention never changes anything before its instant, so the fleet
 * stays a pure function of seed, time and the list of interventions.
 */
export type StartIntervention = {
  readonly kind: 'start';
  readonly commandId: string;
  readonly vehicle: number;
  readonly evse: number;
  readonly atMs: number;
  /** The EVSE is needed by another vehicle from then on. */
  readonly untilMs: number;
};

export type StopIntervention = {
  readonly kind: 'stop';
  readonly commandId: string;
  readonly vehicle: number;
  readonly atMs: number;
};

/** The driver goes to a charge point after the stop at hand, and waits there for its session until then. */
export type GoIntervention = {
  readonly kind: 'go';
  readonly commandId: string;
  readonly vehicle: number;
  readonly evse: number;
  readonly atMs: number;
  readonly untilMs: number;
};

/** The charge point is no longer held: a driver who is not there yet need not go, and one who waits there goes on. */
export type StayIntervention = {
  readonly kind: 'stay';
  readonly commandId: string;
  readonly vehicle: number;
  readonly evse: number;
  readonly atMs: number;
};

/** A charge point of the depot was told how much to give. Powers are those that the meter sees. */
export type ProfileIntervention = {
  readonly kind: 'profile';
  readonly commandId: string;
  readonly vehicle: number;
  readonly evse: number;
  readonly atMs: number;
  readonly toMs: number;
  readonly periods: readonly { readonly fromMs: number; readonly limitKw: number }[];
};

/** A breakdown on the way: the vehicle comes home that much later than it would have. */
export type LateIntervention = {
  readonly kind: 'late';
  readonly vehicle: number;
  readonly atMs: number;
  readonly byMs: number;
};

/** The charge point gives nothing from then on, or gives again. */
export type OutageIntervention = {
  readonly kind: 'outage';
  readonly vehicle: number;
  readonly evse: number;
  readonly atMs: number;
  readonly isOver: boolean;
};

export type Intervention =
  | LateIntervention
  | OutageIntervention
  | ProfileIntervention
  | StartIntervention
  | StopIntervention
  | GoIntervention
  | StayIntervention;

export type InterventionBook = {
  readonly add: (intervention: Intervention) => void;
  readonly remove: (intervention: Intervention) => void;
  /** Of one vehicle, in order of time. */
  readonly ofVehicle: (vehicle: number) => readonly Intervention[];
  /** Until when another vehicle may hold this EVSE by an operator's wish; 0 when free. */
  readonly heldUntilMs: (evse: number, vehicle: number, atMs: number) => number;
  /**
   * When a bay of the depot was first told how much to give; Infinity when none was. From then on all of them open a session as soon as
   * a vehicle is plugged in, and give their fallback while they hear nothing.
   */
  readonly steeredFromMs: (depot: number) => number;
  /** By how much the vehicle is held up on its way home, by what happened from `fromMs` to `toMs`. */
  readonly lateMs: (vehicle: number, fromMs: number, toMs: number) => number;
};

export function createInterventionBook(depotOf: (vehicle: number) => number): InterventionBook {
  const byVehicle = new Map<number, Intervention[]>();
  const startsByEvse = new Map<number, StartIntervention[]>();
  const put = <T>(map: Map<number, T[]>, key: number, value: T): void => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
  const steeredFrom = new Map<number, number>();
  const drop = <T>(map: Map<number, T[]>, key: number, value: T): void => {
    const list = map.get(key);
    const at = list?.indexOf(value) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  };
  return {
    add: (intervention) => {
      put(byVehicle, intervention.vehicle, intervention);
      byVehicle.get(intervention.vehicle)?.sort((a, b) => a.atMs - b.atMs);
      if (intervention.kind === 'start') put(startsByEvse, intervention.evse, intervention);
      if (intervention.kind === 'profile') {
        const depot = depotOf(intervention.vehicle);
        steeredFrom.set(depot, Math.min(steeredFrom.get(depot) ?? Infinity, intervention.atMs));
      }
    },
    remove: (intervention) => {
      drop(byVehicle, intervention.vehicle, intervention);
      if (intervention.kind === 'start') drop(startsByEvse, intervention.evse, intervention);
    },
    ofVehicle: (vehicle) => byVehicle.get(vehicle) ?? [],
    heldUntilMs: (evse, vehicle, atMs) => {
      let heldMs = 0;
      for (const start of startsByEvse.get(evse) ?? []) {
        if (start.vehicle === vehicle || start.atMs > atMs || start.untilMs <= atMs) continue;
        if (Number.isFinite(start.untilMs)) heldMs = Math.max(heldMs, start.untilMs);
      }
      return heldMs;
    },
    lateMs: (vehicle, fromMs, toMs) =>
      (byVehicle.get(vehicle) ?? []).reduce(
        (sum, each) => sum + (each.kind === 'late' && each.atMs >= fromMs && each.atMs < toMs ? each.byMs : 0),
        0,
      ),
    steeredFromMs: (depot) => steeredFrom.get(depot) ?? Infinity,
  };
}
