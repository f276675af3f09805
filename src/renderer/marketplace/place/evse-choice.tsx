/** The charge points of a place, one to be chosen: each with its state, how old the word of it is, and who has it. */
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import type { ConnectorGroup } from '../../../shared/domain/marketplace/place.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { BAY_LOOKS } from '../charge-point/charge-point-words.ts';
import { groupName } from './place-words.ts';

type EvseChoiceProps = {
  readonly evses: readonly Evse[];
  readonly chosenKey: string | undefined;
  readonly onChoose: (key: string) => void;
  /** Nobody can be asked now: all of it is what was known last. */
  readonly isOld: boolean;
  /** The vehicle of ours that a charge point is held for or used by. */
  readonly whoseIs: (evse: Evse) => string | undefined;
};

export function EvseChoice({ evses, chosenKey, onChoose, isOld, whoseIs }: EvseChoiceProps) {
  return (
    <div className="evse-choice" role="radiogroup" aria-label="Charge points">
      {evses.map((evse) => {
        const look = BAY_LOOKS[evse.status];
        return (
          <label key={evse.key} className={isOld || evse.status === 'UNKNOWN' ? 'stale' : ''}>
            <input type="radio" name="evse" checked={evse.key === chosenKey} onChange={() => onChoose(evse.key)} />
            <i className="bay" data-kind={look.kind} aria-hidden="true">
              {look.letter}
            </i>
            <span className="evse-label" title={evse.evseId ?? evse.uid}>
              {evse.label}
            </span>
            <span>{look.word}</span>
            <span className="muted evse-whose">{whoseIs(evse) ?? ''}</span>
            <small className="muted" title={`Heard ${describeInstant(evse.statusAtMs, evse.timeZone)}`}>
              <Age atMs={evse.statusAtMs} />
            </small>
          </label>
        );
      })}
    </div>
  );
}

function Age({ atMs }: { readonly atMs: number }) {
  return <>{wholeAge(useNow() - atMs)}</>;
}

type GroupChoiceProps = {
  readonly groups: readonly ConnectorGroup[];
  readonly chosenKey: string | undefined;
  readonly onChoose: (key: string) => void;
};

/** Which kind of connector; nothing to choose where there is one kind. */
export function GroupChoice({ groups, chosenKey, onChoose }: GroupChoiceProps) {
  return (
    <div className="chips" role="group" aria-label="Kind of connector">
      {groups.map((group) => (
        <button
          key={group.key}
          type="button"
          className="chip"
          aria-pressed={group.key === chosenKey}
          onClick={() => onChoose(group.key)}
        >
          {groupName(group)}{' '}
          <span className="muted">
            {group.free} of {group.total}
          </span>
        </button>
      ))}
    </div>
  );
}
