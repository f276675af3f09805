/**
 * The three kinds of element in DER (ITU-T X.690) that keys and signatures are made of. Lengths may be longer than needed and integers
 * may lack their leading zero: meters in service write both, and the numbers they mean are the same.
 */
import { Buffer } from 'node:buffer';

export const SEQUENCE = 0x30;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;
export const OBJECT_ID = 0x06;

/** More length bytes than these no key or signature needs. */
const MOST_LENGTH_BYTES = 2;

/** What each element of `bytes` holds, in order; undefined unless they are of these tags and fill the bytes exactly. */
export function readElements(bytes: Uint8Array, tags: readonly number[]): readonly Uint8Array[] | undefined {
  const contents: Uint8Array[] = [];
  let at = 0;
  for (const tag of tags) {
    const head = bytes[at] === tag ? readLength(bytes, at + 1) : undefined;
    if (head === undefined || head.from + head.length > bytes.length) return undefined;
    contents.push(bytes.subarray(head.from, head.from + head.length));
    at = head.from + head.length;
  }
  return at === bytes.length ? contents : undefined;
}

function readLength(bytes: Uint8Array, at: number): { readonly from: number; readonly length: number } | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  if (first < 0x80) return { from: at + 1, length: first };
  const count = first & 0x7f;
  if (count === 0 || count > MOST_LENGTH_BYTES || at + count >= bytes.length) return undefined;
  let length = 0;
  for (let index = 1; index <= count; index += 1) length = length * 256 + (bytes[at + index] ?? 0);
  return { from: at + 1 + count, length };
}

/** The bytes of an integer taken as not negative, without its leading zeros. */
export function unsignedBytes(content: Uint8Array): Uint8Array {
  let at = 0;
  while (at < content.length && content[at] === 0) at += 1;
  return content.subarray(at);
}

export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x81, length];
  return Buffer.concat([Uint8Array.from(head), content]);
}
