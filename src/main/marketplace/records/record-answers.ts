/** The contract's side of charge records: the list, and one record with all that is known of it now. */
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import { explainPrice } from '../../../shared/domain/tariff/explain-price.ts';
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { ChargeRecordDetail } from '../../../shared/ipc/marketplace/record-contract.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { judgeStored } from './assess-record.ts';
import { creditedKey, readCreditsOf, readRaw, readStoredRecord } from './charge-record-table.ts';
import { findSession } from './find-session.ts';
import { listRecords, readRecordRow } from './list-records.ts';

export function answerRecordQueries(
  answers: Pick<AnswerRegistry, 'query'>,
  parts: { readonly store: ReadableStore; readonly clock: Clock },
): void {
  answers.query('marketplace/charge-records', (filter) => listRecords(parts.store, filter));
  answers.query('marketplace/charge-record', ({ key }) => readDetail(parts.store, key, parts.clock.nowMs()));
}

/** Judged at the question, so that it is never older than what it is judged by. */
function readDetail(store: ReadableStore, key: string, nowMs: number): ChargeRecordDetail | undefined {
  const stored = readStoredRecord(store, key);
  const row = readRecordRow(store, key);
  if (stored === undefined || row === undefined) return undefined;
  const { record } = stored;
  const { assessment, kept } = judgeStored(store, stored, nowMs);
  const { explainedBy: _, ...shown } = kept;
  return {
    row: { ...row, ...shown },
    record,
    assessment,
    sentences: assessment.priced === undefined ? [] : explainPrice(assessment.priced),
    session: findSession(store, record),
    related: readRelated(store, [creditedKey(record), ...readCreditsOf(store, record.key)]),
    raw: readRaw(store, key) ?? '',
  };
}

function readRelated(store: ReadableStore, keys: readonly (string | undefined)[]): ChargeRecordRow[] {
  return keys
    .map((key) => (key === undefined ? undefined : readRecordRow(store, key)))
    .filter((row) => row !== undefined);
}
