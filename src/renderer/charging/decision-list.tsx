/** The card of what changed in a depot’s plan and why, newest first: a sentence, its price, and who moved. */
import './charging.css';
import { useMemo } from 'react';
import type { PlanDecision } from '../../shared/domain/charging/site-plan.ts';
import { formatInZone } from '../instruments/clock/zone-time.ts';
import { grouped } from '../instruments/number/format-number.ts';
import { useFeed } from '../link/use-feed.ts';
import { sayDifference } from './charging-words.ts';

const SHOWN = 40;

type DecisionCardProps = { readonly depotId: string; readonly zone: string; readonly currency: string };

export function DecisionCard(props: DecisionCardProps) {
  return (
    <section className="card" aria-label="What changed">
      <header>
        <h2>What changed</h2>
      </header>
      <div className="scroller" tabIndex={0} role="region" aria-label="Decisions">
        <DecisionList {...props} />
      </div>
    </section>
  );
}

function DecisionList({ depotId, zone, currency }: DecisionCardProps) {
  const view = useFeed('charging/decisions');
  const decisions = useMemo(
    () =>
      [...view.records.values()]
        .filter((each) => each.depotId === depotId)
        .toSorted((one, other) => other.number - one.number)
        .slice(0, SHOWN),
    [view, depotId],
  );
  if (decisions.length === 0) return <p className="empty">Nothing was decided for this depot yet.</p>;
  return (
    <ol className="decision-list">
      {decisions.map((decision) => (
        <Decision key={decision.number} decision={decision} zone={zone} currency={currency} />
      ))}
    </ol>
  );
}

function Decision({
  decision,
  zone,
  currency,
}: {
  readonly decision: PlanDecision;
  readonly zone: string;
  readonly currency: string;
}) {
  const { cost, costBefore, changedCells, moves, tookMs } = decision;
  return (
    <li>
      <details>
        <summary>
          <time>{formatInZone(decision.decidedAtMs, zone, 'minute')}</time> {decision.summary}
        </summary>
        <p className="muted">
          {costBefore === undefined ? '' : `It ${sayDifference(cost - costBefore, currency)}. `}
          {grouped(changedCells)} quarter hours differ; decided in {grouped(Math.round(tookMs))} ms.
        </p>
        {moves.length > 0 && (
          <ul>
            {moves.map((move) => (
              <li key={move.vehicleId}>{move.sentence}</li>
            ))}
          </ul>
        )}
      </details>
    </li>
  );
}
