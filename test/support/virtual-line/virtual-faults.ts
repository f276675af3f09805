/** All that goes wrong on a line, as what becomes of one answer: pieces with a pause before each, and whatever else is heard. */
import { withCrc } from '../../../src/main/serial/modbus/crc16.ts';
import { questionBytes } from '../../../src/main/serial/modbus/rtu-frame.ts';
import { RTU_RULES } from '../../../src/main/serial/modbus/rtu-rules.ts';
import { FIRST_TIMEOUT_MS } from '../../../src/shared/domain/metering/answer-time-out.ts';

export type Heard = { readonly afterMs: number; readonly bytes: Uint8Array };

export type VirtualFault = {
  readonly name: string;
  /** What is heard instead of the frame; the first pause counts from when the answer was due. */
  readonly instead: (frame: Uint8Array, chance: () => number) => readonly Heard[];
  /** Of the questions that meet it. */
  readonly share: number;
  /** After it the slave hears nothing for so long. */
  readonly deafMs?: number;
  /** The adapter is pulled out and comes back under another name. */
  readonly unplugs?: boolean;
  /** Answers may come before earlier ones. No meter does so: it shows that wrong readings would be noticed. */
  readonly overtakes?: boolean;
};

const whole = (frame: Uint8Array, afterMs = 0): Heard => ({ afterMs, bytes: frame });
const noise = (chance: () => number, most: number): Uint8Array =>
  Uint8Array.from({ length: 1 + Math.floor(chance() * most) }, () => Math.floor(chance() * 256));
const cutAt = (frame: Uint8Array, chance: () => number): number => 1 + Math.floor(chance() * (frame.length - 1));

/** At most three wrong bits, which a CRC-16 notices for certain. */
function spoilBits(frame: Uint8Array, chance: () => number): Uint8Array {
  const spoiled = Uint8Array.from(frame);
  const bits = new Set<number>();
  while (bits.size < 1 + Math.floor(chance() * 3)) bits.add(Math.floor(chance() * frame.length * 8));
  for (const bit of bits) spoiled[bit >> 3] = (spoiled[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return spoiled;
}

function sealAgain(frame: Uint8Array, unit: number): Uint8Array {
  return withCrc([unit, ...frame.subarray(1, -2)]);
}

const LATE_IN_GUARD_MS = FIRST_TIMEOUT_MS + RTU_RULES.guardMs / 2;
const LATE_AFTER_GUARD_MS = FIRST_TIMEOUT_MS + RTU_RULES.guardMs + 400;

export const VIRTUAL_FAULTS: readonly VirtualFault[] = [
  { name: 'nothing', share: 0, instead: (frame) => [whole(frame)] },
  { name: 'wrong CRC', share: 0.3, instead: (frame, chance) => [whole(spoilBits(frame, chance))] },
  { name: 'short frame', share: 0.3, instead: (frame, chance) => [whole(frame.slice(0, cutAt(frame, chance)))] },
  {
    name: 'noise before the answer',
    share: 0.3,
    instead: (frame, chance) => [whole(Uint8Array.from([...noise(chance, 20), ...frame]))],
  },
  {
    name: 'noise after the answer',
    share: 0.3,
    instead: (frame, chance) => [whole(frame), { afterMs: 200 * chance(), bytes: noise(chance, 20) }],
  },
  { name: 'dropped answer', share: 0.3, instead: () => [] },
  {
    name: 'gap in the frame',
    share: 0.3,
    instead: (frame, chance) => {
      const at = cutAt(frame, chance);
      return [whole(frame.slice(0, at)), { afterMs: 5 + 200 * chance(), bytes: frame.slice(at) }];
    },
  },
  { name: 'late, within the time-out', share: 0.3, instead: (frame) => [whole(frame, FIRST_TIMEOUT_MS / 2)] },
  { name: 'late, within the guard', share: 0.3, instead: (frame) => [whole(frame, LATE_IN_GUARD_MS)] },
  { name: 'late, after the guard', share: 0.3, instead: (frame) => [whole(frame, LATE_AFTER_GUARD_MS)] },
  {
    name: 'late, by anything up to nine seconds',
    share: 0.3,
    instead: (frame, chance) => [whole(frame, 9_000 * chance())],
  },
  {
    name: 'another unit answers',
    share: 0.3,
    instead: (frame) => [whole(sealAgain(frame, ((frame[0] ?? 0) % 3) + 1))],
  },
  {
    name: 'exceptions',
    share: 0.3,
    instead: (frame, chance) => {
      const code = [2, 4, 5, 6][Math.floor(chance() * 4)] ?? 4;
      return [whole(withCrc([frame[0] ?? 0, (frame[1] ?? 0) | 0x80, code]))];
    },
  },
  {
    name: 'two masters',
    share: 0.3,
    // The other one asks the same unit for as many registers, and is answered.
    instead: (frame, chance) => {
      const [unit = 0, functionCode = 4, byteCount = 0] = frame;
      const first = chance() < 0.5 ? 0x34 : 0x00;
      const question = questionBytes(unit, functionCode === 3 ? 3 : 4, first, byteCount / 2);
      const strange = withCrc([unit, functionCode, byteCount, ...Array.from({ length: byteCount }, () => 0x43)]);
      const ours = whole(frame, 20);
      return chance() < 0.5
        ? [{ afterMs: 5, bytes: question }, { afterMs: 30, bytes: strange }, ours]
        : [ours, { afterMs: 200 * chance(), bytes: question }, { afterMs: 30, bytes: strange }];
    },
  },
  { name: 'unplugged, back under another name', share: 0.02, unplugs: true, instead: (frame) => [whole(frame)] },
  {
    name: 'starts anew in the middle of a frame',
    share: 0.1,
    deafMs: 1_500,
    instead: (frame, chance) => [
      whole(frame.slice(0, cutAt(frame, chance))),
      { afterMs: 1_200, bytes: noise(chance, 6) },
    ],
  },
];

export const OVERTAKING: VirtualFault = {
  name: 'answers that overtake each other (as none do)',
  share: 0.5,
  overtakes: true,
  instead: (frame, chance) => [whole(frame, 9_000 * chance())],
};
