/** The line that was just saved, alive: what its meters say now, and where to go on. */
import { useEffect, useRef } from 'react';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { MeterValue, ReadingAge } from '../../metering/meter/meter-value.tsx';
import { measured, powerKw } from '../../metering/meter/meter-words.ts';
import { useMeterStanding } from '../../metering/meter/use-meter-standing.ts';
import { meterCount } from '../../metering/commissioning/bench-words.ts';

type JustSavedProps = {
  readonly line: LineRecord;
  readonly meters: readonly MeterRecord[];
  readonly zone: string;
  readonly onMeter: (meterId: string) => void;
  readonly onAnother: () => void;
};

export function JustSaved({ line, meters, zone, onMeter, onAnother }: JustSavedProps) {
  const goOn = useRef<HTMLButtonElement>(null);
  const [first] = meters;
  const hasMeter = first !== undefined;
  useEffect(() => {
    if (hasMeter) goOn.current?.focus();
  }, [line.id, hasMeter]);
  return (
    <section className="card saved-line" aria-label={`Saved: ${line.name}`}>
      <header>
        <h2>{line.name} is saved</h2>
        <small role="status">
          {meters.length === 0 ? 'its meters appear in a moment' : `${meterCount(meters.length)} read from now on`}
        </small>
        <span className="end">
          <button
            ref={goOn}
            type="button"
            className="btn primary"
            aria-disabled={first === undefined}
            onClick={() => first !== undefined && onMeter(first.id)}
          >
            Show on the Meters page
          </button>
          <button type="button" className="btn" onClick={onAnother}>
            Another line
          </button>
        </span>
      </header>
      <ul className="saved-meters">
        {meters.map((meter) => (
          <SavedMeter key={meter.id} meter={meter} line={line} zone={zone} />
        ))}
      </ul>
    </section>
  );
}

type SavedMeterProps = { readonly meter: MeterRecord; readonly line: LineRecord; readonly zone: string };

function SavedMeter({ meter, line, zone }: SavedMeterProps) {
  const { latest } = meter;
  const standing = useMeterStanding(meter, line);
  const seen = { latest, isCurrent: standing.isCurrent, zone };
  return (
    <li>
      <b className="ellipsis">{meter.name}</b>
      <MeterValue {...seen}>
        {powerKw(latest?.values.powerW)} kW · {measured(latest?.values.phases[0].voltageV, 0)} V
      </MeterValue>
      <span className="muted">
        <ReadingAge {...seen} />
      </span>
      <span className="check-sum">
        {standing.priority !== undefined && (
          <span className="mark" data-priority={standing.priority} aria-hidden="true">
            {standing.priority}
          </span>
        )}
        <span className="ellipsis" title={standing.sentence}>
          {standing.sentence}
        </span>
      </span>
    </li>
  );
}
