/** A person’s review of a gap: what is to be published of it, or why nothing is. */
import './insight.css';
import { useId, useState } from 'react';
import type { DemandSignal } from '../../shared/domain/insight/demand-signal.ts';
import { TimeField } from '../tariff/time-field.tsx';
import { COMMITMENT_WORDS, hourText } from './gap-words.ts';
import { whyNotReady, type ReviewDraft } from './review-draft.ts';

type ReviewFormProps = {
  readonly proposal: ReviewDraft;
  readonly zone: string;
  readonly onReview: (decision: 'draft' | 'dismissed', review: ReviewDraft) => void;
};

const SHORTEST_NOTE = 3;
const HOURS = Array.from({ length: 25 }, (_, hour) => hour);
const COMMITMENTS = Object.keys(COMMITMENT_WORDS) as DemandSignal['commitment'][];

export function ReviewForm({ proposal, zone, onReview }: ReviewFormProps) {
  const id = useId();
  const [draft, setDraft] = useState(proposal);
  const change = (part: Partial<ReviewDraft>) => setDraft((before) => ({ ...before, ...part }));
  const whyNot = whyNotReady(draft);
  const note = draft.note.trim();
  const review = { ...draft, note };
  return (
    <form
      className="review-form"
      aria-label="Review"
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNot === undefined) onReview('draft', review);
      }}
    >
      <h3>
        Review <span className="muted">proposed from what failed; yours to change</span>
      </h3>
      <div className="review-fields">
        <HourField
          label="From hour"
          hours={HOURS.slice(0, 24)}
          value={draft.fromHour}
          onHour={(fromHour) => change({ fromHour })}
        />
        <HourField
          label="To hour"
          hours={HOURS.slice(1)}
          value={draft.toHour}
          onHour={(toHour) => change({ toHour })}
        />
        <NumberField
          label="kWh a day"
          most={1_000_000}
          value={draft.energyKwhPerDay}
          onNumber={(energyKwhPerDay) => change({ energyKwhPerDay })}
        />
        <NumberField label="kW" most={100_000} value={draft.powerKw} onNumber={(powerKw) => change({ powerKw })} />
        <TimeField
          label="Needed from"
          atMs={draft.windowFromMs}
          zone={zone}
          onTime={(windowFromMs) => windowFromMs !== undefined && change({ windowFromMs })}
        />
        <TimeField
          label="Needed until"
          atMs={draft.windowToMs}
          zone={zone}
          onTime={(windowToMs) => windowToMs !== undefined && change({ windowToMs })}
        />
        <label htmlFor={`${id}-commitment`} className="wide">
          Commitment
          <select
            id={`${id}-commitment`}
            className="field"
            value={draft.commitment}
            onChange={(event) => change({ commitment: event.target.value as DemandSignal['commitment'] })}
          >
            {COMMITMENTS.map((each) => (
              <option key={each} value={each}>
                {COMMITMENT_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
        <label htmlFor={`${id}-note`} className="wide">
          Note
          <input
            id={`${id}-note`}
            className="field"
            type="text"
            maxLength={500}
            placeholder="Night buses wait here for a free charge point"
            value={draft.note}
            onChange={(event) => change({ note: event.target.value })}
          />
        </label>
      </div>
      <p className="muted" role="status">
        {whyNot ?? 'A draft stays here until somebody publishes it.'}
      </p>
      <footer>
        <button type="submit" className="btn primary" disabled={whyNot !== undefined}>
          Keep as draft
        </button>
        <button
          type="button"
          className="btn"
          disabled={note.length < SHORTEST_NOTE}
          title={note.length < SHORTEST_NOTE ? 'Say why in the note first' : 'Nothing is published of it'}
          onClick={() => onReview('dismissed', review)}
        >
          Dismiss
        </button>
      </footer>
    </form>
  );
}

type HourFieldProps = {
  readonly label: string;
  readonly hours: readonly number[];
  readonly value: number;
  readonly onHour: (hour: number) => void;
};

function HourField({ label, hours, value, onHour }: HourFieldProps) {
  return (
    <label>
      {label}
      <select className="field" value={value} onChange={(event) => onHour(Number(event.target.value))}>
        {hours.map((hour) => (
          <option key={hour} value={hour}>
            {hourText(hour)}
          </option>
        ))}
      </select>
    </label>
  );
}

type NumberFieldProps = {
  readonly label: string;
  readonly most: number;
  readonly value: number;
  readonly onNumber: (value: number) => void;
};

/** Text while it is typed; what is no number counts as nought, and the form says what that lacks. */
function NumberField({ label, most, value, onNumber }: NumberFieldProps) {
  const [typed, setTyped] = useState(String(value));
  return (
    <label>
      {label}
      <input
        className="field"
        type="text"
        inputMode="decimal"
        maxLength={9}
        value={typed}
        onChange={(event) => {
          const text = event.target.value.replace(',', '.');
          setTyped(text);
          const number = text.trim() === '' ? 0 : Number(text);
          onNumber(Number.isFinite(number) ? Math.min(most, Math.max(0, number)) : 0);
        }}
      />
    </label>
  );
}
