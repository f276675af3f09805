/** What is done today, each in its plainest form, written from its definition: powers are continuous, and whoever comes first takes all it can. */
import { startFilling, type GarageLine } from './garage-lines.ts';
import type { Algorithm, Plugged } from './month.ts';

/** Each at full power from its arrival on; nobody looks at the lines. */
export const uncontrolled: Algorithm = (_, plugged) => plugged.map(({ session }) => session.maxKw);

/** Who leaves first is served first. */
export function earliestDeadline(lines: readonly GarageLine[], periodHours: number): Algorithm {
  return inOrder(lines, periodHours, ({ session }) => session.until);
}

/** Who could wait least is served first: the time it is there for, less what it needs at full power. */
export function leastLaxity(lines: readonly GarageLine[], periodHours: number): Algorithm {
  return inOrder(lines, periodHours, ({ session, leftKwh }) => session.until - leftKwh / session.maxKw / periodHours);
}

function inOrder(lines: readonly GarageLine[], periodHours: number, keyOf: (each: Plugged) => number): Algorithm {
  return (_, plugged) => {
    const fill = startFilling(lines);
    const powers = plugged.map(() => 0);
    const order = plugged
      .map((each, at) => ({ each, at, key: keyOf(each) }))
      .toSorted((a, b) => a.key - b.key || (a.each.session.id < b.each.session.id ? -1 : 1));
    for (const { each, at } of order) powers[at] = fill(each.session.station, wantedKw(each, periodHours));
    return powers;
  };
}

const STEP_AMPERES = 1;

/** One ampere for each in turn, until nobody can take another; the turn begins one further on each period. */
export function roundRobin(lines: readonly GarageLine[], periodHours: number, volts: number): Algorithm {
  const stepKw = (STEP_AMPERES * volts) / 1000;
  return (period, plugged) => {
    const fill = startFilling(lines);
    const powers = plugged.map(() => 0);
    let queue = plugged.map((_, at) => (at + period) % plugged.length);
    while (queue.length > 0) {
      queue = queue.filter((at) => {
        const each = plugged[at];
        if (each === undefined) return false;
        const askedKw = Math.min(stepKw, wantedKw(each, periodHours) - (powers[at] ?? 0));
        const kw = fill(each.session.station, askedKw);
        powers[at] = (powers[at] ?? 0) + kw;
        return kw >= stepKw;
      });
    }
    return powers;
  };
}

function wantedKw({ session, leftKwh }: Plugged, periodHours: number): number {
  return Math.min(session.maxKw, leftKwh / periodHours);
}
