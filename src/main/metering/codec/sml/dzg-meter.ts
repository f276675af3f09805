/**
 * DZG's DVS74 meters up to a firmware send a power of 327.68 to 655.35 W as a signed number of two bytes, which would be
 * negative. Nothing in the message but the serial number tells them: DZG names the ranges 42000000 to 48999999 and 55000000 to
 * 58999999 (github.com/volkszaehler/libsml, pull request 136). What is truly negative they were seen to send in four bytes.
 * DZG's other meters send two rightly (issues 132 and 162 there).
 */
import { unsignedOf } from './sml-element.ts';

const SERIAL_LENGTH = 10;
/** Electricity, then the maker's letters “DZG”. */
const SERIAL_HEAD = [0x0a, 0x01, 0x44, 0x5a, 0x47];
const RANGES: readonly (readonly [bigint, bigint])[] = [
  [42_000_000n, 48_999_999n],
  [55_000_000n, 58_999_999n],
];

/** @param serial the server id, or the value of 1-0:96.1.0 */
export function mistakesPowerForSigned(serial: Uint8Array): boolean {
  if (serial.length !== SERIAL_LENGTH || !SERIAL_HEAD.every((byte, at) => serial[at] === byte)) return false;
  const number = unsignedOf(serial.subarray(SERIAL_HEAD.length)) ?? 0n;
  return RANGES.some(([first, last]) => number >= first && number <= last);
}
