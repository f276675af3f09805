/**
 * Use case: judge a stored record by all that is known now, and keep what lists show of it. Nothing that goes wrong here can lose a
 * record: a defect of ours leaves it `not-priced` and says so.
 */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { GuardFinding } from '../../../shared/domain/account/guard-contract.ts';
import { putGuardFinding } from '../../account/guard/guard-finding-table.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import { gatherFacts } from './assess/gather-facts.ts';
import { judgeRecord, type RecordJudgement } from './assess/judge-record.ts';
import { keepAssessment, type KeptAssessment } from './assessment-table.ts';
import { linkRecord, readStoredRecord, type StoredRecord } from './charge-record-table.ts';
import { findLinks } from './find-links.ts';

export function judgeStored(store: ReadableStore, stored: StoredRecord, nowMs: EpochMs): RecordJudgement {
  return judgeRecord(stored.record, gatherFacts(store, stored, nowMs));
}

/** Ties the record to what has become known since it came, then judges it. */
export function assessRecord(
  tx: Transaction,
  key: string,
  parts: { readonly nowMs: EpochMs; readonly log: (line: string, detail?: unknown) => void },
): void {
  const before = readStoredRecord(tx, key);
  if (before === undefined) return;
  linkRecord(tx, key, findLinks(tx, before.record, before.vehicleId));
  const stored = readStoredRecord(tx, key) ?? before;
  const { finding, kept } = judgeOrSay(tx, stored, parts);
  putGuardFinding(tx, key, finding);
  keepAssessment(tx, stored, kept, parts.nowMs);
}

/** What the store refuses is the store's affair and is tried again; whatever else fails is a defect that concerns this record alone. */
function judgeOrSay(
  store: ReadableStore,
  stored: StoredRecord,
  { nowMs, log }: { readonly nowMs: EpochMs; readonly log: (line: string, detail?: unknown) => void },
): { readonly finding: GuardFinding | undefined; readonly kept: KeptAssessment } {
  try {
    const facts = gatherFacts(store, stored, nowMs);
    return { finding: facts.finding, kept: judgeRecord(stored.record, facts).kept };
  } catch (error) {
    if (isOfStore(error)) throw error;
    log(`The record ${stored.record.key} could not be judged.`, error);
    // Signed values that could not be looked at vouch for nothing.
    const signature = stored.record.signed.length === 0 ? 'absent' : 'malformed';
    return { finding: undefined, kept: { ...FAILED, signature } };
  }
}

/** SQLite's own errors bear its codes. */
function isOfStore(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'StoreFailure' || ('code' in error && String(error.code).startsWith('SQLITE_'));
}

const FAILED: Omit<KeptAssessment, 'signature'> = {
  verdict: 'not-priced',
  pricedNet: undefined,
  difference: undefined,
  explainedBy: undefined,
  worstCheck: {
    code: 'assessment-failed',
    severity: 'warning',
    message:
      'Switchyard failed to judge this record, which is a defect of its own. The record is stored; report its id.',
  },
};
