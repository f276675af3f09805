/** What is said of a record, given what is known around it. */
import { describe, expect, test } from 'vitest';
import type { ChargeRecord } from '../../../../../../src/shared/domain/marketplace/charge-record.ts';
import { judgeRecord } from '../../../../../../src/main/marketplace/records/assess/judge-record.ts';
import type { RecordFacts } from '../../../../../../src/main/marketplace/records/assess/record-facts.ts';
import { readChargeRecord } from '../../../../../../src/main/marketplace/ocpi/read-charge-record.ts';
import { chargeDetailRecord } from '../../../../../../src/main/marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { sampleChargeRecord, sampleTariff } from '../../../../../support/wire-samples.ts';

const NOTHING: RecordFacts = {
  contractKnown: true,
  terms: undefined,
  finding: undefined,
  learntRounding: undefined,
  session: undefined,
  vehicleId: undefined,
  rivals: [],
  held: [],
  credited: undefined,
  otherCredits: [],
  signed: { result: 'absent', message: '', deliveredKwh: undefined },
};

function record(change: object = {}): ChargeRecord {
  const wire = chargeDetailRecord.parse(sampleChargeRecord('C1', change));
  const read = readChargeRecord(wire, { zone: 'Europe/Berlin', basis: 'location' });
  return { ...read, receivedAtMs: read.charge.endMs + 60_000 };
}

const judge = (change: object = {}, facts: Partial<RecordFacts> = {}) =>
  judgeRecord(record(change), { ...NOTHING, ...facts });
const price = (amount: number, change: object = {}) => [
  { type: 'ENERGY', price: amount, vat: 19, step_size: 1, ...change },
];

describe('the price', () => {
  test('another rounding explains it, and what was learnt of the CPO is tried first', () => {
    const change = {
      tariffs: [sampleTariff('T1', { elements: [{ price_components: price(0.3331) }] })],
      total_cost: { excl_vat: 4.99, incl_vat: 5.94 },
    };
    const { kept, assessment } = judge(change);
    expect(kept).toMatchObject({ verdict: 'explained', pricedNet: '5.00', worstCheck: { code: 'session-unknown' } });
    expect(assessment.explainedBy).toMatchObject({ rounding: { mode: 'down', scale: 2 }, reading: {} });
    expect(kept.explainedBy).toEqual(assessment.explainedBy?.rounding);
    const learnt = { mode: 'down', scale: 2, stage: 'line', first: 'gross' } as const;
    expect(judge(change, { learntRounding: learnt }).kept.explainedBy).toEqual(learnt);
  });

  test('nothing explains a whole euro more', () => {
    const { kept } = judge({ total_cost: { excl_vat: 5.5, incl_vat: 6.55 } });
    expect(kept).toMatchObject({ verdict: 'differs', difference: '1.19', worstCheck: { severity: 'breach' } });
    expect(judge({ total_cost: { excl_vat: 3.5, incl_vat: 4.17 } }).kept.worstCheck).toMatchObject({
      code: 'price-differs',
      severity: 'warning',
    });
  });

  test('what another reading of the standard explains is to be settled, and a part that differs is named', () => {
    const change = {
      tariffs: [sampleTariff('T1', { elements: [{ price_components: price(0.3, { step_size: 4000 }) }] })],
      total_cost: { excl_vat: 4.5, incl_vat: 5.36 },
      total_energy_cost: { excl_vat: 4.4 },
    };
    const { checks, explainedBy } = judge(change).assessment;
    expect(explainedBy?.reading).toEqual({ step: 'never' });
    expect(checks).toContainEqual(
      expect.objectContaining({
        code: 'reading-explains',
        message: expect.stringContaining('when the CPO applies no step size'),
      }),
    );
    expect(checks.filter(({ code }) => code === 'part-differs')).toHaveLength(1);
  });

  test('rounding to whole euros is no rounding', () => {
    expect(judge({ total_cost: { excl_vat: 5, incl_vat: 6 } }).kept.verdict).toBe('differs');
  });
});

