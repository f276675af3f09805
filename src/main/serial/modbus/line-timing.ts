/** How long things take on an RTU line (MODBUS over Serial Line V1.02, 2.5.1.1): a character has eleven bits. */
const BITS_PER_CHARACTER = 11;

/** Adapters and device servers hand bytes over in steps: what looks like silence in between may be none. */
const HAND_OVER_MS = 50;

export function transmissionMs(byteCount: number, baudRate: number): number {
  return (byteCount * BITS_PER_CHARACTER * 1000) / baudRate;
}

/** The silence that parts two frames: 3.5 characters, and fixed above 19 200 baud. */
export function silenceMs(baudRate: number): number {
  return baudRate > 19_200 ? 1.75 : transmissionMs(3.5, baudRate);
}

/** The same after bytes nobody asked for, whose end we can not know. */
export function silenceAfterUnaskedMs(baudRate: number): number {
  return Math.max(HAND_OVER_MS, silenceMs(baudRate));
}

/** How long an answer that has begun may take to end. */
export function finishingMs(byteCount: number, baudRate: number): number {
  return transmissionMs(byteCount, baudRate) + HAND_OVER_MS;
}
