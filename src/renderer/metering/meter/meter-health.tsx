/** How the questions to a meter ended, each counted once, and what was heard besides; the newest fault in its own words. */
import type { LineRecord, MeterHealth, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useNow, useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { Count } from './meter-readings.tsx';
import { answeredShare, NOT_TOLD, sharePercent } from './meter-words.ts';

type Figure = { readonly name: string; readonly means: string; readonly read: (health: MeterHealth) => number };

const ENDED: readonly Figure[] = [
  { name: 'Answered', means: 'A whole and valid answer to this very question', read: (health) => health.answered },
  { name: 'Timed out', means: 'No answer within the time-out', read: (health) => health.timedOut },
  {
    name: 'Spoiled',
    means: 'Bytes came, but no valid answer: a wrong CRC, a frame cut short, an answer to something else',
    read: (health) => health.spoiled,
  },
  { name: 'Excepted', means: 'The meter answered that it cannot', read: (health) => health.excepted },
  { name: 'Line lost', means: 'The line went away while the answer was awaited', read: (health) => health.lineLost },
];

const HEARD: readonly Figure[] = [
  { name: 'Late answers', means: 'Valid, but after their time-out: never used', read: (health) => health.lateAnswers },
  { name: 'CRC errors', means: 'Frames whose checksum was wrong', read: (health) => health.crcErrors },
  { name: 'Short frames', means: 'Frames that were cut short', read: (health) => health.shortFrames },
  { name: 'Refused readings', means: 'Arrived whole and broke a rule', read: (health) => health.refused },
];

type MeterHealthTableProps = { readonly meter: MeterRecord; readonly line: LineRecord | undefined };

export function MeterHealthTable({ meter, line }: MeterHealthTableProps) {
  const { health } = meter;
  return (
    <section className="meter-health" aria-label="Answers">
      <h3>
        Answers <small>since this profile was opened</small>
      </h3>
      <dl className="counts in-columns">
        <Count name="Asked" value={grouped(health.asked)} />
        {ENDED.map((figure) => (
          <FigureCount key={figure.name} figure={figure} health={health} />
        ))}
        <Count
          name="Answered, %"
          value={sharePercent(answeredShare(health))}
          means="Of the questions that have ended"
        />
        <Count name="Failed in a row" value={grouped(health.failuresInARow)} isQuiet={health.failuresInARow === 0} />
        {HEARD.map((figure) => (
          <FigureCount key={figure.name} figure={figure} health={health} />
        ))}
        <LineCount
          name="Discarded, bytes"
          means="Of its whole line: noise, late answers, other masters"
          value={line?.bytesDiscarded}
        />
        <LineCount
          name="Foreign requests"
          means="Of another master on its line: there must be none"
          value={line?.foreignRequests}
        />
        <Count name="Time-out, ms" value={grouped(health.timeoutMs)} means="Late answers raise it" />
      </dl>
      <NewestFault health={health} />
      <Refusal refusal={meter.refusal} />
    </section>
  );
}

function FigureCount({ figure, health }: { readonly figure: Figure; readonly health: MeterHealth }) {
  const value = figure.read(health);
  return <Count name={figure.name} value={grouped(value)} means={figure.means} isQuiet={value === 0} />;
}

function LineCount({ name, means, value }: { name: string; means: string; value: number | undefined }) {
  return <Count name={name} value={value === undefined ? NOT_TOLD : grouped(value)} means={means} isQuiet={!value} />;
}

function NewestFault({ health }: { readonly health: MeterHealth }) {
  const wallNow = useWallNow();
  const { lastFault } = health;
  return (
    <p className="meter-said">
      <span className="muted">Newest fault</span>
      {lastFault === undefined ? (
        <span className="muted">none since this profile was opened</span>
      ) : (
        <span>
          {lastFault.sentence} <span className="muted">{wholeAge(wallNow - lastFault.atMs)} ago</span>
        </span>
      )}
    </p>
  );
}

function Refusal({ refusal }: Pick<MeterRecord, 'refusal'>) {
  const now = useNow(1000);
  return (
    <p className="meter-said">
      <span className="muted">Refused reading</span>
      {refusal === undefined ? (
        <span className="muted">none since the newest accepted one</span>
      ) : (
        <span>
          {refusal.message} <span className="mono muted">{refusal.code}</span>{' '}
          <span className="muted">{wholeAge(now - refusal.atMs)} ago</span>
        </span>
      )}
    </p>
  );
}
