/**
 * Which set-points may leave now. Messages are lost, late or refused, so a charge point may be doing whatever it was told last, what it was
 * told before, or its fallback. Invariant: whichever of these each one does, all of them together stay within what the site has left, at
 * every instant to come; what lowers the sum leaves at once, what raises it waits until the lower ones are acknowledged.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import { limitAt, type Profile } from './profile.ts';

export type ToldCharger = {
  readonly evseKey: string;
  readonly fallbackW: number;
  /** Each that it may be following, as far as is known; at least one. */
  readonly possible: readonly Profile[];
  /** Undefined: nothing is to be said to it. */
  readonly wanted: Profile | undefined;
};

export type Release = {
  readonly leaves: readonly string[];
  /** Would raise the sum beyond what is left while others have not acknowledged. */
  readonly waits: readonly string[];
};

/** `leftW` is what the site has for charging at an instant. Chargers come in the order in which they are to be served. */
export function releaseSetPoints(
  chargers: readonly ToldCharger[],
  nowMs: EpochMs,
  leftW: (atMs: EpochMs) => number,
): Release {
  const instants = changesFrom(chargers, nowMs);
  const left = instants.map(leftW);
  const worst = instants.map((atMs) => chargers.reduce((sum, charger) => sum + worstAt(charger, atMs), 0));
  const leaves: string[] = [];
  const waits: string[] = [];
  for (const charger of chargers) {
    const { wanted, evseKey, fallbackW } = charger;
    if (wanted === undefined) continue;
    const raised = instants.map((atMs) => Math.max(0, limitAt(wanted, fallbackW, atMs) - worstAt(charger, atMs)));
    if (raised.some((watts, at) => watts > 0 && (worst[at] ?? 0) + watts > (left[at] ?? 0))) {
      waits.push(evseKey);
      continue;
    }
    raised.forEach((watts, at) => (worst[at] = (worst[at] ?? 0) + watts));
    leaves.push(evseKey);
  }
  return { leaves, waits };
}

function worstAt({ possible, fallbackW }: ToldCharger, atMs: EpochMs): number {
  return possible.reduce((most, profile) => Math.max(most, limitAt(profile, fallbackW, atMs)), 0);
}

/** Between these nothing changes. */
function changesFrom(chargers: readonly ToldCharger[], nowMs: EpochMs): readonly EpochMs[] {
  const instants = new Set([nowMs]);
  for (const { possible, wanted } of chargers)
    for (const { periods, toMs } of wanted === undefined ? possible : [...possible, wanted]) {
      for (const { fromMs } of periods) if (fromMs > nowMs) instants.add(fromMs);
      if (toMs > nowMs) instants.add(toMs);
    }
  return [...instants].toSorted((a, b) => a - b);
}
