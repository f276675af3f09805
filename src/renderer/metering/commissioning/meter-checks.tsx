/** What was looked at before a meter is believed, each with what was seen. The mark is for what did not pass. */
import type { FoundMeter, PlausibilityCheck } from '../../../shared/ipc/metering/commissioning-contract.ts';
import { CHECK_WORDS, OUTCOME_WORDS } from './bench-words.ts';

type MeterChecksProps = {
  readonly found: FoundMeter | undefined;
  /** The profile that is chosen: its own checks are shown where it was tried. */
  readonly profile: string;
};

export function MeterChecks({ found, profile }: MeterChecksProps) {
  const tried = found?.profiles.find(({ name }) => name === profile);
  return (
    <section className="meter-checks" aria-label="Checks">
      <h3>
        Checks <small>{tried === undefined ? '' : `as ${tried.model}`}</small>
      </h3>
      {found === undefined && (
        <p className="muted">
          It was saved before and has not answered in this search. Search the line to see what it says now.
        </p>
      )}
      {found !== undefined && tried === undefined && (
        <p className="muted">
          {found.profiles.length === 0
            ? 'It answers, but as none of the models that are known here. Choose its model only if the nameplate says so; its values were not checked.'
            : 'What it says was not read by this model, because another fits better.'}
        </p>
      )}
      <ul>
        {tried?.checks.map((check) => (
          <Check key={check.name} check={check} />
        ))}
      </ul>
    </section>
  );
}

function Check({ check: { name, outcome, sentence } }: { readonly check: PlausibilityCheck }) {
  return (
    <li data-outcome={outcome}>
      {outcome === 'failed' || outcome === 'doubtful' ? (
        <span className="mark" data-priority={outcome === 'failed' ? 2 : 3} aria-hidden="true">
          {outcome === 'failed' ? '!' : 3}
        </span>
      ) : (
        <span className="check-mark" aria-hidden="true">
          {outcome === 'passed' ? '✓' : '–'}
        </span>
      )}
      <span>
        <b>{CHECK_WORDS[name]}</b> <span className="muted">{OUTCOME_WORDS[outcome]}</span>
        <br />
        {sentence}
      </span>
    </li>
  );
}
