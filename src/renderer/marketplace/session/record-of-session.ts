/**
 * Which charge detail record tells of a session, as far as the rows say it: same vehicle, same charge point, begun together.
 * Rows carry no session id, and CPOs round the beginning.
 */
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import { sameId } from '../../../shared/domain/marketplace/same-id.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';

const APART_AT_MOST_MS = 5 * 60_000;

export function recordOfSession(
  session: Pick<Session, 'vehicleId' | 'evseKey' | 'startAtMs'>,
  rows: Iterable<ChargeRecordRow>,
): ChargeRecordRow | undefined {
  const uid = session.evseKey.slice(session.evseKey.indexOf('/') + 1);
  let best: ChargeRecordRow | undefined;
  const apart = (row: ChargeRecordRow) => Math.abs(row.beginMs - session.startAtMs);
  for (const row of rows) {
    if (row.isCredit || row.vehicleId === undefined || !sameId(session.vehicleId, row.vehicleId)) continue;
    if (!sameId(row.evseUid, uid) || apart(row) > APART_AT_MOST_MS) continue;
    if (best === undefined || apart(row) < apart(best)) best = row;
  }
  return best;
}
