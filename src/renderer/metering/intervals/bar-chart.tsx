/** Energy as bars, one for each quarter hour or day, each drawn by what stands behind it. Arrow keys read it bar by bar. */
import { useState, type KeyboardEvent } from 'react';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { niceScale } from '../../instruments/chart/nice-scale.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { energyKwh, NOT_TOLD } from '../meter/meter-words.ts';
import type { EnergyBar } from './energy-bars.ts';
import { BASES_IN_ORDER, BASIS_MEANINGS, BASIS_WORDS, countWords } from './interval-words.ts';

type BarChartProps = {
  readonly label: string;
  readonly bars: readonly EnergyBar[];
  readonly zone: string;
  readonly isDaily: boolean;
};

const MOST_TICKS = 4;

export function BarChart({ label, bars, zone, isDaily }: BarChartProps) {
  const [cursor, setCursor] = useState<number>();
  const scale = niceScale(
    bars.map(({ importWh = 0 }) => importWh / 1000),
    MOST_TICKS,
  );
  const top = scale.range[1];
  const read = cursor === undefined ? undefined : bars[Math.min(cursor, bars.length - 1)];
  const onKey = (event: KeyboardEvent) => {
    const last = bars.length - 1;
    const now = cursor ?? -1;
    const to = { ArrowRight: Math.min(last, now + 1), ArrowLeft: Math.max(0, now - 1), Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setCursor(to);
  };
  const every = isDaily ? 1 : labelStep(bars.length);
  return (
    <div className="bar-chart">
      <div className="bar-legend">
        <span className="muted">{isDaily ? 'kWh a day' : 'kWh a quarter hour'}</span>
        {BASES_IN_ORDER.map((basis) => (
          <span key={basis} title={BASIS_MEANINGS[basis]}>
            <i className="bar-key" data-basis={basis} aria-hidden="true" /> {BASIS_WORDS[basis]}
          </span>
        ))}
        <span className="bar-reading" role="status">
          {read === undefined ? '' : sayBar(read, zone, isDaily)}
        </span>
      </div>
      <div
        className="bar-plot"
        tabIndex={0}
        role="slider"
        aria-label={label}
        aria-valuemin={1}
        aria-valuemax={Math.max(1, bars.length)}
        aria-valuenow={(cursor ?? 0) + 1}
        aria-valuetext={read === undefined ? 'none is read yet' : sayBar(read, zone, isDaily)}
        onKeyDown={onKey}
        onBlur={() => setCursor(undefined)}
        onMouseLeave={() => setCursor(undefined)}
      >
        {scale.ticks.map((tick) => (
          <span key={tick} className="bar-tick" style={{ bottom: `${(tick / top) * 100}%` }} aria-hidden="true">
            {decimals(tick, 0, 2)}
          </span>
        ))}
        <div className="bars" aria-hidden="true">
          {bars.map((bar, place) => (
            <span
              key={bar.beginMs}
              className="bar-slot"
              data-basis={bar.basis}
              data-cursor={place === cursor || undefined}
              onMouseEnter={() => setCursor(place)}
            >
              {bar.importWh !== undefined && (
                <i className="energy-bar" style={{ height: `${Math.max(0, bar.importWh / 1000 / top) * 100}%` }} />
              )}
            </span>
          ))}
        </div>
      </div>
      <div className="bar-times" aria-hidden="true">
        {bars.map((bar, place) => (
          <span key={bar.beginMs}>
            {place % every === 0 && (
              <b>
                {isDaily
                  ? formatInZone(bar.beginMs, zone, 'day').replace(/^\w+ (\d+).*$/u, '$1')
                  : formatInZone(bar.beginMs, zone, 'minute')}
              </b>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Every two hours, also on a day of 92 or 100. */
function labelStep(bars: number): number {
  return bars <= 32 ? 4 : 8;
}

function sayBar(bar: EnergyBar, zone: string, isDaily: boolean): string {
  const energy = bar.importWh === undefined ? NOT_TOLD : `${energyKwh(bar.importWh)} kWh`;
  if (isDaily) return `${formatInZone(bar.beginMs, zone, 'day')}: ${energy}, ${countWords(bar.counts)}`;
  const until = formatInZone(bar.endMs, zone, 'minute');
  return `${describeInstant(bar.beginMs, zone)} to ${until}: ${energy}, ${BASIS_WORDS[bar.basis]}`;
}