describe('the session', () => {
  const session = {
    id: 'S1',
    status: 'COMPLETED',
    startAtMs: 0,
    endAtMs: 1,
    energyWh: 15_000,
    evseKey: 'L1/E1',
    connectorId: '1',
    vehicleId: 'V1',
    authorizationReference: undefined,
    totalCost: undefined,
    currency: 'EUR',
    updatedAtMs: 1,
  } as unknown as NonNullable<RecordFacts['session']>;
  const codes = (facts: Partial<RecordFacts>, change: object = {}) =>
    judge(change, { vehicleId: 'V1', ...facts }).assessment.checks.map(({ code }) => code);

  test('as billed there is nothing to say', () => {
    expect(codes({ session })).toEqual([]);
    expect(judge({}, { session, vehicleId: 'V1' }).kept.worstCheck).toBeUndefined();
  });

  test('other energy, an invalid session, a second bill and a late one are each named', () => {
    expect(codes({ session: { ...session, energyWh: 14_000 as never } })).toEqual(['session-energy-differs']);
    expect(codes({ session: { ...session, status: 'INVALID' } })).toEqual(['session-invalid']);
    expect(codes({ session, rivals: ['DE*TST*C2'] })).toEqual(['session-billed-twice']);
    const lateMs = record().charge.endMs + 91 * 86_400_000;
    const readLate = { ...record(), receivedAtMs: lateMs };
    expect(judgeRecord(readLate, { ...NOTHING, session, vehicleId: 'V1' }).kept.worstCheck).toBeUndefined();
    const late = { ...readLate, updatedAtMs: lateMs };
    expect(judgeRecord(late, { ...NOTHING, session, vehicleId: 'V1' }).kept.worstCheck?.code).toBe('late-record');
  });

  test('totals that the periods do not add up to are named', () => {
    expect(codes({ session: { ...session, energyWh: 20_000 as never } }, { total_energy: 20 })).toEqual([
      'energy-does-not-add-up',
    ]);
    expect(codes({ session }, { total_time: 1.5 })).toEqual(['time-does-not-add-up']);
    expect(codes({ session: { ...session, energyWh: 15_000_000 as never } }, { total_energy: 15_000 })).toEqual([
      'unit-scale',
    ]);
  });

  test('what the meter signed counts', () => {
    const signed = { result: 'valid', message: '', deliveredKwh: '14.5' } as const;
    expect(codes({ session, signed })).toEqual(['signed-energy-differs']);
    expect(codes({ session, signed: { ...signed, deliveredKwh: '15.0' } })).toEqual([]);
    expect(codes({ session, signed: { result: 'invalid', message: 'No.', deliveredKwh: undefined } })).toEqual([
      'signature-invalid',
    ]);
  });
});

describe('a credit', () => {
  const credit = { credit: true, credit_reference_id: 'C0', total_cost: { excl_vat: -4.5, incl_vat: -5.36 } };
  const credited = record();

  test('cancels, cancels in part, or gives too much', () => {
    expect(judge(credit, { credited }).kept).toMatchObject({
      verdict: 'agrees',
      difference: '0',
      worstCheck: undefined,
    });
    const part = judge({ ...credit, total_cost: { excl_vat: -2, incl_vat: -2.38 } }, { credited }).kept;
    expect(part).toMatchObject({ verdict: 'differs', difference: '2.98', worstCheck: { severity: 'note' } });
    const more = judge({ ...credit, total_cost: { excl_vat: -9, incl_vat: -10.71 } }, { credited }).kept;
    expect(more).toMatchObject({ difference: '-5.35', worstCheck: { code: 'credit-differs', severity: 'warning' } });
  });

  test('that takes money, names nothing, or is the second one', () => {
    expect(judge({ ...credit, total_cost: { excl_vat: 4.5 } }).kept.worstCheck?.code).toBe('credit-not-negative');
    expect(judge({ ...credit, credit_reference_id: undefined }).kept.worstCheck?.code).toBe('credit-reference-missing');
    expect(judge(credit, { credited, otherCredits: ['DE*TST*K9'] }).kept.worstCheck?.code).toBe('credited-twice');
  });
});
