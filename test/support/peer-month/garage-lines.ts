/**
 * The garage’s three-phase network: chargers stand between two lines of a 208 V secondary behind a delta-wye transformer, so what counts is
 * the magnitude of the sum of their currents as phasors, on each line of both sides and on two groups of chargers behind breakers of their own.
 */
import type { PeerMonth, Plugged } from './month.ts';

export type GarageLine = {
  readonly name: string;
  readonly amperes: number;
  /** By station: the current it adds for each kW. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
};

const DEGREE = Math.PI / 180;

/** @param capacityKw of the transformer, whose lines carry in proportion; the breakers of the groups stay as they are */
export function garageLines(month: PeerMonth, capacityKw: number): readonly GarageLine[] {
  const amperesPerKw = 1000 / month.volts;
  return month.lines.map(({ name, factors, amperes150 }) => ({
    name,
    amperes: name.endsWith('Pod') ? amperes150 : (amperes150 * capacityKw) / 150,
    real: Float64Array.from(
      factors,
      (factor, at) => factor * amperesPerKw * Math.cos((month.angles[at] ?? 0) * DEGREE),
    ),
    imaginary: Float64Array.from(
      factors,
      (factor, at) => factor * amperesPerKw * Math.sin((month.angles[at] ?? 0) * DEGREE),
    ),
  }));
}

/** Gives one after the other as much of what it asks as every line still carries. */
export function startFilling(lines: readonly GarageLine[]) {
  const sums = lines.map(() => ({ real: 0, imaginary: 0 }));
  const mostFor = (station: number): number =>
    lines.reduce((most, { amperes, real, imaginary }, at) => {
      const [a, b] = [real[station] ?? 0, imaginary[station] ?? 0];
      const perKw = a * a + b * b;
      if (perKw === 0) return most;
      const { real: x = 0, imaginary: y = 0 } = sums[at] ?? {};
      // The greatest kW with |sum + kW · current| at the limit.
      const half = a * x + b * y;
      const room = half * half - perKw * (x * x + y * y - amperes * amperes);
      return Math.min(most, room <= 0 ? 0 : (-half + Math.sqrt(room)) / perKw);
    }, Infinity);
  return (station: number, askedKw: number): number => {
    const kw = Math.max(0, Math.min(askedKw, mostFor(station)));
    lines.forEach(({ real, imaginary }, at) => {
      const sum = sums[at];
      if (sum === undefined) return;
      sum.real += kw * (real[station] ?? 0);
      sum.imaginary += kw * (imaginary[station] ?? 0);
    });
    return kw;
  };
}

/** Of the limit, on the line that is loaded most; above 1 something trips. */
export function heaviestShare(
  lines: readonly GarageLine[],
  plugged: readonly Plugged[],
  powers: readonly number[],
): number {
  return lines.reduce((most, { amperes, real, imaginary }) => {
    let [x, y] = [0, 0];
    plugged.forEach(({ session: { station } }, at) => {
      x += (powers[at] ?? 0) * (real[station] ?? 0);
      y += (powers[at] ?? 0) * (imaginary[station] ?? 0);
    });
    return Math.max(most, Math.hypot(x, y) / amperes);
  }, 0);
}
