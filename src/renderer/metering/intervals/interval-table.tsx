/** The same energies as figures, for reading and copying. */
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { measured, NOT_TOLD } from '../meter/meter-words.ts';
import type { EnergyBar } from './energy-bars.ts';
import { BASIS_WORDS, countWords } from './interval-words.ts';

type IntervalTableProps = { readonly bars: readonly EnergyBar[]; readonly zone: string; readonly isDaily: boolean };

const HOUR_MS = 3_600_000;

export function IntervalTable({ bars, zone, isDaily }: IntervalTableProps) {
  return (
    <div className="scroller interval-table" tabIndex={0} role="region" aria-label="Energies as a table">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">From, {zoneName(zone, bars[0]?.beginMs ?? 0)}</th>
            <th scope="col" className="number">
              Import, kWh
            </th>
            <th scope="col" className="number">
              Export, kWh
            </th>
            <th scope="col" className="number">
              Mean, kW
            </th>
            <th scope="col">What stands behind it</th>
            <th scope="col" className="number" title="How far apart the readings lie between which its ends were put">
              Readings apart, s
            </th>
          </tr>
        </thead>
        <tbody>
          {bars
            .filter(({ basis }) => basis !== 'ahead')
            .map((bar) => (
              <tr key={bar.beginMs} data-basis={bar.basis}>
                <td title={describeInstant(bar.beginMs, zone)}>
                  {formatInZone(bar.beginMs, zone, isDaily ? 'day' : 'minute')}
                </td>
                <td className="number">{kwh(bar.importWh)}</td>
                <td className="number">{kwh(bar.exportWh)}</td>
                <td className="number">{kwh(meanW(bar))}</td>
                <td>{isDaily ? countWords(bar.counts) : BASIS_WORDS[bar.basis]}</td>
                <td className="number">
                  {bar.bracketMs === undefined || bar.basis === 'missing' || bar.basis === 'imported'
                    ? NOT_TOLD
                    : decimals(bar.bracketMs / 1000, 0)}
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}

/** Registers differ by the watt-hour and less: three decimals. */
function kwh(wh: number | undefined): string {
  return measured(wh === undefined ? undefined : wh / 1000, 3);
}

function meanW(bar: EnergyBar): number | undefined {
  return bar.importWh === undefined ? undefined : (bar.importWh * HOUR_MS) / (bar.endMs - bar.beginMs);
}
