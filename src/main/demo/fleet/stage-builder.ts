/**
 * Lays the stages of one vehicle's day one after the other, weaving in what operators did. Invariant: stages are
 * contiguous, and what was laid before an intervention is the same with and without it.
 */
import { shuntS, type CityMap, type Place } from '../streets/city-map.ts';
import type { DemoEvse } from './charging-network.ts';
import { evseRate, layCharge } from './lay-charge.ts';
import type { FleetVehicle } from './fleet-roster.ts';
import type { GoIntervention, Intervention } from './intervention.ts';
import type { Route } from '../streets/route-motion.ts';
import { stageWarmth, type Stage } from './vehicle-stage.ts';

export type BuilderStart = {
  readonly vehicle: FleetVehicle;
  readonly city: CityMap;
  readonly evses: readonly DemoEvse[];
  readonly interventions: readonly Intervention[];
  readonly atMs: number;
  readonly soc: number;
  readonly place: Place;
  readonly kwhPerKm: number;
};

export type StageBuilder = {
  readonly nowMs: () => number;
  readonly soc: () => number;
  readonly place: () => Place;
  /** An operator ended the charging at this stop; it does not start again by itself. */
  readonly stoppedHere: () => boolean;
  readonly driveTo: (place: Place) => void;
  readonly tripS: (from: Place, to: Place) => number;
  readonly tripM: (from: Place, to: Place) => number;
  /** Stands, plugged into `evse` or not (-1), until `untilMs`; what an operator starts meanwhile may last to `latestMs`. */
  readonly stand: (options: {
    untilMs: number;
    evse: number;
    latestMs: number;
    drainTo?: number;
    settle?: boolean;
    /** Does not wait any longer once it has charged. */
    leaves?: boolean;
  }) => void;
  /** The way to a charge point that the driver was sent on before now; told once. `waitsToMs` is when the waiting there ends. */
  readonly takeErrand: () => (GoIntervention & { readonly waitsToMs: number }) | undefined;
  /** `listens`: gives its fallback until it is told how much, rather than what it can. */
  readonly charge: (options: {
    evse: number;
    toSoc: number;
    latestMs: number;
    commandId?: string;
    listens?: boolean;
  }) => void;
  readonly finish: () => Stage[];
};

/** Battery warmer than the air by so much after a long while of it, in °C. */
const WARMTH_AIM = { DRIVING: 7, IDLE: 1.5, PLUGGED: 1, DC: 13, AC: 5 } as const;
export const RESTING_WARMTH_C = 1;

