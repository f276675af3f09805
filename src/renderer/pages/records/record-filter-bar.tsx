/** Which of the records the list shows. Everything here stands in the link. */
import type { Ref } from 'react';
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import type { ChargeRecordPage } from '../../../shared/ipc/marketplace/record-contract.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import {
  BREACH_MEANING,
  SEVERITY_PRIORITY,
  SEVERITY_WORDS,
  VERDICT_MEANINGS,
  VERDICT_PRIORITY,
  VERDICT_WORDS,
  VERDICTS,
} from '../../marketplace/record/record-words.ts';
import type { RecordsSearch } from './records-search.ts';
import { TextFilter } from '../text-filter.tsx';

type RecordFilterBarProps = {
  readonly search: RecordsSearch;
  readonly onFilter: (patch: Partial<RecordsSearch>) => void;
  readonly parties: readonly Party[];
  readonly counts: ChargeRecordPage['counts'] | undefined;
  readonly vehicleName: string | undefined;
  readonly onLeaveToList: () => void;
  readonly input: Ref<HTMLInputElement>;
};

export function RecordFilterBar(props: RecordFilterBarProps) {
  const { search, onFilter, parties, counts, vehicleName } = props;
  return (
    <div className="filter-bar records-filter" role="search" aria-label="Filter records">
      <TextFilter
        label="Record, place or charge point"
        text={search.text ?? ''}
        onText={(text) => onFilter({ text: text === '' ? undefined : text })}
        onLeaveToList={props.onLeaveToList}
        input={props.input}
      />
      <select
        className="field"
        aria-label="Operator"
        value={search.party ?? ''}
        onChange={(event) => onFilter({ party: event.target.value || undefined })}
      >
        <option value="">All operators</option>
        {parties.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
      <div className="chips" role="group" aria-label="Verdict">
        {VERDICTS.map((verdict) => (
          <KindChip
            key={verdict}
            name={VERDICT_WORDS[verdict]}
            meaning={VERDICT_MEANINGS[verdict]}
            priority={VERDICT_PRIORITY[verdict]}
            count={counts?.[verdict]}
            isOn={search.verdict === verdict}
            onToggle={() => onFilter({ verdict: search.verdict === verdict ? undefined : verdict })}
          />
        ))}
      </div>
      <KindChip
        name={SEVERITY_WORDS.breach}
        meaning={BREACH_MEANING}
        priority={SEVERITY_PRIORITY.breach}
        count={counts?.breach}
        isOn={search.breach === true}
        onToggle={() => onFilter({ breach: search.breach ? undefined : true })}
      />
      {search.vehicle !== undefined && (
        <button type="button" className="chip" aria-pressed onClick={() => onFilter({ vehicle: undefined })}>
          {vehicleName ?? search.vehicle} ×
        </button>
      )}
    </div>
  );
}

type KindChipProps = {
  readonly name: string;
  readonly meaning: string;
  readonly priority: 2 | 3 | undefined;
  readonly count: number | undefined;
  readonly isOn: boolean;
  readonly onToggle: () => void;
};

function KindChip({ name, meaning, priority, count, isOn, onToggle }: KindChipProps) {
  const isAbnormal = priority !== undefined && (count ?? 0) > 0;
  return (
    <button type="button" className="chip" aria-pressed={isOn} title={meaning} onClick={onToggle}>
      {isAbnormal && (
        <span className="mark" data-priority={priority} aria-hidden="true">
          {priority}
        </span>
      )}
      {name}
      <b>{count === undefined ? '–' : grouped(count)}</b>
    </button>
  );
}
