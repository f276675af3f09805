/**
 * A stage is a stretch of a vehicle's day in which one rule gives its state: driving a route, standing, charging.
 * Invariant: a stage begins exactly where, when and how full the one before ended.
 */
import { limitedSocAfter, powerShare, socAfter, warmthAfter } from './battery-model.ts';
import { stepAt, type CurveStep } from './charge-curve.ts';
import { sampleRoute, type MotionSample, type Route } from '../streets/route-motion.ts';

export type Activity = 'DRIVING' | 'IDLE' | 'PLUGGED' | 'CHARGING';
export const ACTIVITIES: readonly Activity[] = ['DRIVING', 'IDLE', 'PLUGGED', 'CHARGING'];

export type Stage = {
  readonly activity: Activity;
  readonly startMs: number;
  readonly endMs: number;
  readonly socStart: number;
  readonly socEnd: number;
  readonly warmthStart: number;
  readonly warmthAim: number;
  /** The warmth falls in a straight line to its aim at the end, rather than by its own time constant. */
  readonly settles: boolean;
  readonly route: Route | null;
  /** Factor from clock time to the route's time. */
  readonly pace: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly headingDeg: number;
  /** EVSE plugged into, or -1. */
  readonly evse: number;
  /** Fraction of the battery per second at full power; 0 when not charging. */
  readonly rate: number;
  /** Of a charging whose charge point was told how much to give; null when it gives what it can. */
  readonly steps: readonly CurveStep[] | null;
  /** The operator's command that began this charging, or null. */
  readonly commandId: string | null;
};

export type VehicleSample = MotionSample & { soc: number; warmthC: number };

export function sampleStage(stage: Stage, atMs: number, out: VehicleSample): void {
  const elapsedS = (atMs - stage.startMs) / 1000;
  out.warmthC = stageWarmth(stage, atMs);
  if (stage.route) {
    sampleRoute(stage.route, elapsedS * stage.pace, out);
    out.speedMs *= stage.pace;
    const share = stage.route.lengthM > 0 ? out.wayM / stage.route.lengthM : 1;
    out.soc = stage.socStart + (stage.socEnd - stage.socStart) * share;
    return;
  }
  out.wayM = 0;
  out.speedMs = 0;
  out.latitude = stage.latitude;
  out.longitude = stage.longitude;
  out.headingDeg = stage.headingDeg;
  out.soc = stageSoc(stage, atMs);
}

/** State of charge of a standing vehicle. */
export function stageSoc(stage: Stage, atMs: number): number {
  const step = stage.steps && stepAt(stage.steps, atMs);
  if (step) {
    const soc = limitedSocAfter(step.soc, stage.rate, step.limit, Math.max(0, atMs - step.fromMs) / 1000);
    return Math.min(stage.socEnd, soc);
  }
  if (stage.rate > 0)
    return Math.min(stage.socEnd, socAfter(stage.socStart, stage.rate, (atMs - stage.startMs) / 1000));
  const share = stage.endMs > stage.startMs ? (atMs - stage.startMs) / (stage.endMs - stage.startMs) : 1;
  return stage.socStart + (stage.socEnd - stage.socStart) * share;
}

/** What goes into the battery, as a fraction of it per second. */
export function stageRate(stage: Stage, atMs: number): number {
  const own = stage.rate * powerShare(stageSoc(stage, atMs));
  const step = stage.steps && stepAt(stage.steps, atMs);
  return step ? Math.min(own, step.limit) : own;
}

export function stageWarmth(stage: Stage, atMs: number): number {
  if (!stage.settles) return warmthAfter(stage.warmthStart, stage.warmthAim, (atMs - stage.startMs) / 1000);
  const share = stage.endMs > stage.startMs ? (atMs - stage.startMs) / (stage.endMs - stage.startMs) : 1;
  return stage.warmthStart + (stage.warmthAim - stage.warmthStart) * share;
}
