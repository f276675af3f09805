/**
 * Which charge detail record tells of a session: the one that names it, or else, as far as the rows say it, the one of the same vehicle at the
 * same charge point that began together with it. CPOs need not name the session, and round the beginning.
 */
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import { sameId } from '../../../shared/domain/marketplace/same-id.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';

const APART_AT_MOST_MS = 5 * 60_000;

export function recordOfSession(
  session: Pick<Session, 'id' | 'vehicleId' | 'evseKey' | 'startAtMs'>,
  rows: Iterable<ChargeRecordRow>,
): ChargeRecordRow | undefined {
  const uid = session.evseKey.slice(session.evseKey.indexOf('/') + 1);
  let best: ChargeRecordRow | undefined;
  const apart = (row: ChargeRecordRow) => Math.abs(row.beginMs - session.startAtMs);
  for (const row of rows) {
    if (row.isCredit) continue;
    if (row.sessionId !== undefined) {
      if (sameId(row.sessionId, session.id)) return row;
      continue;
    }
    if (row.vehicleId === undefined || !sameId(session.vehicleId, row.vehicleId)) continue;
    if (!sameId(row.evseUid, uid) || apart(row) > APART_AT_MOST_MS) continue;
    if (best === undefined || apart(row) < apart(best)) best = row;
  }
  return best;
}
