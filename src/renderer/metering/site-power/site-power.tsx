/**
 * A depot's measured power against its limit, in three rows of fixed height: value, bar, and how the measuring does. Colour
 * only for a load that is measured now and too high; an old value never claims to be over anything.
 */
import type { ReactNode } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { clockRate } from '../../fleet/freshness-now.ts';
import type { Metering } from '../use-metering.ts';
import { MeterValue, ReadingAge } from '../meter/meter-value.tsx';
import { powerKw } from '../meter/meter-words.ts';
import { useMeterStanding } from '../meter/use-meter-standing.ts';
import { judgeLoad, siteMeterOf, type SiteLoad } from './site-load.ts';
import '../metering.css';

type SitePowerProps = { readonly depot: Depot; readonly metering: Metering };

export function SitePower({ depot, metering }: SitePowerProps) {
  const site = siteMeterOf(depot.id, metering.meters.values());
  const unmeasured = (value: string, note: string) => (
    <Rows limitW={depot.siteLimitW} value={<span className="muted">{value}</span>} age={null} note={note} />
  );
  // Until both feeds have spoken, "no meter" would be a guess.
  if (metering.phase === 'loading') return unmeasured('…', 'Asking which meters there are');
  switch (site.kind) {
    case 'none':
      return unmeasured('not measured', 'No meter set up for this depot');
    case 'no-incomer':
      return unmeasured('not measured', 'No meter of this depot is set up as its site incomer');
    case 'several':
      return unmeasured('not added up', `${site.incomers} site incomers; the Meters page has each`);
    case 'one':
      return <MeasuredPower depot={depot} meter={site.meter} line={metering.lines.get(site.meter.lineId)} />;
  }
}

type MeasuredProps = {
  readonly depot: Depot;
  readonly meter: MeterRecord;
  readonly line: LineRecord | undefined;
};

function MeasuredPower({ depot, meter, line }: MeasuredProps) {
  const standing = useMeterStanding(meter, line);
  const { latest } = meter;
  const powerW = latest?.values.powerW;
  const load = powerW === undefined ? undefined : judgeLoad(powerW, depot.siteLimitW);
  const seen = { latest, isCurrent: standing.isCurrent, zone: depot.timeZone };
  const priority = standing.isCurrent ? load?.priority : undefined;
  return (
    <Rows
      limitW={depot.siteLimitW}
      load={load}
      isCurrent={standing.isCurrent}
      value={
        <>
          {priority !== undefined && <Mark priority={priority} />}
          <MeterValue {...seen}>
            <b>{powerW === undefined ? 'not told' : powerKw(powerW)}</b>
          </MeterValue>
        </>
      }
      age={<ReadingAge {...seen} />}
      isAbnormal={standing.priority !== undefined}
      note={standing.sentence}
      noteTip={clockRate() === 1 ? standing.sentence : `${standing.sentence} (real time)`}
    />
  );
}

function Mark({ priority }: { readonly priority: 2 | 3 }) {
  return (
    <span className="mark" data-priority={priority} aria-hidden="true">
      {priority}
    </span>
  );
}

const LEVEL_WORDS: Readonly<Record<SiteLoad['level'], string | undefined>> = {
  normal: undefined,
  near: 'Near the limit',
  over: 'Over the limit',
};

type RowsProps = {
  readonly limitW: number;
  readonly load?: SiteLoad | undefined;
  readonly isCurrent?: boolean;
  readonly value: ReactNode;
  readonly age: ReactNode;
  readonly isAbnormal?: boolean;
  readonly note: string;
  readonly noteTip?: string;
};

function Rows({ limitW, load, isCurrent = false, value, age, isAbnormal = false, note, noteTip }: RowsProps) {
  const level = isCurrent && load !== undefined ? load.level : 'normal';
  return (
    <span className="site-power" data-level={level}>
      <span className="site-power-line">
        <span className="site-power-value">
          Site power {value}{' '}
          <span className="muted">
            {load === undefined ? '· limit' : '/'} {powerKw(limitW)} kW
          </span>
        </span>
        <span className="site-power-age muted">{age}</span>
      </span>
      <span className={isCurrent ? 'load-bar' : 'load-bar stale'} aria-hidden="true">
        {load !== undefined && <i style={{ width: `${Math.min(1, load.share) * 100}%` }} />}
      </span>
      <span className="site-power-note" title={noteTip ?? note}>
        {isAbnormal && <Mark priority={3} />}
        <span>
          {LEVEL_WORDS[level] !== undefined && <b className="site-power-word">{LEVEL_WORDS[level]} · </b>}
          {note}
        </span>
      </span>
    </span>
  );
}