export function createStageBuilder(start: BuilderStart): StageBuilder {
  const { vehicle, city } = start;
  const stages: Stage[] = [];
  const ofToday = start.interventions.filter((intervention) => intervention.atMs >= start.atMs);
  const pending = ofToday.filter(({ kind }) => kind === 'start' || kind === 'stop');
  const nextErrand = listErrands(ofToday);
  let nowMs = start.atMs;
  let soc = start.soc;
  let place = start.place;
  let warmth = RESTING_WARMTH_C;
  let headingDeg = 0;
  let stopped = false;

  const push = (stage: Pick<Stage, 'activity' | 'endMs' | 'socEnd' | 'warmthAim'> & Partial<Stage>): void => {
    const laid: Stage = {
      startMs: nowMs,
      socStart: soc,
      warmthStart: warmth,
      settles: false,
      route: null,
      pace: 1,
      latitude: city.network.plane.latitudeOf(place.y),
      longitude: city.network.plane.longitudeOf(place.x),
      headingDeg,
      evse: -1,
      rate: 0,
      steps: null,
      commandId: null,
      ...stage,
    };
    warmth = stageWarmth(laid, laid.endMs);
    soc = laid.socEnd;
    nowMs = laid.endMs;
    stages.push(laid);
  };

  const legs = (from: Place, to: Place): Route[] => {
    if (from.poi === to.poi) return present([city.shuntBetween(from, to)]);
    const exit = city.atNode(from.poi);
    const entry = city.atNode(to.poi);
    const main = city.routeBetween(from.poi, to.poi, vehicle.model.class === 'bus');
    return present([city.shuntBetween(from, exit), main, city.shuntBetween(entry, to)]);
  };

  const driveTo = (to: Place): void => {
    for (const route of legs(place, to)) {
      const usedSoc = ((route.lengthM / 1000) * start.kwhPerKm) / vehicle.model.capacityKwh;
      push({
        activity: 'DRIVING',
        endMs: nowMs + Math.ceil((route.durationS / vehicle.pace) * 1000),
        socEnd: Math.max(0.005, soc - usedSoc),
        warmthAim: WARMTH_AIM.DRIVING,
        route,
        pace: vehicle.pace,
      });
      headingDeg = route.headingDeg[route.headingDeg.length - 1] ?? headingDeg;
    }
    place = to;
    stopped = false;
  };

  /** The next intervention of a kind before an instant; what could not apply any more is dropped. */
  const take = (kind: Intervention['kind'], beforeMs: number): Intervention | undefined => {
    while ((pending[0]?.atMs ?? Infinity) < nowMs) pending.shift();
    const first = pending[0];
    if (!first || first.atMs >= beforeMs || first.kind !== kind) return undefined;
    return pending.shift();
  };

  const charge: StageBuilder['charge'] = ({ evse: evseIndex, toSoc, latestMs, commandId, listens = false }) => {
    const evse = start.evses[evseIndex];
    const rate = evse ? evseRate(vehicle, evse) : 0;
    if (!evse || rate <= 0 || soc >= toSoc || latestMs <= nowMs) return;
    const laid = layCharge({ vehicle, evse, interventions: ofToday, nowMs, soc, toSoc, latestMs, listens });
    let { endMs } = laid;
    const stop = take('stop', endMs);
    if (stop) {
      endMs = Math.max(stop.atMs, nowMs + 1);
      stopped = true;
    }
    push({
      activity: 'CHARGING',
      endMs,
      socEnd: laid.socAt(endMs),
      warmthAim: evse.dc ? WARMTH_AIM.DC : WARMTH_AIM.AC,
      evse: evseIndex,
      rate,
      steps: laid.steps,
      commandId: commandId ?? null,
    });
  };

  const stand: StageBuilder['stand'] = ({ untilMs, evse, latestMs, drainTo, settle, leaves }) => {
    let drain = drainTo;
    while (nowMs < untilMs) {
      const begun = take('start', untilMs);
      const endMs = begun ? begun.atMs : untilMs;
      const drained = drain === undefined ? soc : soc + ((drain - soc) * (endMs - nowMs)) / (untilMs - nowMs);
      if (endMs > nowMs) {
        const settles = settle === true;
        const restingAim = evse < 0 ? WARMTH_AIM.IDLE : WARMTH_AIM.PLUGGED;
        // A settling stand that is cut short must run on the same straight line up to the cut.
        const cut = warmth + ((RESTING_WARMTH_C - warmth) * (endMs - nowMs)) / (untilMs - nowMs);
        const warmthAim = settles ? cut : restingAim;
        push({ activity: evse < 0 ? 'IDLE' : 'PLUGGED', endMs, socEnd: drained, warmthAim, settles, evse });
      }
      if (begun?.kind !== 'start') continue;
      charge({
        evse: begun.evse,
        toSoc: 0.99,
        latestMs: Math.min(latestMs, begun.untilMs),
        commandId: begun.commandId,
      });
      drain = undefined;
      if (leaves === true) return;
    }
  };

  return {
    nowMs: () => nowMs,
    soc: () => soc,
    place: () => place,
    stoppedHere: () => stopped,
    driveTo,
    tripS: (from, to) => addUp(start, from, to, routeDurationS, shuntS) / vehicle.pace,
    tripM: (from, to) => addUp(start, from, to, routeLengthM, sameM),
    stand,
    takeErrand: () => nextErrand(nowMs),
    charge,
    finish: () => stages,
  };
}

/** Who is on the way already arrives all the same: what was laid before a cancellation stays. */
function listErrands(
  interventions: readonly Intervention[],
): (nowMs: number) => ReturnType<StageBuilder['takeErrand']> {
  const errands = interventions.filter((intervention) => intervention.kind === 'go');
  const ends = interventions.filter(({ kind }) => kind === 'stay');
  return (nowMs) => {
    while ((errands[0]?.atMs ?? Infinity) <= nowMs) {
      const errand = errands.shift();
      if (errand === undefined) return undefined;
      const endMs = ends.find(({ atMs }) => atMs >= errand.atMs)?.atMs;
      if (endMs !== undefined && endMs <= nowMs) continue;
      return { ...errand, waitsToMs: Math.min(errand.untilMs, endMs ?? Infinity) };
    }
    return undefined;
  };
}

/** Like the legs of a drive, added up without building the short ones: plans ask for many ways they never take. */
function addUp(
  { city, vehicle }: BuilderStart,
  from: Place,
  to: Place,
  ofRoute: (route: Route) => number,
  ofShuntM: (metres: number) => number,
): number {
  if (from.poi === to.poi) return ofShuntM(apartM(from, to));
  const exit = city.atNode(from.poi);
  const entry = city.atNode(to.poi);
  const main = city.routeBetween(from.poi, to.poi, vehicle.model.class === 'bus');
  return ofShuntM(apartM(from, exit)) + (main ? ofRoute(main) : 0) + ofShuntM(apartM(entry, to));
}

const routeDurationS = (route: Route): number => route.durationS;
const routeLengthM = (route: Route): number => route.lengthM;
const sameM = (metres: number): number => metres;

function apartM(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function present(routes: readonly (Route | null)[]): Route[] {
  return routes.filter((route) => route !== null);
}
