/** SQL of `alarm` and `alarm_journal`. The journal is bounded: the newest entries are kept. */
import type { Alarm } from '../../shared/domain/alarm/alarm.ts';
import type { AlarmJournalEntry } from '../../shared/ipc/alarm-contract.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export const KEPT_JOURNAL_ENTRIES = 20_000;

export type KeptAlarm = { readonly alarm: Alarm; readonly wasShown: boolean };

export function readAlarms(store: ReadableStore): KeptAlarm[] {
  return store
    .prepare<[], { was_shown: number; record: string }>('SELECT was_shown, record FROM alarm ORDER BY id')
    .all()
    .map((row) => ({ alarm: JSON.parse(row.record) as Alarm, wasShown: row.was_shown === 1 }));
}

export function putAlarm(tx: Transaction, { alarm, wasShown }: KeptAlarm): void {
  tx.prepare(
    `INSERT INTO alarm (id, was_shown, record) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET was_shown = excluded.was_shown, record = excluded.record`,
  ).run(alarm.id, wasShown ? 1 : 0, JSON.stringify(alarm));
}

export function removeAlarm(tx: Transaction, id: string): void {
  tx.prepare('DELETE FROM alarm WHERE id = ?').run(id);
}

export type NewJournalEntry = Pick<AlarmJournalEntry, 'atMs' | 'what' | 'operator' | 'note'> & {
  readonly alarm: Pick<Alarm, 'id' | 'priority' | 'title' | 'subjectName'>;
};

export function appendJournal(tx: Transaction, entries: readonly NewJournalEntry[]): void {
  if (entries.length === 0) return;
  const insert = tx.prepare(
    `INSERT INTO alarm_journal (at_ms, alarm_id, priority, title, subject_name, what, operator, note)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  let last = 0;
  for (const { atMs, alarm, what, operator = null, note } of entries) {
    const { id, priority, title, subjectName } = alarm;
    last = Number(insert.run(atMs, id, priority, title, subjectName, what, operator, note).lastInsertRowid);
  }
  tx.prepare('DELETE FROM alarm_journal WHERE id <= ?').run(last - KEPT_JOURNAL_ENTRIES);
}

type JournalRow = {
  id: number;
  at_ms: number;
  alarm_id: string;
  priority: number;
  title: string;
  subject_name: string;
  what: string;
  operator: string | null;
  note: string;
};

/** Newest first; of one alarm when it is named. */
export function readJournal(store: ReadableStore, alarmId: string | undefined, limit: number): AlarmJournalEntry[] {
  const rows =
    alarmId === undefined
      ? store.prepare<[number], JournalRow>('SELECT * FROM alarm_journal ORDER BY id DESC LIMIT ?').all(limit)
      : store
          .prepare<[string, number], JournalRow>(
            'SELECT * FROM alarm_journal WHERE alarm_id = ? ORDER BY id DESC LIMIT ?',
          )
          .all(alarmId, limit);
  return rows.map((row) => ({
    id: row.id,
    atMs: row.at_ms,
    alarmId: row.alarm_id,
    priority: row.priority as AlarmJournalEntry['priority'],
    title: row.title,
    subjectName: row.subject_name,
    what: row.what as AlarmJournalEntry['what'],
    operator: row.operator ?? undefined,
    note: row.note,
  }));
}

/** When alarms were put before the operator, of the newest entries that a flood could be judged by. */
export function readRaisedSince(store: ReadableStore, sinceMs: EpochMs): EpochMs[] {
  return store
    .prepare<[number], { at_ms: number }>(
      `SELECT at_ms FROM (SELECT at_ms, what FROM alarm_journal ORDER BY id DESC LIMIT 1000)
       WHERE what = 'raised' AND at_ms > ?`,
    )
    .all(sinceMs)
    .map((row) => row.at_ms);
}
