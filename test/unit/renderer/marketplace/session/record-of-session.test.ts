import { expect, test } from 'vitest';
import { recordOfSession } from '../../../../../src/renderer/marketplace/session/record-of-session.ts';
import type { ChargeRecordRow } from '../../../../../src/shared/domain/marketplace/charge-record.ts';

const row = (changes: Partial<ChargeRecordRow>) =>
  ({ key: 'k', evseUid: 'E1', vehicleId: 'V1', beginMs: 100_000, isCredit: false, ...changes }) as ChargeRecordRow;
const session = { id: 'S1', vehicleId: 'V1', evseKey: 'LOC-1/E1', startAtMs: 101_000 };

test('the record of the same vehicle at the same charge point that began nearest', () => {
  const rows = [row({ key: 'far', beginMs: 0 }), row({ key: 'near' })];
  expect(recordOfSession(session, rows)?.key).toBe('near');
});

test('the record that names the session, however early it begins, and never one that names another', () => {
  const named = row({ key: 'named', sessionId: 's1', beginMs: -9_000_000, vehicleId: undefined });
  expect(recordOfSession(session, [row({ key: 'near' }), named])?.key).toBe('named');
  expect(recordOfSession(session, [row({ sessionId: 'S2' })])).toBeUndefined();
});

test('another vehicle’s, another charge point’s, a credit and a later one are not it', () => {
  const rows = [
    row({ vehicleId: 'V2' }),
    row({ evseUid: 'E2' }),
    row({ isCredit: true }),
    row({ beginMs: 101_000 + 6 * 60_000 }),
    row({ vehicleId: undefined }),
  ];
  expect(recordOfSession(session, rows)).toBeUndefined();
});
