/**
 * The nine published records: their readings as stated beside them. Then what a charge's records say together, and what hostile ones come to.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeCharge } from '../../../../../../src/main/metering/signed/ocmf/judge-charge.ts';
import { readJsonFixture, fixturePath, isFixtureAbsent } from '../../../../../support/shared-fixtures.ts';
import { judged } from '../../../../../support/judged-record.ts';
import { beginReading, endReading, madePayload, openSignedMeter } from '../../../../../support/signed-meter.ts';

const NAMES = ['001-01', '001-02', '001-03', '002-01', '002-02', '002-03', '003-01', '003-02', '003-03'];
const record = (name: string) => readFileSync(fixturePath(`ocmf/bet/${name}.txt`), 'utf8');
const key = () => readFileSync(fixturePath('ocmf/bet/publicKey.pem'), 'utf8');

type Expected = {
  readonly ocmf: { readonly tariffText: string };
  readonly session: { readonly cable: Readonly<Record<string, unknown>> };
  readonly measurement: {
    readonly energyMeterId: string;
    readonly obis: string;
    readonly unit: string;
    readonly values: readonly { readonly timestamp: string; readonly value: number }[];
  };
};

describe.skipIf(isFixtureAbsent('ocmf/bet/publicKey.pem'))('nine published records', () => {
  test('verify, with the readings stated beside them', () => {
    for (const name of NAMES) {
      const { measurement, session, ocmf } = readJsonFixture(`ocmf/bet/${name}.expected.json`) as Expected;
      const judgement = judged(record(name), key());
      const [signed] = judgement.records;
      expect(judgement.checks.filter(({ ok }) => !ok)).toEqual([]);
      expect(signed).toMatchObject({
        result: 'valid',
        meterSerial: measurement.energyMeterId,
        tariffText: ocmf.tariffText,
        cable: {
          name: session.cable['lossCompensation'],
          number: session.cable['lossCompensationId'],
          resistance: `${String(session.cable['resistance'])} mOhm`,
        },
      });
      const readings = signed?.readings.map(({ atMs, value, unit, obis }) => ({
        atMs,
        value: Number(value),
        unit,
        obis,
      }));
      const { unit, obis } = measurement;
      expect(readings).toEqual(
        measurement.values.map(({ timestamp, value }) => ({ atMs: Date.parse(timestamp), value, unit, obis })),
      );
    }
  });

  test('do not verify once their JSON is written anew, though only its spaces are other', () => {
    const results = NAMES.map((name) => {
      const text = record(name);
      const end = text.indexOf('}|{') + 1;
      const payload = JSON.stringify(JSON.parse(text.slice(5, end)), undefined, 1);
      return judged(`OCMF|${payload}${text.slice(end)}`, key()).result;
    });
    expect(results).toEqual(NAMES.map(() => 'invalid'));
  });

  test('are of an unknown meter without a key', () => {
    expect(judgeCharge([{ sent: record('001-01'), format: 'OCMF', nature: 'End', offered: [] }]).result).toBe(
      'key-unknown',
    );
  });
});

const meter = openSignedMeter();
const text = (sent: string, nature = '') => ({
  sent,
  format: 'OCMF',
  nature,
  offered: [{ text: meter.publicKey, standing: 'pinned' as const }],
});
const one = (fields: Readonly<Record<string, unknown>>) => judgeCharge([text(meter.sign(madePayload(fields)))]);
const failed = ({ checks, records }: ReturnType<typeof judgeCharge>) =>
  [...records.flatMap((signed) => signed.checks), ...checks].filter(({ ok }) => !ok).map(({ code }) => code);

describe('what a record says of itself', () => {
  test('a good one: exact energy, cable loss and raw text', () => {
    const payload = madePayload().replace('123.75', '123.750').replace('"EF":""', '"EF":"","CL":0.02');
    const judgement = judgeCharge([text(meter.sign(payload))]);
    expect(judgement).toMatchObject({ result: 'valid', deliveredKwh: '23.250' });
    expect(judgement.records[0]?.readings[0]).toMatchObject({
      value: '100.5',
      cableLoss: '0.02',
      letter: 'B',
      clock: 'S',
    });
    expect(judgement.records[0]?.rawText).toContain(payload);
  });

  test.each([
    ['meter-good', [beginReading(), endReading({ ST: 'M' })]],
    ['no-error-flags', [beginReading(), endReading({ EF: 'E' })]],
    ['no-error-flags', [beginReading(), beginReading({ TX: 'X', TM: '2026-06-01T08:30:00,000+0200 S' }), endReading()]],
    ['begin-and-end', [beginReading()]],
    ['begin-and-end', [endReading()]],
    ['begin-and-end', [beginReading(), beginReading({ RV: 101 }), endReading()]],
    ['same-register', [beginReading(), endReading({ RU: 'Wh' })]],
    ['same-register', [beginReading(), endReading({ RI: '1-b:2.8.0' })]],
    ['register-not-falling', [beginReading(), endReading({ RV: 100.4 })]],
    ['time-not-backwards', [beginReading(), endReading({ TM: '2026-06-01T07:59:59,999+0200 S' })]],
    ['values-readable', [beginReading(), endReading({ TM: '2026-06-31T09:00:00,000+0200 S' })]],
    ['values-readable', [beginReading(), endReading({ RV: 'NaN' })]],
  ])('is not valid where %s fails, although the signature fits', (code, readings) => {
    const judgement = one({ RD: readings });
    expect(judgement.result).toBe('invalid');
    expect(judgement.deliveredKwh).toBeUndefined();
    expect(failed(judgement)).toContain(code);
  });

  test('a clock that was not synchronised is said, and does not decide', () => {
    for (const letter of ['U', 'I', 'R']) {
      const time = (reading: Readonly<Record<string, unknown>>) => String(reading['TM']).replace(' S', ` ${letter}`);
      const judgement = one({
        RD: [beginReading({ TM: time(beginReading()) }), endReading({ TM: time(endReading()) })],
      });
      expect([judgement.result, failed(judgement)]).toEqual(['valid', ['clock-synchronised']]);
    }
  });

  test('registers beside each other are paired by their codes; energy given out is none delivered', () => {
    const pair = (obis: string, from: number, to: number) =>
      [beginReading({ RI: obis, RV: from }), endReading({ RI: obis, RV: to })] as const;
    const [a, b, c] = [
      pair('01-00:B2.08.00*FF', 0, 20),
      pair('01-00:B1.08.00*FF', 50, 70),
      pair('01-00:C1.08.00*FF', 1, 9),
    ];
    const judgement = one({ RD: [a[0], b[0], c[0], a[1], b[1], c[1]] });
    expect(judgement).toMatchObject({ result: 'valid', deliveredKwh: '20' });
    expect(judgement.energies.map(({ delivered }) => delivered)).toEqual(['20', '20', '8']);
    const disagreeing = one({ RD: [a[0], b[0], a[1], endReading({ RI: '01-00:B1.08.00*FF', RV: 71 })] });
    expect([disagreeing.result, disagreeing.deliveredKwh]).toEqual(['valid', undefined]);
  });

  test('spaces, line ends and letters of any alphabet are signed as they stand', () => {
    const payload = ` ${JSON.stringify(JSON.parse(madePayload({ TT: 'Öffentlich 充電 ⚡ | 0,35 €' })), undefined, 2)}\r\n `;
    expect(judgeCharge([text(meter.sign(payload))]).result).toBe('valid');
    expect(judgeCharge([text(meter.sign(payload).replace(' |', '|'))]).result).toBe('invalid');
  });

  test('watt-hours are kilowatt-hours exactly', () => {
    const judgement = one({ RD: [beginReading({ RU: 'Wh', RV: 100 }), endReading({ RU: 'Wh', RV: 12_445 })] });
    expect(judgement).toMatchObject({ result: 'valid', deliveredKwh: '12.345' });
  });
});

describe('several records of one charge', () => {
  const begin = meter.sign(madePayload({ PG: 'T7', RD: [beginReading()] }));
  const end = meter.sign(madePayload({ PG: 'T8', RD: [beginReading(), endReading()] }));

  test('begin in one and end in the other, in whatever order they were sent', () => {
    const both = [text(end, 'End'), text(begin, 'Start')];
    expect(judgeCharge(both)).toMatchObject({ result: 'valid', deliveredKwh: '23.25' });
    expect(judgeCharge(both.toReversed())).toMatchObject({ result: 'valid', deliveredKwh: '23.25' });
  });

  test('a page that is missing between them proves that a record was left out', () => {
    const later = meter.sign(madePayload({ PG: 'T9', RD: [endReading()] }));
    const judgement = judgeCharge([text(begin), text(later)]);
    expect([judgement.result, failed(judgement)]).toEqual(['invalid', ['pages-consecutive']]);
    expect(judgement.message).toContain('Between T7 and T9 the meter signed one more record');
  });

  test('records of two meters are no pair', () => {
    const other = meter.sign(madePayload({ PG: 'T8', MS: 'M-2', RD: [endReading()] }));
    expect(failed(judgeCharge([text(begin), text(other)]))).toEqual(['same-meter']);
  });

  test('the worst record decides: one changed, one of another format', () => {
    expect(judgeCharge([text(begin), text(end.replace('123.75', '124.75'))]).result).toBe('invalid');
    const edl = { sent: '8f3a', format: 'EDL40', nature: 'Start', offered: [] };
    expect(judgeCharge([edl, text(end)]).result).toBe('unsupported-algorithm');
  });

  test('none at all is absent', () => {
    expect(judgeCharge([])).toMatchObject({ result: 'absent', records: [] });
  });
});

describe('hostile input', () => {
  test('is only text, whatever it says', () => {
    const hostile = '<script>alert(1)</script>{{7*7}}\u0000$(rm)';
    const judgement = one({ TT: hostile, MS: '__proto__', CI: `${'x'.repeat(300)}|` });
    expect(judgement.result).toBe('valid');
    expect(judgement.records[0]).toMatchObject({ tariffText: hostile, meterSerial: '__proto__' });
    expect(judgement.records[0]?.chargePointId).toHaveLength(250);
  });

  test('names that mean something to JavaScript change nothing', () => {
    const payload = madePayload().replace(
      '{"FV"',
      '{"__proto__":{"ST":"G","polluted":1},"constructor":{"prototype":1},"FV"',
    );
    expect(judgeCharge([text(meter.sign(payload))]).result).toBe('valid');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    ['a name twice', (payload: string) => payload.replace('"RV":123.75', '"RV":123.75,"RV":999')],
    [
      'nesting without end',
      (payload: string) => payload.replace('"G-1"', `${'['.repeat(50_000)}1${']'.repeat(50_000)}`),
    ],
    ['more text than any record', (payload: string) => payload.replace('G-1', 'G'.repeat(300_000))],
    ['no readings', (payload: string) => payload.replace(/"RD":.*\]/u, '"RD":[]')],
    ['a bare control character', (payload: string) => payload.replace('G-1', 'G\n1')],
    ['a payload that is a list', () => '[1]'],
  ])('is malformed: %s', (_, change) => {
    expect(judgeCharge([text(meter.sign(change(madePayload())))])).toMatchObject({ result: 'malformed' });
  });

  test.each([
    '',
    'OCMF',
    'OCMF||',
    'OCMF|{}|{}',
    'OCMF|{"RD":[]}|{"SD":"00"}',
    `${meter.sign(madePayload())}|more`,
    '\ud800',
  ])('is malformed: %j', (sent) => {
    expect(judgeCharge([text(sent)]).result).toBe('malformed');
  });
});
