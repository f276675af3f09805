/** The session that a charge record bills: the one it names, or else the one that the same authorisation began. */
import type { ChargeRecord } from '../../../shared/domain/marketplace/charge-record.ts';
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readSession, readSessionByReference } from '../sessions/session-table.ts';

export function findSession(
  store: ReadableStore,
  { sessionId, authorizationReference }: Pick<ChargeRecord, 'sessionId' | 'authorizationReference'>,
): Session | undefined {
  return (
    (sessionId === undefined ? undefined : readSession(store, sessionId)) ??
    (authorizationReference === undefined ? undefined : readSessionByReference(store, authorizationReference))
  );
}
