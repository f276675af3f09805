/**
 * The grid at a depot: three voltages and a frequency that wander, seeded, a straight line from knot to knot.
 * Invariant: within 224 to 236 V and 49.95 to 50.05 Hz.
 */
import { hashUnit } from '../../seeded-random.ts';

export type Mains = {
  readonly voltagesV: readonly [number, number, number];
  readonly frequencyHz: number;
};

const VOLTAGE_KNOT_MS = 60_000;
const FREQUENCY_KNOT_MS = 10_000;

export function mainsAt(seed: number, depot: number, atMs: number): Mains {
  const voltage = (phase: number): number =>
    230 + 12 * (wander(seed, `voltage-${phase}`, depot, atMs, VOLTAGE_KNOT_MS) - 0.5);
  return {
    voltagesV: [voltage(1), voltage(2), voltage(3)],
    frequencyHz: 50 + 0.1 * (wander(seed, 'frequency', depot, atMs, FREQUENCY_KNOT_MS) - 0.5),
  };
}

function wander(seed: number, purpose: string, depot: number, atMs: number, knotMs: number): number {
  const knot = Math.floor(atMs / knotMs);
  const share = atMs / knotMs - knot;
  return hashUnit(seed, purpose, depot, knot) * (1 - share) + hashUnit(seed, purpose, depot, knot + 1) * share;
}
