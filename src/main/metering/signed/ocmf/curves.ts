/**
 * The seven elliptic curves of OCMF (1.0 to 1.4, table “Predefined Signature Algorithms”), each with SHA-256. One implementation for all
 * of them, `@noble/curves`: Electron's own cryptography has two, so that a record would verify in a test and not in the window. The
 * OCMF packages built on it are not used: they split the text at every `|`, read hexadecimal signatures only and drop the decimals of
 * readings. Parameters of the two curves of 192 bits are from SEC 2 version 1.0, 2.2.1 and 2.2.2.
 */
import { ecdsa, weierstrass, type ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { brainpoolP256r1, brainpoolP384r1 } from '@noble/curves/misc.js';
import { p256, p256_hasher, p384 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';

const P192K1 = {
  p: 0xfffffffffffffffffffffffffffffffffffffffeffffee37n,
  a: 0n,
  b: 3n,
  n: 0xfffffffffffffffffffffffe26f2fc170f69466a74defd8dn,
  h: 1n,
  Gx: 0xdb4ff10ec057e9ae26b07d0280b7f4341da5d1b1eae06c7dn,
  Gy: 0x9b2f2f6d9c5628a7844163d015be86344082aa88d95e2f9dn,
};
const P192R1 = {
  p: 0xfffffffffffffffffffffffffffffffeffffffffffffffffn,
  a: 0xfffffffffffffffffffffffffffffffefffffffffffffffcn,
  b: 0x64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1n,
  n: 0xffffffffffffffffffffffff99def836146bc9b1b4d22831n,
  h: 1n,
  Gx: 0x188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012n,
  Gy: 0x07192b95ffc8da78631011ed6b24cdd573f977a11e794811n,
};

/** The library asks for one with each curve, also where the digest comes ready. */
const SHA_256 = p256_hasher.defaults.hash;

export type Curve = {
  readonly name: string;
  /** Values of `SA`, the standard's first. Some meters write the curve's name as RFC 5639 does. */
  readonly algorithms: readonly string[];
  /** Object identifier as DER writes it, in hexadecimal. */
  readonly objectId: string;
  readonly bytes: number;
  readonly ecdsa: ECDSA;
};

export const CURVES: readonly Curve[] = [
  curve('secp192k1', '2b8104001f', 24, ecdsa(weierstrass(P192K1), SHA_256)),
  curve('secp256k1', '2b8104000a', 32, secp256k1),
  curve('secp192r1', '2a8648ce3d030101', 24, ecdsa(weierstrass(P192R1), SHA_256)),
  curve('secp256r1', '2a8648ce3d030107', 32, p256),
  curve('brainpool256r1', '2b2403030208010107', 32, brainpoolP256r1, 'brainpoolP256r1'),
  curve('secp384r1', '2b81040022', 48, p384),
  curve('brainpool384r1', '2b240303020801010b', 48, brainpoolP384r1, 'brainpoolP384r1'),
];

/** Holds where a record names none. */
export const DEFAULT_ALGORITHM = 'ECDSA-secp256r1-SHA256';

export function curveOfAlgorithm(algorithm: string): Curve | undefined {
  return CURVES.find(({ algorithms }) => algorithms.includes(algorithm));
}

function curve(name: string, objectId: string, bytes: number, implementation: ECDSA, otherName?: string): Curve {
  const names = otherName === undefined ? [name] : [name, otherName];
  return { name, algorithms: names.map((one) => `ECDSA-${one}-SHA256`), objectId, bytes, ecdsa: implementation };
}
