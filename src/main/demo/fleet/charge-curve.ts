/**
 * How a battery fills at a charge point that is told how much to give. A curve is a list of steps, each with the power that may be taken
 * from its beginning on; within a step the state of charge has a closed form, so any instant can be asked. Powers are fractions of
 * the battery per second. Invariant: what is told at an instant never changes the curve before it.
 */
import { limitedSocAfter } from './battery-model.ts';

export type CurveStep = { readonly fromMs: number; readonly soc: number; readonly limit: number };

/** What a charge point is told at an instant: limits from instants on, and what holds when they are over. */
export type ToldLimits = {
  readonly atMs: number;
  readonly toMs: number;
  readonly periods: readonly { readonly fromMs: number; readonly limit: number }[];
  readonly fallback: number;
};

export type ChargeCurve = { readonly steps: readonly CurveStep[]; readonly endMs: number; readonly socEnd: number };

type Change = { readonly fromMs: number; readonly limit: number };

/** Ends when the battery has what it is to have, at the latest at `latestMs`. `told` in the order of their instants. */
export function layCurve(parts: {
  readonly startMs: number;
  readonly soc: number;
  /** At full power. */
  readonly rate: number;
  /** Before anything is told. */
  readonly first: readonly Change[];
  readonly told: readonly ToldLimits[];
  readonly toSoc: number;
  readonly latestMs: number;
}): ChargeCurve {
  const { startMs, rate, toSoc, latestMs } = parts;
  const changes = changesOf(parts.first, parts.told).filter(({ fromMs }) => fromMs < latestMs);
  const steps: CurveStep[] = [];
  let soc = parts.soc;
  for (const [index, { fromMs, limit }] of changes.entries()) {
    const beginMs = Math.max(fromMs, startMs);
    const endMs = Math.min(changes[index + 1]?.fromMs ?? latestMs, latestMs);
    if (endMs <= beginMs) continue;
    steps.push({ fromMs: beginMs, soc, limit });
    const reached = limitedSocAfter(soc, rate, limit, (endMs - beginMs) / 1000);
    if (reached >= toSoc) {
      const fullMs = firstAt(
        beginMs,
        endMs,
        (atMs) => limitedSocAfter(soc, rate, limit, (atMs - beginMs) / 1000) >= toSoc,
      );
      return { steps, endMs: fullMs, socEnd: limitedSocAfter(soc, rate, limit, (fullMs - beginMs) / 1000) };
    }
    soc = reached;
  }
  return { steps, endMs: latestMs, socEnd: soc };
}

/** Of a step list that begins at or before the instant. */
export function stepAt(steps: readonly CurveStep[], atMs: number): CurveStep | undefined {
  return steps.findLast(({ fromMs }) => fromMs <= atMs) ?? steps[0];
}

export function curveSoc({ steps, socEnd }: ChargeCurve, rate: number, atMs: number): number {
  const step = stepAt(steps, atMs);
  if (step === undefined) return socEnd;
  return Math.min(socEnd, limitedSocAfter(step.soc, rate, step.limit, Math.max(0, atMs - step.fromMs) / 1000));
}

function changesOf(first: readonly Change[], told: readonly ToldLimits[]): readonly Change[] {
  let changes: readonly Change[] = first;
  for (const { atMs, toMs, periods, fallback } of told) {
    const at = periods.findLast(({ fromMs }) => fromMs <= atMs);
    changes = [
      ...changes.filter(({ fromMs }) => fromMs < atMs),
      { fromMs: atMs, limit: at?.limit ?? fallback },
      ...periods.filter(({ fromMs }) => fromMs > atMs && fromMs < toMs),
      { fromMs: Math.max(toMs, atMs), limit: fallback },
    ];
  }
  return changes;
}

/** To the millisecond; true at `toMs`, and from the first time on. */
function firstAt(fromMs: number, toMs: number, isTrue: (atMs: number) => boolean): number {
  let [low, high] = [fromMs, toMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) high = middle;
    else low = middle;
  }
  return high;
}
