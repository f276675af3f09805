/**
 * A meter's public key in the shapes it comes in: SubjectPublicKeyInfo (RFC 5480) in PEM, hexadecimal or base64; a point alone, with or
 * without its leading byte (SEC 1, 2.3.3); and the composition `oca:base16:asn1:…` of the Open Charge Alliance's note on signed meter
 * values. Whatever the shape, the same key has one fingerprint. A point that is not on its curve is refused here, so that verifying
 * never meets one.
 */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { readBase64, readHex, readUtf8 } from './byte-text.ts';
import { CURVES, type Curve } from './curves.ts';
import { BIT_STRING, element, OBJECT_ID, readElements, SEQUENCE } from './der.ts';

export type PublicKey = {
  readonly curve: Curve;
  /** Uncompressed. */
  readonly point: Uint8Array;
  /** SubjectPublicKeyInfo in DER, in hexadecimal. */
  readonly text: string;
  /** SHA-256 of those bytes. */
  readonly fingerprint: string;
};

export type KeyRefusal = 'key-unreadable' | 'unsupported-algorithm';

const MOST_CHARACTERS = 2_000;
const EC_PUBLIC_KEY = Buffer.from('2a8648ce3d0201', 'hex');
const PEM = /-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----/u;
const OPEN_CHARGE = /^oca:(base16|base64):asn1:(.+)$/isu;
const NO_KEY =
  'The key is neither PEM, nor a SubjectPublicKeyInfo or point in hexadecimal or base64. Copy it anew from the meter or the operator.';

/** @param hint the curve of a point that comes alone: the one its record names */
export function readPublicKey(text: string, hint: Curve | undefined): Result<PublicKey, KeyRefusal> {
  if (text.length > MOST_CHARACTERS) return refuse('key-unreadable', 'The key is longer than any meter’s key.');
  const shapes = keyShapes(text.trim());
  let refusal = refuse<KeyRefusal>('key-unreadable', NO_KEY);
  for (const bytes of shapes) {
    const read = readKeyBytes(bytes, hint);
    if (read.ok) return read;
    if (read.code === 'unsupported-algorithm' || refusal.message === NO_KEY) refusal = read;
  }
  return refusal;
}

/** A text of hexadecimal digits is base64 too, so each reading is tried in turn. */
function keyShapes(text: string): readonly Uint8Array[] {
  const [, pem] = PEM.exec(text) ?? [];
  if (pem !== undefined) return present([readBase64(pem)]);
  const [, encoding, printed] = OPEN_CHARGE.exec(text) ?? [];
  if (printed !== undefined)
    return present([
      encoding?.toLowerCase() === 'base16' ? readHex(printed.replace(/^0x/iu, '')) : readBase64(printed),
    ]);
  const decoded = readBase64(text);
  const inner = decoded === undefined ? undefined : readUtf8(decoded);
  const composed = inner !== undefined && OPEN_CHARGE.test(inner) ? keyShapes(inner) : [];
  return [...composed, ...present([readHex(text.replace(/^0x/iu, '')), decoded])];
}

const present = (shapes: readonly (Uint8Array | undefined)[]) => shapes.filter((shape) => shape !== undefined);

function readKeyBytes(bytes: Uint8Array, hint: Curve | undefined): Result<PublicKey, KeyRefusal> {
  const info = readElements(bytes, [SEQUENCE])?.[0];
  if (info !== undefined) return readKeyInfo(info);
  if (hint === undefined)
    return refuse('key-unreadable', 'The key is a point without its curve. Give it as SubjectPublicKeyInfo or PEM.');
  const bare = bytes.length === 2 * hint.bytes;
  return keyOf(hint, bare ? Buffer.concat([Uint8Array.of(4), bytes]) : bytes);
}

function readKeyInfo(info: Uint8Array): Result<PublicKey, KeyRefusal> {
  const [algorithm, bits] = readElements(info, [SEQUENCE, BIT_STRING]) ?? [];
  if (algorithm === undefined || bits === undefined || bits[0] !== 0) return refuse('key-unreadable', NO_KEY);
  const [kind, curveId] = readElements(algorithm, [OBJECT_ID, OBJECT_ID]) ?? [];
  const named = Buffer.from(curveId ?? []).toString('hex');
  const found = CURVES.find(({ objectId }) => objectId === named);
  if (kind === undefined || !EC_PUBLIC_KEY.equals(kind) || found === undefined)
    return refuse('unsupported-algorithm', 'The key is of none of the seven curves that OCMF defines.');
  return keyOf(found, bits.subarray(1));
}

function keyOf(curve: Curve, bytes: Uint8Array): Result<PublicKey, KeyRefusal> {
  const point = pointOn(curve, bytes);
  if (point === undefined)
    return refuse(
      'key-unreadable',
      `The key is no point on ${curve.name}. Copy it anew from the meter or the operator.`,
    );
  const algorithm = element(
    SEQUENCE,
    element(OBJECT_ID, EC_PUBLIC_KEY),
    element(OBJECT_ID, Buffer.from(curve.objectId, 'hex')),
  );
  const info = element(SEQUENCE, algorithm, element(BIT_STRING, Uint8Array.of(0), point));
  return accept({
    curve,
    point,
    text: Buffer.from(info).toString('hex'),
    fingerprint: createHash('sha256').update(info).digest('hex'),
  });
}

/** The library says “not on the curve” by throwing. */
function pointOn({ ecdsa }: Curve, bytes: Uint8Array): Uint8Array | undefined {
  try {
    const point = ecdsa.Point.fromBytes(Uint8Array.from(bytes));
    point.assertValidity();
    return point.toBytes(false);
  } catch {
    return undefined;
  }
}
