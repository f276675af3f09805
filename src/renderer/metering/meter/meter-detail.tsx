/** One meter, whole: what it says now and said before, how it answers, what it is and what happened to it. */
import type { ReactNode } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { MeterHealthTable } from './meter-health.tsx';
import { MeterPowerChart, type ChartHours } from './meter-power-chart.tsx';
import { Count, MeterReadings } from './meter-readings.tsx';
import { NOT_TOLD, PROTOCOL_WORDS, ROLE_WORDS } from './meter-words.ts';
import { useMeterStanding } from './use-meter-standing.ts';

type MeterDetailProps = {
  readonly meter: MeterRecord;
  readonly line: LineRecord | undefined;
  readonly depot: Depot | undefined;
  readonly hours: ChartHours;
  readonly onHours: (hours: ChartHours) => void;
  readonly onLine: () => void;
  readonly onTrace: () => void;
  readonly onClose: () => void;
  readonly events: ReactNode;
  /** Which of several views of the meter is seen, and how another is chosen. */
  readonly tabs: ReactNode;
  /** Instead of the meter as it is now. */
  readonly other: ReactNode;
};

export function MeterDetail(props: MeterDetailProps) {
  const { meter, line, depot } = props;
  const standing = useMeterStanding(meter, line);
  const zone = depot?.timeZone ?? 'UTC';
  const limitW = meter.role === 'incomer' ? depot?.siteLimitW : undefined;
  return (
    <section className="card meter-detail" aria-label={`Meter ${meter.name}, ${depot?.name ?? meter.depotId}`}>
      <header>
        <h2>{meter.name}</h2>
        <small>{depot?.name ?? meter.depotId}</small>
        {props.tabs}
        <small className="meter-standing" title={standing.sentence}>
          {standing.priority !== undefined && (
            <span className="mark" data-priority={standing.priority} aria-hidden="true">
              {standing.priority}
            </span>
          )}
          <span>{standing.sentence}</span>
        </small>
        <span className="end">
          <button type="button" className="btn" onClick={props.onLine} title="The line on the Links page">
            Line…
          </button>
          <button type="button" className="btn" onClick={props.onTrace} title="The bytes on its line">
            Trace…
          </button>
          <button
            type="button"
            className="btn quiet"
            onClick={props.onClose}
            aria-label="Close (Escape)"
            title="Close (Esc)"
          >
            ✕
          </button>
        </span>
      </header>
      {props.other ?? (
        <div className="meter-body">
          <div className="meter-column">
            <MeterReadings meter={meter} isCurrent={standing.isCurrent} zone={zone} limitW={limitW} />
            <Nameplate meter={meter} line={line} />
          </div>
          <div className="meter-column">
            <MeterPowerChart meter={meter} zone={zone} limitW={limitW} hours={props.hours} onHours={props.onHours} />
            {props.events}
          </div>
          <div className="meter-column">
            <MeterHealthTable meter={meter} line={line} />
          </div>
        </div>
      )}
    </section>
  );
}

function Nameplate({ meter, line }: Pick<MeterDetailProps, 'meter' | 'line'>) {
  return (
    <section aria-label="What it is">
      <h3>What it is</h3>
      <dl className="counts nameplate">
        <Count name="Role" value={ROLE_WORDS[meter.role]} />
        <Count name="Model" value={meter.model} />
        <Count name="Serial number" value={meter.serialNumber ?? NOT_TOLD} means="As the meter itself says it" />
        <Count name="Unit address" value={String(meter.unitAddress ?? NOT_TOLD)} means="Modbus address on its line" />
        <Count name="Line" value={line?.name ?? meter.lineId} />
        <Count name="Protocol" value={line === undefined ? NOT_TOLD : PROTOCOL_WORDS[line.protocol]} />
        <Count name="Line settings" value={line?.settings ?? NOT_TOLD} />
        <Count name="Line address" value={line?.address ?? NOT_TOLD} />
      </dl>
    </section>
  );
}
