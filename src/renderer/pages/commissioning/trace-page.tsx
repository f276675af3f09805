/** One line's trace over the whole page: opened from the line's card or its meter. */
import { useEffect } from 'react';
import type { Metering } from '../../metering/use-metering.ts';
import { LineTrace } from '../../metering/commissioning/trace/line-trace.tsx';
import { focusField } from './bench-focus.ts';

type TracePageProps = {
  readonly lineId: string;
  readonly metering: Metering;
  readonly onBack: () => void;
};

export function TracePage({ lineId, metering, onBack }: TracePageProps) {
  const line = metering.lines.get(lineId);
  useEffect(() => focusField('trace-page'), [lineId]);
  return (
    <div id="trace-page" className="trace-page">
      <section className="card" aria-label="Trace">
        <header>
          <h2>Trace of {line?.name ?? lineId}</h2>
          <small className="ellipsis">
            {line === undefined ? 'This line is not read now.' : `${line.address}, ${line.settings}`}
          </small>
          <span className="end">
            <button type="button" className="btn" onClick={onBack} title="To the bench (Esc)">
              All lines
            </button>
          </span>
        </header>
        <LineTrace key={lineId} line={lineId} lineName={line?.name ?? lineId} />
      </section>
    </div>
  );
}
