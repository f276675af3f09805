/** Which of the alarms the list shows. Everything here stands in the link. */
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { PRIORITIES } from '../../alarm/list-alarms.ts';
import type { AlarmsSearch } from './alarms-search.ts';

type AlarmFilterBarProps = {
  readonly search: AlarmsSearch;
  readonly onFilter: (patch: Partial<AlarmsSearch>) => void;
  readonly depots: ReadonlyMap<string, Depot>;
  readonly explained: number;
};

export function AlarmFilterBar({ search, onFilter, depots, explained }: AlarmFilterBarProps) {
  return (
    <div className="alarm-filter" role="search" aria-label="Filter alarms">
      <select
        className="field"
        aria-label="Depot"
        value={search.depot ?? ''}
        onChange={(event) => onFilter({ depot: event.target.value || undefined })}
      >
        <option value="">All depots</option>
        {[...depots.values()].map((depot) => (
          <option key={depot.id} value={depot.id}>
            {depot.name}
          </option>
        ))}
      </select>
      <div className="chips" role="group" aria-label="Priority">
        {PRIORITIES.map((priority) => (
          <button
            key={priority}
            type="button"
            className="chip"
            aria-pressed={search.priority === priority}
            aria-label={`Priority ${priority} only`}
            onClick={() => onFilter({ priority: search.priority === priority ? undefined : priority })}
          >
            <span className="mark" data-priority={priority} aria-hidden="true">
              {priority}
            </span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className="btn"
        aria-pressed={search.explained === true}
        title="Alarms that another alarm is the cause of"
        onClick={() => onFilter({ explained: search.explained === true ? undefined : true })}
      >
        Explained {explained}
      </button>
    </div>
  );
}
