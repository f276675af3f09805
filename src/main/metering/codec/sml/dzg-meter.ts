/**
 * DZG's DVS74 meters up to a firmware send a power of 327.68 to 655.35 W as a signed number of two bytes, which would be
 * negative. Nothing in the message but the serial number tells them: DZG names the ranges 42000000 to 48999999 and 55000000 to
 * 58999999, and the firmware that is right from 60000000 on (github.com/volkszaehler/libsml, pull requests 106 and 136).
 * Meters of other kinds from 40000000 on send two bytes rightly (issues 132 and 162 there). Between them at least one sends
 * 507 W as -148.36 W (github.com/volkszaehler/vzlogger, issue 544): of the rest nobody knows. What is truly negative the
 * mistaken ones were seen to send in four bytes.
 */
import { unsignedOf } from './sml-element.ts';

/** How a meter's negative powers of less than four bytes are to be read. */
export type ShortNegatives = 'as-sent' | 'as-unsigned' | 'uncertain';

const SERIAL_LENGTH = 10;
/** Electricity, then the maker's letters “DZG”. */
const SERIAL_HEAD = [0x0a, 0x01, 0x44, 0x5a, 0x47];
const MISTAKEN: readonly (readonly [bigint, bigint])[] = [
  [42_000_000n, 48_999_999n],
  [55_000_000n, 58_999_999n],
];
const RIGHT: readonly (readonly [bigint, bigint])[] = [
  [40_000_000n, 40_999_999n],
  [60_000_000n, 2n ** 40n - 1n],
];

/** @param serial the server id, or the value of 1-0:96.1.0 */
export function shortNegativesOf(serial: Uint8Array): ShortNegatives {
  if (serial.length !== SERIAL_LENGTH || !SERIAL_HEAD.every((byte, at) => serial[at] === byte)) return 'as-sent';
  const number = unsignedOf(serial.subarray(SERIAL_HEAD.length)) ?? 0n;
  const isWithin = (ranges: typeof RIGHT): boolean => ranges.some(([first, last]) => number >= first && number <= last);
  if (isWithin(MISTAKEN)) return 'as-unsigned';
  return isWithin(RIGHT) ? 'as-sent' : 'uncertain';
}
