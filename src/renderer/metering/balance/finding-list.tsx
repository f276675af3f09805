/** What the balance found: in one sentence, with what speaks for it, what is at stake and what to do next. */
import type { BalanceFinding, DepotBalance } from '../../../shared/domain/metering/balance/balance.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { FINDING_WORDS, kwh } from './balance-words.ts';

type FindingListProps = {
  readonly findings: readonly BalanceFinding[];
  readonly meters: DepotBalance['meters'];
  readonly zone: string;
  readonly chosen: number;
  readonly onChoose: (place: number) => void;
  readonly onMeter: (meterId: string) => void;
};

const PRIORITY = { alarm: 2, warning: 3, note: undefined } as const;

export function FindingList({ findings, meters, zone, chosen, onChoose, onMeter }: FindingListProps) {
  return (
    <ol className="finding-list">
      {findings.map((finding, place) => {
        const priority = PRIORITY[finding.severity];
        const name = meters.find(({ id }) => id === finding.meterId)?.name ?? finding.meterId;
        return (
          <li key={`${finding.kind} ${finding.meterId} ${finding.fromMs}`}>
            <article aria-label={FINDING_WORDS[finding.kind]}>
              <header>
                {priority !== undefined && (
                  <span className="mark" data-priority={priority} aria-hidden="true">
                    {priority}
                  </span>
                )}
                <b>{FINDING_WORDS[finding.kind]}</b>
                <span className="finding-stake" title="Energy at stake">
                  {kwh(finding.energyWh)} kWh
                </span>
              </header>
              <p>{finding.sentence}</p>
              <ul>
                {finding.evidence.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              <p>
                <span className="muted">Next:</span> {finding.advice}
              </p>
              <footer>
                <button
                  type="button"
                  className="btn"
                  data-finding={place}
                  tabIndex={place === chosen ? 0 : -1}
                  onFocus={(event) => {
                    onChoose(place);
                    event.currentTarget.closest('article')?.scrollIntoView({ block: 'nearest' });
                  }}
                  onClick={() => onMeter(finding.meterId)}
                >
                  {name}…
                </button>
                <span className="muted">{when(finding, zone)}</span>
              </footer>
            </article>
          </li>
        );
      })}
    </ol>
  );
}

function when({ fromMs, toMs }: BalanceFinding, zone: string): string {
  const at = (atMs: number) => `${formatInZone(atMs, zone, 'day')} ${formatInZone(atMs, zone, 'minute')}`;
  return `${at(fromMs)} to ${at(toMs)}`;
}
