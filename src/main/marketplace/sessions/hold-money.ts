/** Ties a session to the hold of the start that began it: it grows with the running cost, and goes when the session is declared void. */
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { growHold, releaseSession } from '../../account/move-holds.ts';
import type { Transaction } from '../../database/sqlite.ts';

/** The record of a completed session captures its hold; until it comes the hold stays as it is. */
export function holdMoneyFor(tx: Transaction, session: Session, atMs: EpochMs): void {
  const { id: sessionId, authorizationReference, status, vehicleId } = session;
  if (status === 'INVALID') releaseSession(tx, { sessionId, authorizationReference, atMs });
  if (status !== 'ACTIVE' && status !== 'COMPLETED') return;
  const { currency, totalCost: runningCost } = session;
  growHold(tx, { sessionId, authorizationReference, vehicleId, runningCost, currency, atMs });
}
