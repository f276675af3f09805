/**
 * Brings charge records to life: their stream, the judging of them in the background, their answers and their feed. What other parts of
 * the marketplace learn (a session, a key) reaches the records it concerns through what is returned here.
 */
import type { Session } from '../../../shared/domain/marketplace/session.ts';
import { isFinalStatus } from '../../../shared/domain/marketplace/session.ts';
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';
import type { StreamDefinition } from '../../marketplace-link/stream-definition.ts';
import { makeDue, makeSessionDue } from './assessment-table.ts';
import { creditedKey, readCreditsOf, readRecordsOfSession, readStoredRecord } from './charge-record-table.ts';
import { keepAssessing } from './keep-assessing.ts';
import { keepRecent } from './keep-recent.ts';
import { answerRecordQueries } from './record-answers.ts';
import { recordsStream } from './records-stream.ts';
import { takeRecord } from './take-record.ts';

const SWEEP_MS = 60_000;

export type Records = {
  /** A session ended or changed its end: what it was billed is judged by it. */
  readonly sessionChanged: (tx: Transaction, session: Session) => void;
  /** These are worth something else now, since a key was pinned or revoked. */
  readonly keyDecided: (tx: Transaction, recordKeys: readonly string[]) => void;
  readonly stop: () => void;
};

/** Call before the link connects. */
export function startRecords(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly answers: Pick<AnswerRegistry, 'query'>;
  readonly link: { readonly registerStream: (definition: StreamDefinition) => void };
  readonly clock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
}): Records {
  const { store, clock, log } = parts;
  const recent = keepRecent(parts);
  const assessing = keepAssessing({ store, clock, log, onAssessed: recent.changed });
  answerRecordQueries(parts.answers, parts);

  function onTaken(tx: Transaction, key: string): void {
    for (const related of readRelatedKeys(tx, key)) makeDue(tx, related);
    tx.afterCommit(() => {
      recent.changed([key]);
      assessing.kick();
    });
  }

  parts.link.registerStream(recordsStream((tx, wire, raw) => takeRecord(tx, wire, raw, { clock, onTaken })));
  const sweep = setInterval(recent.sweep, SWEEP_MS);
  return {
    sessionChanged: (tx, session) => {
      if (!isFinalStatus(session.status)) return;
      makeSessionDue(tx, session.id, session.authorizationReference);
      tx.afterCommit(assessing.kick);
    },
    keyDecided: (tx, recordKeys) => {
      for (const key of recordKeys) makeDue(tx, key);
      tx.afterCommit(assessing.kick);
    },
    stop: () => {
      clearInterval(sweep);
      assessing.stop();
    },
  };
}

/** Records of the same session, the record it credits with its other credits, and those that credit it. */
function readRelatedKeys(tx: Transaction, key: string): readonly string[] {
  const record = readStoredRecord(tx, key)?.record;
  if (record === undefined) return [];
  const credited = creditedKey(record);
  const billed = credited === undefined ? undefined : readStoredRecord(tx, credited)?.record;
  const sessions = [record.sessionId, billed?.sessionId].filter((id) => id !== undefined);
  return [
    ...sessions.flatMap((sessionId) => readRecordsOfSession(tx, sessionId, key)),
    ...readCreditsOf(tx, key),
    ...(credited === undefined ? [] : [credited, ...readCreditsOf(tx, credited).filter((other) => other !== key)]),
  ];
}
