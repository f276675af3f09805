/** One serial line: how it does, where it is, what went over it, and how the meters on it answer. */
import type { ReactNode } from 'react';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { judgeMeter } from '../meter/meter-standing.ts';
import { lostQuestions } from '../meter/meter-words.ts';
import { judgeLine } from './line-condition.ts';
import '../metering.css';

type LineCardProps = {
  readonly line: LineRecord;
  readonly meters: readonly MeterRecord[];
  readonly depotNames: string;
  readonly onMeter: (meterId: string) => void;
  readonly onTrace: () => void;
  /** Without its meters. */
  readonly isBrief?: boolean;
};

export function LineCard({ line, meters, depotNames, onMeter, onTrace, isBrief = false }: LineCardProps) {
  const wallNow = useWallNow();
  const condition = judgeLine(line, meters, wallNow);
  return (
    <section id={`line-${line.id}`} className="card line-card" tabIndex={-1} aria-label={`Meter line ${line.name}`}>
      <header>
        {condition.priority === undefined ? (
          <span className="dot" />
        ) : (
          <span className="mark" data-priority={condition.priority} aria-hidden="true">
            {condition.priority}
          </span>
        )}
        <h2 title={depotNames}>{line.name}</h2>
        <b className="state-word">{condition.word}</b>
        <span className="end">
          <button type="button" className="btn" onClick={onTrace} aria-label={`Trace of ${line.name}`}>
            Trace…
          </button>
        </span>
      </header>
      <p className="line-meaning" role="status">
        {sayLine(line, wallNow)}
      </p>
      <dl className="counts line-figures">
        <Row name="Where">
          {line.address}, {line.settings}
        </Row>
        <Row name="Last byte">
          {line.lastByteAtMs === undefined ? 'none yet' : `${wholeAge(wallNow - line.lastByteAtMs)} ago`}
        </Row>
        <Row name="Opened again" means="How often it came back since this profile was opened">
          {grouped(line.reopened)}
        </Row>
        <Row name="Bytes sent">{grouped(line.bytesSent)}</Row>
        <Row name="Bytes heard">{grouped(line.bytesHeard)}</Row>
        <Row name="Bytes discarded" means="No part of an awaited answer: noise, late answers, other masters">
          {grouped(line.bytesDiscarded)}
        </Row>
        <Row
          name="Foreign requests"
          means="Of another master on the same line: there must be none"
          isAbnormal={line.foreignRequests > 0}
        >
          {grouped(line.foreignRequests)}
        </Row>
      </dl>
      {!isBrief && <LineMeters line={line} meters={meters} wallNow={wallNow} onMeter={onMeter} />}
    </section>
  );
}

/** What the operator should know, and while it is lost: what still works and what to do. */
function sayLine(line: LineRecord, wallNow: number): string {
  const since = wholeAge(wallNow - line.sinceMs);
  if (line.state === 'open') return `Open for ${since}. Counted since this profile was opened, in real time.`;
  const left = line.nextTryAtMs === undefined ? undefined : Math.ceil((line.nextTryAtMs - wallNow) / 1000);
  const next = left === undefined ? '' : left > 0 ? ` Next try in ${left} s.` : ' Trying now.';
  if (line.state === 'opening') return `Being opened for ${since}. ${line.reason ?? ''}${next}`;
  return `Lost for ${since}. ${line.reason ?? 'The line went away.'}${next} The last readings stay, with their age.`;
}

type RowProps = {
  readonly name: string;
  readonly means?: string;
  readonly isAbnormal?: boolean;
  readonly children: ReactNode;
};

function Row({ name, means, isAbnormal = false, children }: RowProps) {
  return (
    <div title={means}>
      <dt>{name}</dt>
      <dd>
        {isAbnormal && (
          <span className="mark" data-priority="3" aria-hidden="true">
            3
          </span>
        )}
        {children}
      </dd>
    </div>
  );
}

type LineMetersProps = Pick<LineCardProps, 'line' | 'meters' | 'onMeter'> & { readonly wallNow: number };

function LineMeters({ line, meters, wallNow, onMeter }: LineMetersProps) {
  if (meters.length === 0) return <p className="empty">No meter is set up on this line.</p>;
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label={`Meters of ${line.name}`}>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Meter</th>
            <th scope="col" className="number wide-only">
              Unit
            </th>
            <th scope="col" className="number">
              Answered
            </th>
            <th scope="col" className="number">
              Failed
            </th>
            <th scope="col" className="number wide-only">
              Last answer
            </th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {meters.map((meter) => (
            <tr key={meter.id}>
              <td>
                <button type="button" className="row-button" onClick={() => onMeter(meter.id)}>
                  {meter.name}
                </button>
              </td>
              <td className="number wide-only">{meter.unitAddress ?? '—'}</td>
              <td className="number">{grouped(meter.health.answered)}</td>
              <td className="number" title="Timed out, spoiled, answered with an exception, or line lost">
                {grouped(lostQuestions(meter.health))}
              </td>
              <td className="number wide-only">{lastAnswer(meter, wallNow)}</td>
              <td>{judgeMeter({ meter, line, freshness: 'never', wallNowMs: wallNow }).word}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function lastAnswer(meter: MeterRecord, wallNow: number): string {
  const atMs = meter.health.lastAnswerAtMs;
  return atMs === undefined ? 'none yet' : `${wholeAge(wallNow - atMs)} ago`;
}
