/**
 * Damaged messages by the thousand, each followed by a whole one: nothing throws, every byte is accounted for, and what is taken
 * is what was sent. What a check owes differs: SML's two checksums let nothing of this through; P1's sixteen bits owe every
 * short damage of what they cover and all but one in 65 536 of the rest, mode C's check character each damage of one byte and
 * all but one in 128; a telegram without any check owes nothing, and its values are called unchecked.
 */
import { expect, test } from 'vitest';
import { createIec62056Reader } from '../../../src/main/metering/codec/iec62056/iec62056-reader.ts';
import { createP1Reader } from '../../../src/main/metering/codec/p1/p1-reader.ts';
import { createSmlReader } from '../../../src/main/metering/codec/sml/sml-reader.ts';
import type { StreamReader } from '../../../src/main/metering/codec/stream-pieces.ts';
import { mutateBytes, type Damage } from '../../support/mutate-bytes.ts';
import { printFigures } from '../../support/print-figures.ts';
import { ISKRA_METER } from '../../support/published-captures.ts';
import { dataMessage, p1Telegram, pushTelegram, withEvenParity } from '../../support/readable-messages.ts';
import { firstUnaccounted } from '../../support/read-stream.ts';
import { chooseSeed, seededRandom } from '../../support/seeded-random.ts';
import { signed, smlFile, unsigned } from '../../support/sml-encoder.ts';

const isLong = process.env['SWITCHYARD_LONG'] === '1';
const MUTATIONS = isLong ? 1_000_000 : 20_000;
const TIME_LIMIT_MS = isLong ? 1_800_000 : 120_000;

const LINES = [
  '0-0:96.1.1(12345678)',
  '1-0:1.8.1(001581.123*kWh)',
  '1-0:2.8.1(000004.400*kWh)',
  '1-0:1.7.0(02.027*kW)',
];
const NOTHING = new Uint8Array(0);
const REPEAT_REQUEST = 0x15;
const VERSION = '1-3:0.2.8(50)';
const GAS = [VERSION, '0-1:24.2.1(161129200000W)', '(00981.443*m3)'];
const POWER = { obis: [1, 0, 16, 7, 0, 255], unit: unsigned(27, 1), scaler: signed(-2, 1), value: signed(-10_550, 2) };

type Case = {
  readonly name: string;
  readonly open: () => StreamReader<object>;
  readonly originals: readonly Uint8Array[];
  /** What stands between the damaged message and the next. */
  readonly between?: Uint8Array;
  /** Damage that the check finds without fail. */
  readonly owed: readonly Damage[];
  /** The share of other damage that may pass, by the check's bits. */
  readonly mayPass: number;
};

const ALL: readonly Damage[] = ['one-byte', 'few-bits', 'short-burst', 'long'];
const cases: readonly Case[] = [
  {
    name: 'SML',
    open: createSmlReader,
    originals: [Uint8Array.from(ISKRA_METER), smlFile([POWER]), smlFile([POWER, POWER], { checksum: 'kermit' })],
    owed: ALL,
    mayPass: 0,
  },
  {
    name: 'P1 with a checksum',
    open: createP1Reader,
    originals: [p1Telegram([...GAS, ...LINES]), p1Telegram([VERSION])],
    owed: ['one-byte', 'few-bits', 'short-burst'],
    mayPass: 1 / 65_536,
  },
  {
    name: 'mode C',
    open: createIec62056Reader,
    originals: [dataMessage(LINES), withEvenParity(dataMessage(LINES))],
    between: Uint8Array.of(REPEAT_REQUEST),
    owed: ['one-byte'],
    mayPass: 1 / 128,
  },
  {
    name: 'D0 and P1 without a check',
    open: createIec62056Reader,
    originals: [pushTelegram(LINES), p1Telegram(LINES, { isSealed: false })],
    owed: [],
    mayPass: 1,
  },
];

test.for(cases)(
  `$name: ${MUTATIONS} damaged messages`,
  { timeout: TIME_LIMIT_MS },
  ({ name, open, originals, owed, mayPass, between = NOTHING }) => {
    const seed = chooseSeed();
    const random = seededRandom(seed);
    const sent = new Set(originals.map((original) => keyOf(original)));
    const passed: Record<Damage, number> = { 'one-byte': 0, 'few-bits': 0, 'short-burst': 0, long: 0 };
    let [unaccounted, recovered, bytesRead] = [0, 0, 0];
    const startedMs = performance.now();
    for (let round = 0; round < MUTATIONS; round += 1) {
      const original = originals[round % originals.length] ?? new Uint8Array(0);
      const mutated = mutateBytes(original, random);
      const damage = mutated.damage === 'few-bits' && isSealTouched(original, mutated.bytes) ? 'long' : mutated.damage;
      const stream = Uint8Array.from([...mutated.bytes, ...between, ...original]);
      bytesRead += stream.length;
      const reader = open();
      const pieces = [...reader.push(stream), ...reader.flush()];
      if (firstUnaccounted(pieces, stream) !== undefined) unaccounted += 1;
      const frames = pieces.filter((piece) => piece.kind === 'frame');
      if (frames.some(({ bytes }) => !sent.has(keyOf(bytes)))) passed[damage] += 1;
      if (frames.some(({ from }) => from === mutated.bytes.length + between.length)) recovered += 1;
    }
    const seconds = (performance.now() - startedMs) / 1000;
    printFigures(`fuzz ${name}`, {
      seed,
      mutations: MUTATIONS,
      unaccounted,
      alteredAndTaken: passed,
      nextOneRead: `${((100 * recovered) / MUTATIONS).toFixed(2)} %`,
      messagesPerSecond: Math.round((2 * MUTATIONS) / seconds),
      megabytesPerSecond: Number((bytesRead / seconds / 1e6).toFixed(1)),
    });
    expect(unaccounted).toBe(0);
    expect(owed.filter((damage) => passed[damage] > 0)).toEqual([]);
    const others = ALL.filter((damage) => !owed.includes(damage)).reduce((sum, damage) => sum + passed[damage], 0);
    // Three times the expected share and a few more: chance, and not a hole.
    expect(others).toBeLessThanOrEqual(mayPass === 0 ? 0 : 5 + 3 * mayPass * MUTATIONS);
    expect(recovered / MUTATIONS).toBeGreaterThan(0.95);
  },
);

/**
 * P1 writes its checksum in four characters, one bit of which is up to four of the checksum's: together with a bit elsewhere
 * that is more damage than a few bits.
 */
function isSealTouched(original: Uint8Array, mutated: Uint8Array): boolean {
  return original.subarray(-6).some((byte, at) => byte !== mutated.at(at - 6));
}

/** What was sent and is protected: the end of the last line is neither. */
function keyOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString('latin1')
    .replace(/\r?\n?$/u, '');
}
