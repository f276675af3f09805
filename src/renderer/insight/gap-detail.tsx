/** One gap: what failed, when in the day, how much was wanted; what a person made of it, and the form for that. */
import './insight.css';
import type { ReactNode } from 'react';
import type { DemandSignal, InfrastructureGap } from '../../shared/domain/insight/demand-signal.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { formatInZone, zoneName } from '../instruments/clock/zone-time.ts';
import { decimals, grouped } from '../instruments/number/format-number.ts';
import { COMMITMENT_WORDS, hourText, hoursInWords, KIND_WORDS, kindsOf, STATE_LOOKS } from './gap-words.ts';
import { SignalWord } from './gap-list.tsx';

type GapDetailProps = {
  readonly gap: InfrastructureGap;
  readonly name: string;
  readonly signal: DemandSignal | undefined;
  readonly review: ReactNode;
  readonly onPublish: (signalId: string) => void;
  readonly onClose: () => void;
};

export function GapDetail({ gap, name, signal, review, onPublish, onClose }: GapDetailProps) {
  const { timeZone } = gap;
  const time = (atMs: number) => `${formatInZone(atMs, timeZone, 'day')} ${formatInZone(atMs, timeZone, 'minute')}`;
  return (
    <section className="card gap-detail" aria-label={`Gap near ${name}`}>
      <header>
        <h2>Near {name}</h2>
        <span className="end">
          <button type="button" className="btn" onClick={onClose}>
            Close <kbd>Esc</kbd>
          </button>
        </span>
      </header>
      <div className="gap-body" tabIndex={0} role="region" aria-label="What failed there">
        <dl className="gap-figures">
          <Fact name="Failures">{grouped(gap.count)}</Fact>
          <Fact name="Vehicles">{grouped(gap.vehicles)}</Fact>
          <Fact name="Wanted, kWh">{decimals(gap.energyWh / 1000, 0)}</Fact>
          <Fact name="At once, kW">{decimals(gap.peakPowerW / 1000, 0)}</Fact>
        </dl>
        <p className="muted">
          <span title={describeInstant(gap.firstAtMs, timeZone)}>{time(gap.firstAtMs)}</span> to{' '}
          <span title={describeInstant(gap.lastAtMs, timeZone)}>{time(gap.lastAtMs)}</span>{' '}
          {zoneName(timeZone, gap.lastAtMs)}. What each vehicle wanted is what it lacked to four fifths of its battery.
        </p>
        <section>
          <h3>What failed</h3>
          <ul className="gap-kinds">
            {kindsOf(gap).map(([kind, count]) => (
              <li key={kind}>
                <span>{KIND_WORDS[kind]}</span>
                <span className="gap-bar" aria-hidden="true">
                  <span style={{ width: `${(count / gap.count) * 100}%` }} />
                </span>
                <b>{grouped(count)}</b>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>
            When <span className="muted">local hour</span>
          </h3>
          <HourBars byHour={gap.byHour} />
        </section>
        {signal !== undefined && <SignalFacts signal={signal} zone={timeZone} onPublish={onPublish} />}
        {review}
      </div>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const LABELLED_HOURS = [0, 6, 12, 18];

function HourBars({ byHour }: { readonly byHour: readonly number[] }) {
  const most = Math.max(1, ...byHour);
  return (
    <div className="hour-bars" role="img" aria-label={hoursInWords(byHour)}>
      {byHour.map((count, hour) => (
        <span key={hourText(hour)} title={`${hourText(hour)} to ${hourText(hour + 1)}: ${grouped(count)}`}>
          <i style={{ height: `${(count / most) * 100}%` }} />
          <small>{LABELLED_HOURS.includes(hour) ? hour : ''}</small>
        </span>
      ))}
    </div>
  );
}

type SignalFactsProps = {
  readonly signal: DemandSignal;
  readonly zone: string;
  readonly onPublish: (signalId: string) => void;
};

function SignalFacts({ signal, zone, onPublish }: SignalFactsProps) {
  const { state, reason, note, reviewedBy, reviewedAtMs } = signal;
  const day = (atMs: number) => formatInZone(atMs, zone, 'full').replace(/,.*$/u, '');
  return (
    <section className="gap-signal" aria-label="Signal">
      <h3>
        Signal: <SignalWord signal={signal} />
      </h3>
      <p role="status">
        {STATE_LOOKS[state].meaning} {reason}
      </p>
      {state !== 'dismissed' && (
        <p>
          {decimals(signal.energyKwhPerDay, 0)} kWh a day at up to {decimals(signal.powerKw, 0)} kW,{' '}
          {hourText(signal.fromHour)} to {hourText(signal.toHour)}, from {day(signal.windowFromMs)} to{' '}
          {day(signal.windowToMs)}. {COMMITMENT_WORDS[signal.commitment]}.
        </p>
      )}
      {note !== '' && <p>“{note}”</p>}
      <p className="muted" title={describeInstant(reviewedAtMs, zone)}>
        Reviewed by {reviewedBy}, {day(reviewedAtMs)}
      </p>
      {(state === 'draft' || state === 'refused') && (
        <button type="button" className="btn primary" onClick={() => onPublish(signal.signalId)}>
          Publish to the marketplace <kbd>P</kbd>
        </button>
      )}
    </section>
  );
}
