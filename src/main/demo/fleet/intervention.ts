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

export type Intervention = StartIntervention | StopIntervention | GoIntervention | StayIntervention;

export type InterventionBook = {
  readonly add: (intervention: Intervention) => void;
  readonly remove: (intervention: Intervention) => void;
  /** Of one vehicle, in order of time. */
  readonly ofVehicle: (vehicle: number) => readonly Intervention[];
  /** Until when another vehicle may hold this EVSE by an operator's wish; 0 when free. */
  readonly heldUntilMs: (evse: number, vehicle: number, atMs: number) => number;
};

export function createInterventionBook(): InterventionBook {
  const byVehicle = new Map<number, Intervention[]>();
  const startsByEvse = new Map<number, StartIntervention[]>();
  const put = <T>(map: Map<number, T[]>, key: number, value: T): void => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };
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
  };
}
