/** One day, week or month back or forth, and which of the kinds. */
import { zoneName } from '../../instruments/clock/zone-time.ts';
import type { LocalPeriod, PeriodKind } from './local-period.ts';
import './intervals.css';

const KIND_WORDS: Readonly<Record<PeriodKind, string>> = { day: 'Day', week: 'Week', month: 'Month' };

type PeriodBarProps<K extends PeriodKind> = {
  readonly kinds: readonly K[];
  readonly period: LocalPeriod;
  readonly zone: string;
  readonly onKind: (kind: K) => void;
  /** undefined: the one that holds this moment. */
  readonly onDate: (date: string | undefined) => void;
};

export function PeriodBar<K extends PeriodKind>({ kinds, period, zone, onKind, onDate }: PeriodBarProps<K>) {
  return (
    <span className="period-bar">
      <span className="period-kinds" role="group" aria-label="Period">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            className="btn"
            aria-pressed={period.kind === kind}
            onClick={() => onKind(kind)}
          >
            {KIND_WORDS[kind]}
          </button>
        ))}
      </span>
      <button
        type="button"
        className="btn"
        aria-label={`${KIND_WORDS[period.kind]} before`}
        title={`${KIND_WORDS[period.kind]} before ([)`}
        onClick={() => onDate(period.before)}
      >
        ‹
      </button>
      <b className="period-label">
        {period.label} <small title={zone}>{zoneName(zone, period.fromMs)}</small>
      </b>
      <button
        type="button"
        className="btn"
        aria-label={`${KIND_WORDS[period.kind]} after`}
        title={`${KIND_WORDS[period.kind]} after (])`}
        disabled={period.after === undefined}
        onClick={() => onDate(period.after)}
      >
        ›
      </button>
      <button
        type="button"
        className="btn"
        disabled={period.isNow}
        onClick={() => onDate(undefined)}
        title="Back to now (T)"
      >
        Now
      </button>
    </span>
  );
}
