/** Damages a message as lines and clumsy recorders do: each kind by its name, so that what a checksum owes can be told apart. */

/** Up to three bits anywhere; a burst of sixteen bits at most; bits of one byte; and changes of length or order. */
export type Damage = 'one-byte' | 'few-bits' | 'short-burst' | 'long';

const pick = (random: () => number, below: number): number => Math.floor(random() * below);

export function mutateBytes(
  bytes: Uint8Array,
  random: () => number,
): { readonly bytes: Uint8Array; readonly damage: Damage } {
  const kind = pick(random, 10);
  const at = pick(random, bytes.length);
  if (kind < 2) return { bytes: flip(bytes, [[at, 1 + pick(random, 255)]]), damage: 'one-byte' };
  if (kind < 4) {
    const places = Array.from(
      { length: 1 + pick(random, 3) },
      () => [pick(random, bytes.length), 1 << pick(random, 8)] as const,
    );
    return { bytes: flip(bytes, places), damage: 'few-bits' };
  }
  if (kind < 5) {
    const next = Math.min(at + 1, bytes.length - 1);
    return {
      bytes: flip(bytes, [
        [at, 1 + pick(random, 255)],
        [next, pick(random, 256)],
      ]),
      damage: 'short-burst',
    };
  }
  return { bytes: mutateLong(bytes, at, kind, random), damage: 'long' };
}

function flip(bytes: Uint8Array, places: readonly (readonly [number, number])[]): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (const [at, mask] of places) changed[at] = (changed[at] ?? 0) ^ mask;
  return changed;
}

function mutateLong(bytes: Uint8Array, at: number, kind: number, random: () => number): Uint8Array {
  const run = 1 + pick(random, 12);
  const [before, behind] = [[...bytes.subarray(0, at)], [...bytes.subarray(at)]];
  const noise = Array.from({ length: run }, () => pick(random, 256));
  if (kind === 5) return Uint8Array.from([...before, ...noise, ...behind]);
  if (kind === 6) return Uint8Array.from([...before, ...behind.slice(run)]);
  if (kind === 7) return Uint8Array.from([...before, ...noise, ...behind.slice(run)]);
  if (kind === 8) return Uint8Array.from([...before, ...behind.slice(0, run), ...behind]);
  return Uint8Array.from(before);
}
