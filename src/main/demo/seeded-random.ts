/**
 * All randomness of the demo's content. Invariant: a value depends only on the seed and the named purpose, never on
 * how many values were drawn elsewhere, so adding a feature does not reshuffle the fleet.
 */
export type Random = {
  /** In [0, 1). */
  readonly next: () => number;
  readonly between: (low: number, high: number) => number;
  /** Both ends included. */
  readonly integer: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
};

type Part = number | string;

/** A 32-bit hash of seed and purpose (murmur3's mixing). */
export function hash32(...parts: readonly Part[]): number {
  let h = 0x9e3779b9;
  for (const part of parts) {
    if (typeof part === 'string') {
      for (let index = 0; index < part.length; index++) h = mix(h, part.charCodeAt(index));
      h = mix(h, part.length);
    } else {
      h = mix(h, part | 0);
      h = mix(h, Math.floor(part / 4_294_967_296) | 0);
    }
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** One value in [0, 1) for a purpose. */
export function hashUnit(...parts: readonly Part[]): number {
  return hash32(...parts) / 4_294_967_296;
}

/** A generator (mulberry32) of its own for each purpose. */
export function randomFor(...parts: readonly Part[]): Random {
  let state = hash32(...parts);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (from) => {
      const picked = from[Math.floor(next() * from.length)];
      if (picked === undefined) throw new RangeError('Nothing can be picked from an empty list.');
      return picked;
    },
  };
}

function mix(hash: number, value: number): number {
  let k = Math.imul(value, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  let h = hash ^ Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}
