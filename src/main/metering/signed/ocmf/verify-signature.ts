/**
 * Whether a key signed these bytes: ECDSA over SHA-256 (FIPS 186-5, 6.4.2), the digest cut to the curve's bits on those of 192. The
 * signature is `SEQUENCE { r, s }` in DER, as OCMF says, or r and s alone at their full length, as some meters send. Both s and n - s
 * verify: meters do not choose the lower one.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { Curve } from './curves.ts';
import { INTEGER, readElements, SEQUENCE, unsignedBytes } from './der.ts';
import type { PublicKey } from './public-key.ts';

/** r and s, each at the curve's length; undefined where the bytes are no signature of this curve. */
export function readSignature(bytes: Uint8Array, curve: Curve): Uint8Array | undefined {
  const [inner] = readElements(bytes, [SEQUENCE]) ?? [];
  const numbers = inner === undefined ? undefined : readElements(inner, [INTEGER, INTEGER]);
  if (numbers === undefined) return bytes.length === 2 * curve.bytes ? bytes : undefined;
  const parts = numbers.map((content) => unsignedBytes(content));
  if (parts.some(({ length }) => length === 0 || length > curve.bytes)) return undefined;
  return Buffer.concat(parts.flatMap((part) => [new Uint8Array(curve.bytes - part.length), part]));
}

/** @param signature as `readSignature` gives it */
export function isSignedBy(key: PublicKey, signed: Uint8Array, signature: Uint8Array): boolean {
  const digest = createHash('sha256').update(signed).digest();
  return key.curve.ecdsa.verify(Uint8Array.from(signature), Uint8Array.from(digest), key.point, {
    prehash: false,
    lowS: false,
    format: 'compact',
  });
}
