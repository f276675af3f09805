/** All seven curves against OpenSSL, which signs with keys of its own, and signatures in the forms that meters send. */
import { describe, expect, test } from 'vitest';
import { CURVES } from '../../../../../../src/main/metering/signed/ocmf/curves.ts';
import { readPublicKey } from '../../../../../../src/main/metering/signed/ocmf/public-key.ts';
import { isSignedBy, readSignature } from '../../../../../../src/main/metering/signed/ocmf/verify-signature.ts';
import { judged } from '../../../../../support/judged-record.ts';
import { madePayload, openSignedMeter, OPENSSL_CURVES } from '../../../../../support/signed-meter.ts';
import { seededRandom } from '../../../../../support/seeded-random.ts';

test('the seven curves of the standard are known', () => {
  expect(CURVES.map(({ name }) => name)).toEqual([...OPENSSL_CURVES.keys()]);
});

describe.each([...OPENSSL_CURVES.keys()])('%s', (curve) => {
  const meter = openSignedMeter(curve);

  test('what OpenSSL signs verifies, in hexadecimal and in base64', () => {
    for (let round = 0; round < 4; round += 1) {
      const payload = madePayload({ PG: `T${round}` });
      expect(judged(meter.sign(payload), meter.publicKey).message).toContain('23.25 kWh');
      expect(judged(meter.sign(payload, 'base64'), meter.pem).result).toBe('valid');
    }
  });

  test('another key, another text or another signature does not', () => {
    const text = meter.sign(madePayload());
    expect(judged(text, openSignedMeter(curve).publicKey).result).toBe('invalid');
    expect(judged(text.replace('123.75', '123.76'), meter.publicKey).result).toBe('invalid');
    expect(judged(text.replace('"RV":123.75', '"RV": 123.75'), meter.publicKey).result).toBe('invalid');
  });

  test('nothing else verifies: random signatures of the right shape', () => {
    const known = CURVES.find(({ name }) => name === curve);
    const key = readPublicKey(meter.publicKey, undefined);
    if (known === undefined || !key.ok) throw new Error('The curve is not known.');
    const random = seededRandom(192);
    const signed = Buffer.from(madePayload());
    for (let round = 0; round < 20; round += 1) {
      const bytes = Buffer.from(Array.from({ length: known.bytes * 2 }, () => Math.floor(random() * 256)));
      expect(isSignedBy(key.value, signed, bytes)).toBe(false);
    }
    // r and s must lie between 1 and the order: noughts and the greatest numbers are no signature, and no exception.
    for (const fill of [0x00, 0xff])
      expect(isSignedBy(key.value, signed, new Uint8Array(known.bytes * 2).fill(fill))).toBe(false);
  });
});

test('a key of another curve is said to be another meter’s', () => {
  const text = openSignedMeter('secp256r1').sign(madePayload());
  const { result, message } = judged(text, openSignedMeter('brainpool256r1').publicKey);
  expect(result).toBe('invalid');
  expect(message).toContain('brainpool256r1');
});

test('r and s alone at full length are read, and the curve’s name as RFC 5639 writes it', () => {
  const payload = madePayload();
  const meter = openSignedMeter('brainpool256r1');
  const der = meter.sign(payload);
  const raw = readSignature(Buffer.from(/"SD":"(\w+)"/u.exec(der)?.[1] ?? '', 'hex'), curveNamed('brainpool256r1'));
  const text = `OCMF|${payload}|{"SA":"ECDSA-brainpoolP256r1-SHA256","SD":"${Buffer.from(raw ?? []).toString('hex')}"}`;
  expect(judged(text, meter.publicKey).result).toBe('valid');
});

test('an integer without its leading nought and a length in its long form mean the same number', () => {
  const curve = curveNamed('secp256r1');
  const [r, s] = [new Uint8Array(32).fill(0xf1), new Uint8Array(32).fill(0x7e)];
  const strict = Buffer.concat([Buffer.from([0x30, 0x45, 0x02, 0x21, 0x00]), r, Buffer.from([0x02, 0x20]), s]);
  const loose = Buffer.concat([Buffer.from([0x30, 0x81, 0x44, 0x02, 0x20]), r, Buffer.from([0x02, 0x20]), s]);
  expect(readSignature(loose, curve)).toEqual(readSignature(strict, curve));
  expect(readSignature(strict, curve)).toEqual(Buffer.concat([r, s]));
});

test('what is no signature is none', () => {
  const tooLong = `30260221${'01'.repeat(33)}020101`;
  const texts = [
    '',
    '30',
    '3080',
    '3006020101020100',
    '300602010102010100',
    '30060201010201ff00',
    '3084ffffffff00',
    tooLong,
  ];
  const read = texts.map((hex) => readSignature(Buffer.from(hex, 'hex'), curveNamed('secp256r1')));
  expect(read).toEqual(texts.map(() => undefined));
});

test('both s and n less s verify: meters do not choose', () => {
  const payload = madePayload();
  const meter = openSignedMeter('secp256k1');
  const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const text = meter.sign(payload);
  const raw = readSignature(Buffer.from(/"SD":"(\w+)"/u.exec(text)?.[1] ?? '', 'hex'), curveNamed('secp256k1'));
  const hex = Buffer.from(raw ?? []).toString('hex');
  const other = (n - BigInt(`0x${hex.slice(64)}`)).toString(16).padStart(64, '0');
  const twin = `OCMF|${payload}|{"SA":"ECDSA-secp256k1-SHA256","SD":"${hex.slice(0, 64)}${other}"}`;
  expect([judged(text, meter.publicKey).result, judged(twin, meter.publicKey).result]).toEqual(['valid', 'valid']);
});

test('other algorithms are named, not guessed', () => {
  const meter = openSignedMeter('secp384r1');
  const text = meter.sign(madePayload()).replace('ECDSA-secp384r1-SHA256', 'ECDSA-secp384r1-SHA384');
  expect(judged(text, meter.publicKey)).toMatchObject({ result: 'unsupported-algorithm' });
});

function curveNamed(name: string) {
  const curve = CURVES.find((one) => one.name === name);
  if (curve === undefined) throw new Error(`There is no curve ${name}.`);
  return curve;
}
