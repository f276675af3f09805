/**
 * SML value by value against Debian's libsml, which nobody here wrote: generated files of every integer length, sign, scaler,
 * unit, optional part and time, and a meter's published capture. What libsml of that age does not know (Kermit's checksum,
 * escapes inside a file, local times) is shown in the unit tests instead.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DecodedValue } from '../../../src/main/metering/codec/decoded-value.ts';
import { createSmlReader } from '../../../src/main/metering/codec/sml/sml-reader.ts';
import { dlmsUnit } from '../../../src/main/metering/codec/sml/dlms-unit.ts';
import { exactText } from '../../../src/main/metering/codec/exact-number.ts';
import { ISKRA_METER } from '../../support/published-captures.ts';
import { framesOf, readAll } from '../../support/read-stream.ts';
import * as sml from '../../support/sml-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FILES = process.env['SWITCHYARD_LONG'] === '1' ? 20_000 : 1_000;
const TIME_LIMIT_MS = 120_000;

/** No C compiler, or no libsml-dev for it; both are installed before the flow tests where that is possible. */
function isAbsent(): boolean {
  return spawnSync('cc', ['-E', '-'], { input: '#include <sml/sml_file.h>\n' }).status !== 0;
}

/** Builds the C program and gives it the files, as one stream. */
function readWithLibsml(files: readonly Uint8Array[]): string[] {
  const program = path.join(temporaryFolder(), 'libsml-values');
  execFileSync('cc', ['-O1', '-o', program, path.join(import.meta.dirname, 'libsml-values.c'), '-lsml']);
  const input = Buffer.concat(files.flatMap((file) => [Uint8Array.of(file.length & 0xff, file.length >> 8), file]));
  const output = execFileSync(program, {
    input,
    maxBuffer: 1 << 30,
    timeout: TIME_LIMIT_MS / 2,
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return output.toString().trimEnd().split('\n');
}

const CODE = {
  0: [1, 0, 1, 8, 0, 255],
  1: [1, 0, 16, 7, 0, 255],
  2: [1, 0, 32, 7, 0, 255],
  3: [1, 0, 96, 1, 0, 255],
} as const;
const UNIT_OF = { 0: 30, 1: 27, 2: 35, 3: 255 } as const;

const integer = fc.oneof(
  fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }))
    .map(([size, some]) => sml.signed(BigInt.asIntN(8 * size, some), size)),
  fc
    .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }))
    .map(([size, some]) => sml.unsigned(BigInt.asUintN(8 * size, some), size)),
);
// Four bytes of an escape would be doubled, which libsml does not undo.
const octets = fc.array(fc.integer({ min: 0x20, max: 0xff }), { minLength: 1, maxLength: 40 }).map(sml.octets);
const entry = fc
  .record({
    which: fc.constantFrom(0, 1, 2, 3),
    value: fc.oneof({ weight: 5, arbitrary: integer }, octets, fc.constant(sml.LEFT_OUT)),
    scaler: fc.oneof(
      fc.integer({ min: -6, max: 6 }).map((some) => sml.signed(some, 1)),
      fc.constant(sml.LEFT_OUT),
    ),
    status: fc.oneof(
      fc.nat(0xffff).map((some) => sml.unsigned(some, 2)),
      fc.constant(sml.LEFT_OUT),
    ),
    time: fc.oneof(
      fc.nat(0xffff).map((some) => sml.list(sml.unsigned(1, 1), sml.unsigned(some, 4))),
      fc.constant(sml.LEFT_OUT),
    ),
  })
  .map(({ which, ...rest }) => ({ ...rest, obis: CODE[which], unit: sml.unsigned(UNIT_OF[which], 1) }));
const file = fc
  .array(entry, { minLength: 1, maxLength: 14 })
  .map((entries) => sml.smlFile(entries))
  .filter((bytes) => !hasEscapeInside(bytes));

function hasEscapeInside(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(8, -8)).toString('latin1').includes('\u001B\u001B\u001B');
}

function lineOf({ obis, number, text, quality, unit }: DecodedValue): string {
  if (quality === 'absent') return `${obis} absent`;
  if (number === undefined) return `${obis} ${text}`;
  return `${obis} ${exactText(number)} ${unit ?? ''}`;
}

/** libsml's line in our own words: its integer, scaler and unit put together here by other means. */
function sayLibsml(line: string): string {
  const [code = '', kind, first = '', scaler = '0', unit = '255'] = line.split(' ');
  const [a, b, c, d, e] = code.split('.');
  const obis = `${a}-${b}:${c}.${d}.${e}`;
  if (kind === 'absent') return `${obis} absent`;
  if (kind === 'octets') {
    const bytes = Buffer.from(first, 'hex');
    const isPlain = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
    return `${obis} ${isPlain ? bytes.toString('latin1') : (first.match(/../gu) ?? []).join(' ')}`;
  }
  return `${obis} ${shift(first, Number(scaler))} ${dlmsUnit(Number(unit))?.unit ?? ''}`;
}

/** The decimal point moved in the text itself. */
function shift(digits: string, places: number): string {
  const isNegative = digits.startsWith('-');
  const plain = isNegative ? digits.slice(1) : digits;
  if (places >= 0) return plain === '0' ? '0' : `${digits}${'0'.repeat(places)}`;
  const padded = plain.padStart(1 - places, '0');
  return `${isNegative ? '-' : ''}${padded.slice(0, places)}.${padded.slice(places)}`;
}

test.skipIf(isAbsent())('libsml reads the same values in every file', { timeout: TIME_LIMIT_MS }, () => {
  const files = [Uint8Array.from(ISKRA_METER), ...fc.sample(file, { numRuns: FILES, seed: 20_240_801 })];
  const theirs = readWithLibsml(files).filter((line) => !line.startsWith('file'));
  const ours = files.flatMap((bytes) => framesOf(readAll(createSmlReader(), bytes)).flatMap(({ values }) => values));
  expect(ours.length).toBeGreaterThan(FILES);
  expect(ours.map(lineOf)).toEqual(theirs.map(sayLibsml));
});
