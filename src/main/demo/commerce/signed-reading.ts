/**
 * Signed readings (OCMF 1.0) of the demo's German charge points, with a key of each charge point's own made from the seed. The meter counts
 * on from session to session, so its register is what a session's place in time says.
 */
import { createECDH, createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { DemoEvse } from '../fleet/charging-network.ts';

/** What of a session its meter signs. */
type MeteredSession = {
  readonly evse: Pick<DemoEvse, 'uid' | 'evseId'>;
  readonly startMs: number;
  readonly endMs: number;
  readonly page: number;
};

export type SignedReading = { readonly text: string; readonly publicKey: string };

/** SubjectPublicKeyInfo of an uncompressed point on secp256r1 (RFC 5480, 2). */
const SPKI_HEAD = '3059301306072a8648ce3d020106082a8648ce3d030107034200';
const FIRST_PAGE_MS = Date.UTC(2026, 0, 1);

/** @param tampered a digit is altered after it was signed */
export function signReading(seed: number, session: MeteredSession, energyE4: number, tampered: boolean): SignedReading {
  const { key, publicKey } = keyOf(seed, session.evse.uid);
  const beginWh = Math.floor((session.startMs - FIRST_PAGE_MS) / 30_000) * 10;
  const endWh = beginWh + Math.round(energyE4 / 10);
  const reading = (tx: string, atMs: number, wh: number): unknown => ({
    TM: `${new Date(atMs).toISOString().replace('.', ',').replace('Z', '+0000')} S`,
    TX: tx,
    RV: wh / 1000,
    RI: '01-00:98.08.00*FF',
    RU: 'kWh',
    RT: 'DC',
    EF: '',
    ST: 'G',
  });
  const payload = JSON.stringify({
    FV: '1.0',
    GI: 'Switchyard demo gateway',
    GS: `GW-${session.evse.uid}`,
    GV: '1.2',
    PG: `T${session.page}`,
    MV: 'Demo',
    MM: 'DC meter',
    MS: `DCM-${session.evse.uid}`,
    IS: true,
    IL: 'TRUSTED',
    IF: [],
    IT: 'NONE',
    ID: '',
    CT: 'EVSEID',
    CI: session.evse.evseId,
    RD: [reading('B', session.startMs, beginWh), reading('E', session.endMs, endWh)],
  });
  const signature = sign('sha256', Buffer.from(payload, 'utf8'), key).toString('hex');
  const shown = tampered ? payload.replace(`"RV":${endWh / 1000}`, `"RV":${(endWh + 1000) / 1000}`) : payload;
  return { text: `OCMF|${shown}|{"SA":"ECDSA-secp256r1-SHA256","SD":"${signature}"}`, publicKey };
}

function keyOf(seed: number, evseUid: string): { readonly key: KeyObject; readonly publicKey: string } {
  const curve = createECDH('prime256v1');
  const secret = createHash('sha256').update(`switchyard demo ${seed} ${evseUid}`).digest();
  curve.setPrivateKey(secret);
  const point = curve.getPublicKey();
  const coordinate = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  const key = createPrivateKey({
    format: 'jwk',
    key: { kty: 'EC', crv: 'P-256', d: secret.toString('base64url'), x: coordinate(1), y: coordinate(33) },
  });
  return { key, publicKey: `${SPKI_HEAD}${point.toString('hex')}` };
}
