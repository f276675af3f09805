/** The register of keys over a real store: seen, pinned, exchanged, revoked, and what records are worth at each step. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import type { Store } from '../../../../../src/main/database/sqlite.ts';
import { pinMeterKey, revokeMeterKey } from '../../../../../src/main/metering/signed/decide-on-key.ts';
import { judgeSignedData } from '../../../../../src/main/metering/signed/judge-signed-data.ts';
import { readMeterKeys } from '../../../../../src/main/metering/signed/meter-key-table.ts';
import { storeSignedData } from '../../../../../src/main/metering/signed/store-signed-data.ts';
import { verifyActionLog } from '../../../../../src/main/outbox/action-log.ts';
import { beginReading, endReading, madePayload, openSignedMeter } from '../../../../support/signed-meter.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const meter = openSignedMeter();
const NOW_MS = 1_780_000_000_000;
let store: Store;
let decided: (readonly string[])[];

beforeEach(() => {
  store = openStore({ path: path.join(temporaryFolder(), 'console.sqlite') });
  onTestFinished(() => store.close());
  decided = [];
});

function receive(recordKey: string, texts: readonly string[], publicKey?: string, evseKey = 'LOC/E1'): void {
  const signed = texts.map((signedData) => ({
    encodingMethod: 'OCMF',
    publicKey,
    nature: 'End',
    plainData: '',
    signedData,
  }));
  store.write((tx) => storeSignedData(tx, { recordKey, evseKey, signed, receivedAtMs: NOW_MS }));
}

const parts = () => ({
  store,
  clock: { nowMs: () => NOW_MS + 1 },
  decided: (_: unknown, recordKeys: readonly string[]) => void decided.push(recordKeys),
});
const fingerprint = () => readMeterKeys(store)[0]?.fingerprint ?? '';
const pin = (evseKey = 'LOC/E1', commandId: string = randomUUID()) =>
  pinMeterKey(parts(), { commandId, fingerprint: fingerprint(), evseKey, reason: 'compared on site' }, 'anna');
const revoke = () =>
  revokeMeterKey(parts(), { commandId: randomUUID(), fingerprint: fingerprint(), reason: 'meter stolen' }, 'ben');
const resultOf = (recordKey: string) => judgeSignedData(store, recordKey).result;
const noteOf = (recordKey: string, code: string) =>
  judgeSignedData(store, recordKey).records[0]?.checks.find((check) => check.code === code);

describe('a key', () => {
  test('is only seen until a person pins it, and no longer trusted once revoked', () => {
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    expect(readMeterKeys(store)).toMatchObject([
      {
        evseKey: 'LOC/E1',
        curve: 'secp256r1',
        meterSerial: 'M-1',
        state: 'seen',
        firstSeenIn: 'DE*ABC*1',
        publicKey: meter.publicKey,
      },
    ]);
    expect(judgeSignedData(store, 'DE*ABC*1')).toMatchObject({ result: 'key-not-pinned', deliveredKwh: '23.25' });

    expect(pin()).toEqual({ outcome: 'accepted' });
    expect(readMeterKeys(store)).toMatchObject([{ state: 'pinned', decidedBy: 'anna', reason: 'compared on site' }]);
    expect(resultOf('DE*ABC*1')).toBe('valid');

    expect(revoke()).toEqual({ outcome: 'accepted' });
    expect(resultOf('DE*ABC*1')).toBe('key-not-pinned');
    expect(judgeSignedData(store, 'DE*ABC*1').message).toContain('revoked');
    expect(decided).toEqual([['DE*ABC*1'], ['DE*ABC*1']]);
    expect(verifyActionLog(store)).toMatchObject({ ok: true, value: { sequence: 2 } });
  });

  test('that was revoked comes revoked to the next charge point, and only a new decision changes that', () => {
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    revoke();
    receive('DE*ABC*2', [meter.sign(madePayload({ PG: 'T8' }))], meter.publicKey, 'LOC/E2');
    expect(readMeterKeys(store)).toMatchObject([
      { evseKey: 'LOC/E1', state: 'revoked', decidedBy: 'ben' },
      { evseKey: 'LOC/E2', state: 'revoked', decidedBy: 'ben' },
    ]);
    expect(judgeSignedData(store, 'DE*ABC*2').message).toContain('revoked');
    pin('LOC/E2');
    expect(resultOf('DE*ABC*2')).toBe('valid');
  });

  test('that is pinned vouches for records that bring none, in whatever case their ids are written', () => {
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    receive('DE*ABC*2', [meter.sign(madePayload({ PG: 'T8' }))], undefined, 'loc/e1');
    pin();
    expect(resultOf('de*abc*2')).toBe('valid');
  });

  test('that came with a forged record does not vouch for it, nor does it disturb the pinned one', () => {
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    pin();
    const forger = openSignedMeter();
    receive('DE*ABC*2', [forger.sign(madePayload({ PG: 'T8' }))], forger.publicKey);
    expect([resultOf('DE*ABC*1'), resultOf('DE*ABC*2')]).toEqual(['valid', 'key-not-pinned']);
  });

  test('that is pinned at one charge point is not at another', () => {
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    pin();
    receive('DE*ABC*2', [meter.sign(madePayload({ PG: 'T8' }))], meter.publicKey, 'LOC/E2');
    expect(resultOf('DE*ABC*2')).toBe('key-not-pinned');
    expect(pin('LOC/E2')).toEqual({ outcome: 'accepted' });
    expect(resultOf('DE*ABC*2')).toBe('valid');
    revoke();
    expect([resultOf('DE*ABC*1'), resultOf('DE*ABC*2')]).toEqual(['key-not-pinned', 'key-not-pinned']);
  });

  test('of an exchanged meter stays pinned for what it signed', () => {
    const next = openSignedMeter('brainpool384r1');
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    pin();
    receive('DE*ABC*2', [next.sign(madePayload({ MS: 'M-2' }))], next.publicKey);
    const seen = readMeterKeys(store).find(({ state }) => state === 'seen');
    pinMeterKey(
      parts(),
      { commandId: randomUUID(), fingerprint: seen?.fingerprint ?? '', evseKey: 'LOC/E1', reason: 'new meter' },
      'anna',
    );
    expect([resultOf('DE*ABC*1'), resultOf('DE*ABC*2')]).toEqual(['valid', 'valid']);
  });

  test('that is pinned is found however many others were seen since', () => {
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    pin();
    for (let forged = 0; forged < 30; forged += 1) {
      const other = openSignedMeter();
      receive(`DE*ABC*F${forged}`, [other.sign(madePayload())], other.publicKey);
    }
    receive('DE*ABC*2', [meter.sign(madePayload({ PG: 'T8' }))]);
    expect(resultOf('DE*ABC*2')).toBe('valid');
  });

  test('that nobody knows cannot be pinned; a repeated command is one, and its id is no other’s', () => {
    expect(pin()).toMatchObject({ outcome: 'refused', error: { code: 'no-such-key' } });
    receive('DE*ABC*1', [meter.sign(madePayload())], meter.publicKey);
    const commandId = randomUUID();
    expect([pin('LOC/E1', commandId), pin('LOC/E1', commandId)]).toEqual([
      { outcome: 'accepted' },
      { outcome: 'accepted' },
    ]);
    expect(pin('LOC/E2', commandId)).toMatchObject({ outcome: 'refused', error: { code: 'command-id-reused' } });
    expect(readMeterKeys(store).map(({ evseKey }) => evseKey)).toEqual(['LOC/E1']);
  });
});

describe('records', () => {
  test('are kept as they came, once, also those that cannot be read', () => {
    const damaged = meter.sign(madePayload()).slice(0, 300);
    receive('DE*ABC*1', [damaged], 'no key');
    receive('DE*ABC*1', ['something else'], meter.publicKey);
    const judgement = judgeSignedData(store, 'DE*ABC*1');
    expect(judgement).toMatchObject({ result: 'malformed', records: [{ rawText: damaged }] });
    expect(resultOf('DE*ABC*9')).toBe('absent');
  });

  test('of several texts are one charge', () => {
    const texts = [
      meter.sign(madePayload({ PG: 'T7', RD: [beginReading()] })),
      meter.sign(madePayload({ PG: 'T8', RD: [endReading()] })),
    ];
    receive(
      'DE*ABC*1',
      texts.map((text) => Buffer.from(text).toString('base64')),
      meter.publicKey,
    );
    pin();
    expect(judgeSignedData(store, 'DE*ABC*1')).toMatchObject({ result: 'valid', deliveredKwh: '23.25' });
  });

  test('tell which pages of their meter are not here, without being worth less', () => {
    receive('DE*ABC*1', [meter.sign(madePayload({ PG: 'T7' }))], meter.publicKey);
    receive('DE*ABC*2', [meter.sign(madePayload({ PG: 'T10' }))], meter.publicKey);
    pin();
    expect(resultOf('DE*ABC*2')).toBe('valid');
    expect(noteOf('DE*ABC*2', 'page-follows-known')).toMatchObject({ ok: false, decides: false });
    expect(noteOf('DE*ABC*2', 'page-follows-known')?.message).toContain('2 more records');
    expect(noteOf('DE*ABC*1', 'page-follows-known')).toBeUndefined();
  });

  test('that were billed twice, or carry a page that another text has, say so', () => {
    const text = meter.sign(madePayload());
    receive('DE*ABC*1', [text], meter.publicKey);
    receive('DE*ABC*2', [text], meter.publicKey);
    expect(noteOf('DE*ABC*2', 'signed-once')?.message).toContain('DE*ABC*1 carries the same signed text');
    receive('DE*ABC*3', [meter.sign(madePayload({ TT: 'other' }))], meter.publicKey);
    expect(noteOf('DE*ABC*3', 'signed-once')?.message).toContain('another text with the same page');
  });
});
