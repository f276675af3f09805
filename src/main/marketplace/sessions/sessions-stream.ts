/**
 * The stream `sessions`: PUT replaces, PATCH merges and appends periods, COMPLETED and INVALID are final. A session that
 * names one of our commands is evidence of what became of it, whatever happened to the answer.
 */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { refuse, type Refusal } from '../../../shared/kernel/result.ts';
import { isFinalStatus, type Session, type SessionStatus } from '../../../shared/domain/marketplace/session.ts';
import type { Transaction } from '../../database/sqlite.ts';
import { spellVehicleId } from '../../fleet/vehicle-table.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../../marketplace-link/stream-definition.ts';
import { itemKinds } from '../../marketplace-link/wire/v1/item-kinds.ts';
import type { WireSession, WireSessionPatch } from '../../marketplace-link/wire/v1/ocpi-objects.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';
import { spellEvseKey } from '../network/evse-table.ts';
import type { MarketplaceTopics } from '../marketplace-topics.ts';
import { mergePatch, readWireSession, tellsTheSame } from '../ocpi/read-session.ts';
import { readOpenSessionCommands } from '../commands/session-command-table.ts';
import {
  appendPeriods,
  deletePeriods,
  deleteRunningSessions,
  holdsPeriods,
  putSession,
  readSession,
} from './session-table.ts';

export type SessionListeners = {
  /** A session is evidence that this command was done. */
  readonly commandDone: (tx: Transaction, commandId: string) => void;
  readonly sessionChanged: (tx: Transaction, session: Session) => void;
};

export function sessionsStream(
  topics: Pick<MarketplaceTopics, 'sessions'>,
  tell: SessionListeners,
  shownSinceMs: () => EpochMs,
): StreamDefinition {
  function store(tx: Transaction, session: Session): void {
    const spelled = {
      ...session,
      evseKey: spellEvseKey(tx, session.evseKey),
      vehicleId: session.vehicleId && spellVehicleId(tx, session.vehicleId),
    };
    putSession(tx, spelled);
    const stored = readSession(tx, spelled.id) ?? spelled;
    // An end older than what windows show would never be swept out again.
    const shown = !isFinalStatus(stored.status) || (stored.endAtMs ?? stored.updatedAtMs) > shownSinceMs();
    tx.afterCommit(() => (shown ? topics.sessions.upsert([stored]) : topics.sessions.remove([stored.id])));
    tell.sessionChanged(tx, stored);
    if (stored.authorizationReference !== undefined && provesStart(stored.status))
      tell.commandDone(tx, stored.authorizationReference);
    // Whoever asked for a stop and never heard back has what they asked for.
    if (isFinalStatus(stored.status))
      for (const command of readOpenSessionCommands(tx))
        if (command.kind === 'STOP_SESSION' && command.state === 'unknown' && command.sessionId === stored.id)
          tell.commandDone(tx, command.commandId);
  }

  function takePut(tx: Transaction, wire: WireSession): ApplyAnswer {
    const known = readSession(tx, wire.id);
    const session = readWireSession(wire);
    const periods = wire.charging_periods ?? [];
    if (known !== undefined && isFinalStatus(known.status)) {
      // A log that was rebuilt may carry the day of its rebuilding; what it says is no news all the same.
      if (tellsTheSame(known, session) && holdsPeriods(tx, known.id, periods)) return 'unchanged';
      return judgeAfterEnd(known, wire.last_updated);
    }
    store(tx, session);
    // A PUT stands for the whole session, its periods too.
    const sessionId = known?.id ?? wire.id;
    deletePeriods(tx, sessionId);
    appendPeriods(tx, sessionId, periods);
  }

  function takePatch(tx: Transaction, patch: WireSessionPatch): ApplyAnswer {
    const known = readSession(tx, patch.id);
    if (known === undefined) return refuse('session-unknown', 'This changes a session that was never announced.');
    if (isFinalStatus(known.status)) return judgeAfterEnd(known, patch.last_updated);
    store(tx, mergePatch(known, patch));
    if (patch.charging_periods !== undefined) appendPeriods(tx, known.id, patch.charging_periods);
  }

  return {
    name: 'sessions',
    kinds: {
      'session.put': itemKind(itemKinds.sessions['session.put'], takePut),
      'session.patch': itemKind(itemKinds.sessions['session.patch'], takePatch),
    },
    restart: (tx) => {
      const ids = deleteRunningSessions(tx);
      tx.afterCommit(() => topics.sessions.remove(ids));
    },
  };
}

/** A session that is only planned, or was declared void, is no evidence that anything was started. */
function provesStart(status: SessionStatus): boolean {
  return status === 'ACTIVE' || status === 'COMPLETED';
}

/** Nothing changes an ended session. What is not newer than its end is only an old page read again. */
function judgeAfterEnd(session: Session, lastUpdated: string): 'unchanged' | Refusal {
  if (parseDateTimeMs(lastUpdated) <= session.updatedAtMs) return 'unchanged';
  return refuse('session-final', `This session has ended (${session.status}); nothing that comes later changes it.`);
}
