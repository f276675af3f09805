/** What became of alarms and what operators did, newest first. Real time: alarms are of the real world, also in the demo. */
import type { AlarmJournalEntry } from '../../shared/ipc/alarm-contract.ts';
import { computerZone, formatInZone } from '../instruments/clock/zone-time.ts';
import { DEED_WORDS } from './alarm-words.ts';

type AlarmJournalProps = {
  readonly entries: readonly AlarmJournalEntry[] | undefined;
  readonly failure: string | undefined;
  /** Of one alarm, whose name stands above. */
  readonly isOfOne: boolean;
};

export function AlarmJournal({ entries, failure, isOfOne }: AlarmJournalProps) {
  if (failure !== undefined && entries === undefined) return <p className="empty">{failure}</p>;
  if (entries === undefined) return <div className="alarm-journal" aria-busy="true" />;
  if (entries.length === 0)
    return <p className="empty">Nothing yet. Each alarm that comes or goes, and each answer to it, is written here.</p>;
  return (
    <ol className={`alarm-journal${isOfOne ? ' of-one' : ''}`}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <time title={`${formatInZone(entry.atMs, 'UTC', 'full')} UTC`}>
            {isOfOne ? '' : `${formatInZone(entry.atMs, computerZone(), 'day')} `}
            {formatInZone(entry.atMs, computerZone(), 'time')}
          </time>
          {!isOfOne && (
            <span className="journal-alarm">
              <span className="mark" data-priority={entry.priority}>
                {entry.priority}
              </span>
              {entry.title}, {entry.subjectName}
            </span>
          )}
          <span className="journal-deed">
            {DEED_WORDS[entry.what]}
            {entry.operator !== undefined && ` by ${entry.operator}`}
            {entry.note !== '' && (entry.what !== 'raised' || !isOfOne) && (
              <span className="muted"> · {entry.note}</span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
