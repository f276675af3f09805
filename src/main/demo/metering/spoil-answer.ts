/**
 * What happens to a meter's answer on its way: nothing but the turn-around, or what the scripted faults do to it.
 * Invariant: a pure function of seed, line and the number of the answer, so that a run can be repeated.
 */
import { randomFor, type Random } from '../seeded-random.ts';

export type SpoiledAnswer = {
  readonly bytes: Uint8Array;
  /** From the end of the question to the first byte. */
  readonly delayMs: number;
  readonly isLate: boolean;
  readonly isDamaged: boolean;
};

export type AnswerFaults = { readonly late: boolean; readonly noisy: boolean };

const DAMAGED_SHARE = 0.4;

export function spoilAnswer(
  seed: number,
  lineId: string,
  answerNumber: number,
  frame: Uint8Array,
  faults: AnswerFaults,
): SpoiledAnswer {
  const random = randomFor(seed, 'meter-answer', lineId, answerNumber);
  const turnAroundMs = random.between(4, 9);
  const lateMs = faults.late ? latenessMs(random) : 0;
  const isDamaged = faults.noisy && random.chance(DAMAGED_SHARE);
  return {
    bytes: isDamaged ? damage(frame, random) : frame,
    delayMs: turnAroundMs + lateMs,
    isLate: lateMs > 0,
    isDamaged,
  };
}

/** A master waits 1000 ms and then keeps still for 500: some answers come within, some between, some after both. */
function latenessMs(random: Random): number {
  const share = random.next();
  if (share < 0.35) return 0;
  if (share < 0.6) return random.between(150, 850);
  if (share < 0.8) return random.between(1050, 1450);
  return random.between(1600, 2400);
}

function damage(frame: Uint8Array, random: Random): Uint8Array {
  const bytes = [...frame];
  const stray = (): number => random.integer(0, 255);
  switch (random.integer(0, 3)) {
    case 0: {
      // Up to three flipped bits: the CRC notices all of those.
      const places = new Set(
        Array.from({ length: random.integer(1, 3) }, () => random.integer(0, bytes.length * 8 - 1)),
      );
      for (const place of places) bytes[place >> 3] = (bytes[place >> 3] ?? 0) ^ (1 << (place & 7));
      return Uint8Array.from(bytes);
    }
    case 1:
      return Uint8Array.from([...Array.from({ length: random.integer(1, 4) }, stray), ...bytes]);
    case 2:
      bytes.splice(random.integer(1, bytes.length - 1), 0, stray());
      return Uint8Array.from(bytes);
    default:
      return frame.slice(0, random.integer(1, frame.length - 1));
  }
}
