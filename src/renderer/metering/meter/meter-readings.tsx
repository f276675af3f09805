/** What a meter says: power first, then each phase, then its registers. Dimmed and hatched as one when it is not the present. */
import type { PhaseValues } from '../../../shared/domain/metering/meter.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { judgeLoad } from '../site-power/site-load.ts';
import { MeterValue, ReadingAge } from './meter-value.tsx';
import { energyKwh, measured, NOT_TOLD, powerKw } from './meter-words.ts';

type MeterReadingsProps = {
  readonly meter: MeterRecord;
  readonly isCurrent: boolean;
  readonly zone: string;
  /** Of the site, where this meter measures all of it. */
  readonly limitW: number | undefined;
};

export function MeterReadings({ meter, isCurrent, zone, limitW }: MeterReadingsProps) {
  const { latest } = meter;
  const values = latest?.values;
  const seen = { latest, isCurrent, zone };
  const powerW = values?.powerW;
  const load = powerW === undefined || limitW === undefined ? undefined : judgeLoad(powerW, limitW);
  const priority = isCurrent ? load?.priority : undefined;
  return (
    <section className="meter-readings" aria-label="Newest reading">
      <p className="meter-power">
        {priority !== undefined && (
          <span className="mark" data-priority={priority} aria-hidden="true">
            {priority}
          </span>
        )}
        <MeterValue {...seen}>
          <b>{powerKw(powerW)}</b> kW
        </MeterValue>
        {limitW !== undefined && <span className="muted">of {powerKw(limitW)} kW site limit</span>}
        <span className="meter-power-age muted">
          <ReadingAge {...seen} />
        </span>
      </p>
      <table className={latest === undefined || isCurrent ? 'list phases' : 'list phases stale'}>
        <thead>
          <tr>
            <th scope="col">Phase</th>
            <th scope="col" className="number">
              V
            </th>
            <th scope="col" className="number">
              A
            </th>
            <th scope="col" className="number">
              kW
            </th>
          </tr>
        </thead>
        <tbody>
          {PHASES.map((name, place) => (
            <PhaseRow key={name} name={name} phase={values?.phases[place]} />
          ))}
        </tbody>
      </table>
      <dl className={latest === undefined || isCurrent ? 'counts' : 'counts stale'}>
        <Count name="Import, kWh" value={energyKwh(values?.importWh)} />
        <Count name="Export, kWh" value={energyKwh(values?.exportWh)} />
        <Count name="Frequency, Hz" value={measured(values?.frequencyHz, 2)} />
      </dl>
    </section>
  );
}

const PHASES = ['L1', 'L2', 'L3'] as const;

function PhaseRow({ name, phase }: { readonly name: string; readonly phase: PhaseValues | undefined }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="number">{measured(phase?.voltageV, 1)}</td>
      <td className="number">{measured(phase?.currentA, 1)}</td>
      <td className="number">{powerKw(phase?.powerW)}</td>
    </tr>
  );
}

type CountProps = {
  readonly name: string;
  readonly value: string;
  readonly means?: string;
  /** Grey when it is nothing out of the ordinary. */
  readonly isQuiet?: boolean;
};

export function Count({ name, value, means, isQuiet = value === NOT_TOLD }: CountProps) {
  return (
    <div title={means}>
      <dt>{name}</dt>
      <dd className={isQuiet ? 'muted' : undefined}>{value}</dd>
    </div>
  );
}
