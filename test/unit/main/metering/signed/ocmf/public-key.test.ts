import { describe, expect, test } from 'vitest';
import { CURVES } from '../../../../../../src/main/metering/signed/ocmf/curves.ts';
import { readPublicKey } from '../../../../../../src/main/metering/signed/ocmf/public-key.ts';
import { mutateBytes } from '../../../../../support/mutate-bytes.ts';
import { chooseSeed, seededRandom } from '../../../../../support/seeded-random.ts';
import { openSignedMeter } from '../../../../../support/signed-meter.ts';

describe.each(CURVES.map((curve) => [curve.name, curve] as const))('a key of %s', (name, curve) => {
  const { publicKey, pem, key } = openSignedMeter(name);
  const der = Buffer.from(publicKey, 'hex');
  const point = der.subarray(-(2 * curve.bytes + 1));
  const compressed = Buffer.concat([Uint8Array.of(2 + ((point.at(-1) ?? 0) & 1)), point.subarray(1, 1 + curve.bytes)]);

  test('is the same key in every shape it comes in', () => {
    const shapes = [
      publicKey,
      publicKey.toUpperCase(),
      publicKey.replaceAll(/(.{4})/gu, '$1 '),
      `0x${publicKey}`,
      der.toString('base64'),
      der.toString('base64').replaceAll('=', ''),
      pem,
      `\n${pem.replaceAll('\n', '\r\n')}`,
      point.toString('hex'),
      point.subarray(1).toString('hex'),
      compressed.toString('hex'),
      Buffer.from(`oca:base16:asn1:${publicKey.toUpperCase()}`).toString('base64'),
      Buffer.from(`oca:base64:asn1:${der.toString('base64')}`).toString('base64'),
    ];
    const read = shapes.map((shape) => readPublicKey(shape, curve));
    expect(read.map((one) => (one.ok ? one.value.text : one.message))).toEqual(shapes.map(() => publicKey));
    expect(new Set(read.map((one) => one.ok && one.value.fingerprint)).size).toBe(1);
    expect(key.asymmetricKeyDetails?.namedCurve).toBeDefined();
  });

  test('that is no point on its curve is refused', () => {
    const off = Buffer.from(der);
    off[off.length - 1] = (off.at(-1) ?? 0) ^ 1;
    expect(readPublicKey(off.toString('hex'), undefined)).toMatchObject({ ok: false, code: 'key-unreadable' });
    expect(readPublicKey(`04${'00'.repeat(2 * curve.bytes)}`, curve)).toMatchObject({ ok: false });
  });
});

test('a point alone needs the curve its record names', () => {
  const point = openSignedMeter('secp256r1').publicKey.slice(-130);
  expect(readPublicKey(point, undefined)).toMatchObject({ ok: false, code: 'key-unreadable' });
});

test('a curve that OCMF does not define is named as such', () => {
  expect(readPublicKey(openSignedMeter('secp521r1').pem, undefined)).toMatchObject({
    ok: false,
    code: 'unsupported-algorithm',
  });
});

test('damaged keys end in a refusal, never in an exception', () => {
  const random = seededRandom(chooseSeed());
  const der = Buffer.from(openSignedMeter('secp256r1').publicKey, 'hex');
  const codes = new Set<string>();
  for (let round = 0; round < 3_000; round += 1) {
    const bytes = Buffer.from(mutateBytes(der, random).bytes);
    for (const text of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('latin1')]) {
      const read = readPublicKey(text, CURVES[round % CURVES.length]);
      codes.add(read.ok ? 'a key all the same' : read.code);
    }
  }
  expect([...codes]).toEqual(expect.arrayContaining(['key-unreadable', 'unsupported-algorithm']));
});
