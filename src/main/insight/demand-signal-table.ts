/** SQL of `demand_signal`: what a person made of a gap, and what became of it at the marketplace. */
import type { DemandSignal, SignalState } from '../../shared/domain/insight/demand-signal.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

type Row = { readonly signal: string };

export function putSignal(tx: Transaction, signal: DemandSignal, changedAtMs: number): void {
  tx.prepare(
    `INSERT INTO demand_signal (signal_id, cell, state, signal, changed_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (signal_id) DO UPDATE SET state = excluded.state, signal = excluded.signal,
       changed_at_ms = excluded.changed_at_ms`,
  ).run(signal.signalId, signal.cell, signal.state, JSON.stringify(signal), changedAtMs);
}

export function readSignal(store: ReadableStore, signalId: string): DemandSignal | undefined {
  const row = store.prepare<[string], Row>('SELECT signal FROM demand_signal WHERE signal_id = ?').get(signalId);
  return row && readRow(row);
}

/** Newest first. */
export function readSignals(store: ReadableStore): DemandSignal[] {
  return store.prepare<[], Row>('SELECT signal FROM demand_signal ORDER BY changed_at_ms DESC').all().map(readRow);
}

export function changeSignal(
  tx: Transaction,
  signalId: string,
  state: SignalState,
  reason: string | undefined,
  changedAtMs: number,
): DemandSignal | undefined {
  const known = readSignal(tx, signalId);
  if (known === undefined) return undefined;
  const changed = { ...known, state, reason };
  putSignal(tx, changed, changedAtMs);
  return changed;
}

/** JSON leaves out what is undefined. */
function readRow({ signal }: Row): DemandSignal {
  const read = JSON.parse(signal) as Omit<DemandSignal, 'reason'> & { readonly reason?: string };
  return { ...read, reason: read.reason };
}
