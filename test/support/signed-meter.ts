/**
 * A meter that signs, for tests: its records are put together by hand and signed by OpenSSL through `node:crypto`, which shares nothing
 * with what verifies them.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** OCMF's names of the curves and OpenSSL's. */
export const OPENSSL_CURVES: ReadonlyMap<string, string> = new Map([
  ['secp192k1', 'secp192k1'],
  ['secp256k1', 'secp256k1'],
  ['secp192r1', 'prime192v1'],
  ['secp256r1', 'prime256v1'],
  ['brainpool256r1', 'brainpoolP256r1'],
  ['secp384r1', 'secp384r1'],
  ['brainpool384r1', 'brainpoolP384r1'],
]);

export type SignedMeter = {
  readonly curve: string;
  /** SubjectPublicKeyInfo in DER, in hexadecimal. */
  readonly publicKey: string;
  readonly pem: string;
  readonly key: KeyObject;
  /** An OCMF record around this payload, whatever it is. */
  readonly sign: (payload: string, encoding?: 'hex' | 'base64') => string;
};

export function openSignedMeter(curve = 'secp256r1', pkcs8Pem?: string): SignedMeter {
  const privateKey =
    pkcs8Pem === undefined
      ? generateKeyPairSync('ec', { namedCurve: OPENSSL_CURVES.get(curve) ?? curve }).privateKey
      : createPrivateKey(pkcs8Pem);
  const publicKey = createPublicKey(privateKey);
  return {
    curve,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('hex'),
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    key: publicKey,
    sign: (payload, encoding = 'hex') => {
      const section = {
        SA: `ECDSA-${curve}-SHA256`,
        SE: encoding,
        SD: sign('sha256', Buffer.from(payload), privateKey).toString(encoding),
      };
      return `OCMF|${payload}|${JSON.stringify(section)}`;
    },
  };
}

export type PayloadReading = Readonly<Record<string, unknown>>;

export const beginReading = (fields: PayloadReading = {}): PayloadReading => ({
  TM: '2026-06-01T08:00:00,000+0200 S',
  TX: 'B',
  RV: 100.5,
  RI: '1-b:1.8.0',
  RU: 'kWh',
  RT: 'AC',
  EF: '',
  ST: 'G',
  ...fields,
});

export const endReading = (fields: PayloadReading = {}): PayloadReading =>
  beginReading({ TM: '2026-06-01T09:00:00,000+0200 S', TX: 'E', RV: 123.75, ...fields });

/** As a meter writes it; what a test names replaces the field, `undefined` leaves it out. */
export function madePayload(fields: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    FV: '1.2',
    GI: 'made gateway',
    GS: 'G-1',
    PG: 'T7',
    MS: 'M-1',
    IS: true,
    IT: 'NONE',
    RD: [beginReading(), endReading()],
    ...fields,
  });
}
