/** What can be done at the chosen charge point; what cannot says why, in the words of the rule that would refuse it. */
import { formatInZone } from '../../../instruments/clock/zone-time.ts';
import type { PlaceActs } from '../../../marketplace/place/place-acts.ts';

export type ActRunner = {
  readonly reserve: () => void;
  readonly start: () => void;
  readonly stop: () => void;
  readonly unlock: () => void;
  readonly cancel: () => void;
};

type ActButtonsProps = {
  readonly acts: PlaceActs;
  readonly run: ActRunner;
  /** The charge point that is meant. */
  readonly label: string | undefined;
  readonly holdMinutes: number;
  readonly onHoldMinutes: (minutes: number) => void;
  readonly expiresAtMs: number;
  readonly zone: string;
};

export const HOLD_MINUTES = [15, 30, 60, 120] as const;

export function ActButtons(props: ActButtonsProps) {
  const { acts, run, label, holdMinutes, expiresAtMs, zone } = props;
  const isRunning = acts.stop === undefined;
  const until = formatInZone(expiresAtMs, zone, 'minute');
  const where = label === undefined ? '' : ` ${label}`;
  return (
    <div className="act-buttons">
      {acts.reservation === undefined ? (
        <>
          <Act word={`Reserve${where} until ${until}`} keyCap="B" whyNot={acts.reserve} onRun={run.reserve} />
          <select
            className="field"
            aria-label="Hold it for"
            value={holdMinutes}
            onChange={(event) => props.onHoldMinutes(Number(event.target.value))}
          >
            {HOLD_MINUTES.map((minutes) => (
              <option key={minutes} value={minutes}>
                {minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}
              </option>
            ))}
          </select>
        </>
      ) : (
        <Act word="Cancel reservation" keyCap="B" whyNot={acts.cancel} onRun={run.cancel} />
      )}
      {isRunning ? (
        <Act word="Stop charging" keyCap="X" whyNot={acts.stop} onRun={run.stop} isMain />
      ) : (
        <Act word={`Start${where}`} keyCap="C" whyNot={acts.start} onRun={run.start} isMain />
      )}
      <Act word="Unlock connector" keyCap="U" whyNot={acts.unlock} onRun={run.unlock} />
      <WhyNots acts={acts} isRunning={isRunning} />
    </div>
  );
}

type ActProps = {
  readonly word: string;
  readonly keyCap: string;
  readonly whyNot: string | undefined;
  readonly onRun: () => void;
  readonly isMain?: boolean;
};

/** It keeps the focus when it cannot be pressed, so that its reason can be read there. */
function Act({ word, keyCap, whyNot, onRun, isMain = false }: ActProps) {
  return (
    <button
      type="button"
      className={isMain ? 'btn primary' : 'btn'}
      aria-disabled={whyNot !== undefined}
      title={whyNot ?? `${word} (${keyCap})`}
      onClick={() => whyNot === undefined && onRun()}
    >
      {word} <kbd>{keyCap}</kbd>
    </button>
  );
}

/** One line for each reason; what is refused for the same reason is said once. */
function WhyNots({ acts, isRunning }: { readonly acts: PlaceActs; readonly isRunning: boolean }) {
  const given: readonly (readonly [string, string | undefined])[] = [
    acts.reservation === undefined ? ['Reserve', acts.reserve] : ['Cancel', acts.cancel],
    ['Start', isRunning ? undefined : acts.start],
    ['Unlock', acts.unlock],
  ];
  const byReason = new Map<string, string[]>();
  for (const [word, reason] of given)
    if (reason !== undefined) byReason.set(reason, [...(byReason.get(reason) ?? []), word]);
  if (byReason.size === 0) return null;
  return (
    <ul className="why-nots">
      {[...byReason].map(([reason, words]) => (
        <li key={reason}>
          <span>{words.join(', ')}:</span> {reason}
        </li>
      ))}
    </ul>
  );
}
