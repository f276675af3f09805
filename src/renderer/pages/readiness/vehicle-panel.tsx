/** One vehicle: why it is as it is, what a person asked for it, and the ways out with their prices. */
import { useMemo, useState } from 'react';
import type { Readiness, Remedy } from '../../../shared/domain/charging/site-plan.ts';
import { kwh, sayDifference, sayMargin, STATE_WORDS } from '../../charging/charging-words.ts';
import { giveWish } from '../../charging/give-wish.ts';
import { WishList } from '../../charging/wish-list.tsx';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useAnswer } from '../use-answer.ts';
import { WishTrial } from '../wish-trial.tsx';

type VehiclePanelProps = {
  readonly readiness: Readiness;
  readonly name: string;
  readonly zone: string;
  readonly currency: string;
  /** Answers are asked again when the plan is another. */
  readonly decisionNumber: number;
  readonly onDone: () => void;
};

export function VehiclePanel({ readiness, name, zone, currency, decisionNumber, onDone }: VehiclePanelProps) {
  const { vehicleId, depotId, wishes } = readiness;
  const [chosenId, setChosenId] = useState<string>();
  const input = useMemo(() => ({ vehicleId }), [vehicleId]);
  const { answer, asked, failure } = useAnswer('charging/remedies', input, decisionNumber);
  const remedies = asked === input ? answer : undefined;
  const chosen = remedies?.find(({ id }) => id === chosenId);
  const clockOf = (atMs: number) => formatInZone(atMs, zone, 'minute');
  useShortcuts('Ways out', [
    ...(remedies ?? []).slice(0, 9).map((remedy, place) => ({
      keys: String(place + 1),
      does: `See what “${remedy.title}” does`,
      run: () => setChosenId(remedy.id),
    })),
    { keys: 'Escape', does: 'Leave the way out as it is', run: () => setChosenId(undefined) },
  ]);
  const apply = async (remedy: Remedy) => {
    if (!(await giveWish(depotId, remedy.wish, `${name}: ${remedy.title}`))) return;
    setChosenId(undefined);
    onDone();
  };
  return (
    <div className="vehicle-panel">
      <p>
        <b>{STATE_WORDS[readiness.state]}.</b> {sayState(readiness, zone)}
      </p>
      {readiness.because !== '' && <p>{readiness.because}</p>}
      <WishList wishes={wishes} clockOf={clockOf} />
      <h3>Ways out</h3>
      {failure !== undefined && remedies === undefined && <p role="status">{failure}</p>}
      {remedies === undefined && failure === undefined && <p className="muted">Being priced …</p>}
      {remedies?.length === 0 && (
        <p className="muted">No change here would help it. Look for another vehicle or bay.</p>
      )}
      {chosenId !== undefined && remedies !== undefined && chosen === undefined && (
        <p role="status">The plan changed meanwhile, and what you looked at is no way out any more.</p>
      )}
      <ol className="remedies">
        {remedies?.map((remedy, place) => (
          <li key={remedy.id}>
            <button
              type="button"
              className="remedy"
              aria-expanded={remedy === chosen}
              onClick={() => setChosenId(remedy === chosen ? undefined : remedy.id)}
            >
              <kbd>{place + 1}</kbd> <b>{remedy.title}</b> {sayDifference(remedy.costDifference, currency)}
              <small>{remedy.consequence}</small>
            </button>
            {remedy === chosen && (
              <div className="remedy-preview">
                <WishTrial
                  depotId={depotId}
                  terms={remedy.wish}
                  currency={currency}
                  decisionNumber={decisionNumber}
                  doing="Do it"
                  takesFocus
                  onDo={() => void apply(remedy)}
                  onLeave={() => setChosenId(undefined)}
                />
              </div>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

function sayState(
  { socPercent, socAtMs, expectedPercent, targetPercent, marginMs, missingWh, departAtMs }: Readiness,
  zone: string,
): string {
  const leaves = `It leaves at ${formatInZone(departAtMs, zone, 'minute')}`;
  const soc =
    socPercent === undefined || socAtMs === undefined
      ? 'its charge was never heard'
      : `it has ${Math.round(socPercent)} % (heard at ${formatInZone(socAtMs, zone, 'minute')})`;
  const then =
    expectedPercent === undefined
      ? ''
      : ` and is planned to have ${Math.round(expectedPercent)} % of the ${Math.round(targetPercent)} % it needs`;
  const missing = missingWh > 0 ? ` ${kwh(missingWh)} are missing.` : '';
  const spare = marginMs === undefined || marginMs < 0 ? '' : ` Charging could still wait ${sayMargin(marginMs)} h.`;
  return `${leaves}; ${soc}${then}.${missing}${spare}`;
}
