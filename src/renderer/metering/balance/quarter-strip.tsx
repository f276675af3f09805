/** Each quarter hour of the period, a row a day: grey where it balances, coloured only where it does not. */
import type { KeyboardEvent } from 'react';
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import type { NodeBalance } from '../../../shared/domain/metering/balance/balance.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { daysOf } from '../intervals/local-period.ts';
import { saySize, VERDICT_WORDS } from './balance-words.ts';
import { countVerdicts, quarterDays, type QuarterDay } from './quarter-runs.ts';

type QuarterStripProps = {
  readonly node: NodeBalance;
  readonly zone: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** The quarter hour that is read, by its first instant. */
  readonly quarterMs: number | undefined;
  readonly onQuarter: (beginMs: number) => void;
};

export function QuarterStrip({ node, zone, fromMs, toMs, quarterMs, onQuarter }: QuarterStripProps) {
  const days = quarterDays(node.rows, daysOf(zone, fromMs, toMs));
  const row = node.rows.find(({ beginMs }) => beginMs === quarterMs);
  const counts = countVerdicts(node.rows);
  const onKey = (event: KeyboardEvent) => {
    const last = node.rows.at(-1)?.beginMs;
    const first = node.rows[0]?.beginMs;
    if (first === undefined || last === undefined) return;
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 96, ArrowUp: -96 }[event.key];
    const ends: Readonly<Record<string, number>> = { Home: first, End: last };
    const to = by === undefined ? ends[event.key] : (quarterMs ?? last) + by * INTERVAL_MS;
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onQuarter(Math.min(last, Math.max(first, to)));
  };
  return (
    <section className="quarter-strip" aria-label="Quarter hours">
      <h3>
        Quarter hours{' '}
        <small>
          {grouped(counts.balanced)} balanced, {grouped(counts.warning)} beyond the likely error,{' '}
          {grouped(counts.alarm)} beyond the worst, {grouped(counts.unknown)} not known
        </small>
      </h3>
      <div
        className="quarter-days"
        data-days={days.length === 1 ? 'one' : days.length <= 7 ? 'week' : 'month'}
        tabIndex={0}
        role="slider"
        aria-label="Quarter hour that is read"
        aria-valuemin={1}
        aria-valuemax={Math.max(1, node.rows.length)}
        aria-valuenow={row === undefined ? 1 : node.rows.indexOf(row) + 1}
        aria-valuetext={row === undefined ? 'none yet' : describeInstant(row.beginMs, zone)}
        onKeyDown={onKey}
      >
        {days.map((day, place) => (
          <DayRow
            key={day.beginMs}
            day={day}
            zone={zone}
            isLabelled={days.length <= 7 || place % 5 === 0}
            cursorMs={quarterMs}
            onQuarter={onQuarter}
          />
        ))}
      </div>
      <div className="quarter-hours" aria-hidden="true">
        <span />
        <span>00</span>
        <span>06</span>
        <span>12</span>
        <span>18</span>
      </div>
      <p className="quarter-reading" role="status">
        {row === undefined ? (
          <span className="muted">Choose a quarter hour to read it; arrow keys go from one to the next.</span>
        ) : (
          <>
            <b>
              {describeInstant(row.beginMs, zone)}: {VERDICT_WORDS[row.verdict]}.
            </b>{' '}
            {saySize(row)}
          </>
        )}
      </p>
    </section>
  );
}

type DayRowProps = {
  readonly day: QuarterDay;
  readonly zone: string;
  readonly isLabelled: boolean;
  readonly cursorMs: number | undefined;
  readonly onQuarter: (beginMs: number) => void;
};

function DayRow({ day, zone, isLabelled, cursorMs, onQuarter }: DayRowProps) {
  const lengthMs = day.endMs - day.beginMs;
  const at = (atMs: number) => `${((atMs - day.beginMs) / lengthMs) * 100}%`;
  const wide = (fromMs: number, toMs: number) => `${((toMs - fromMs) / lengthMs) * 100}%`;
  const hasCursor = cursorMs !== undefined && cursorMs >= day.beginMs && cursorMs < day.endMs;
  return (
    <div className="quarter-day">
      <span className="quarter-date">{isLabelled && formatInZone(day.beginMs, zone, 'day')}</span>
      <div
        className="quarter-line"
        aria-hidden="true"
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const quarters = lengthMs / INTERVAL_MS;
          const place = Math.min(quarters - 1, Math.floor(((event.clientX - box.left) / box.width) * quarters));
          onQuarter(day.beginMs + place * INTERVAL_MS);
        }}
      >
        {day.judgedUntilMs !== undefined && <i className="judged" style={{ width: at(day.judgedUntilMs) }} />}
        {day.runs.map((run) => (
          <i
            key={run.beginMs}
            className="quarter-run"
            data-verdict={run.verdict}
            title={`${formatInZone(run.beginMs, zone, 'minute')} to ${formatInZone(run.endMs, zone, 'minute')}: ${VERDICT_WORDS[run.verdict]}${run.reason === undefined ? '' : `. ${run.reason}`}`}
            style={{ left: at(run.beginMs), width: wide(run.beginMs, run.endMs) }}
          />
        ))}
        {hasCursor && (
          <i className="quarter-cursor" style={{ left: at(cursorMs), width: wide(cursorMs, cursorMs + INTERVAL_MS) }} />
        )}
      </div>
    </div>
  );
}
