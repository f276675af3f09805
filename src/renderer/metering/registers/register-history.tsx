/** Every reading of a meter's registers as it came, newest first: the evidence that any energy is worked out from. */
import type { RegisterHistory as RegisterAnswer, RegisterRow } from '../../../shared/ipc/metering/interval-contract.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { measured, NOT_TOLD } from '../meter/meter-words.ts';
import './registers.css';

type RegisterHistoryProps = {
  readonly zone: string;
  readonly answer: RegisterAnswer | undefined;
  readonly failure: string | undefined;
  /** Rows from before this instant are shown; undefined: the newest. */
  readonly beforeMs: number | undefined;
  readonly onBefore: (beforeMs: number | undefined) => void;
};

const QUALITY_WORDS: Readonly<Record<RegisterRow['quality'], string>> = {
  plain: 'accepted',
  confirmed: 'accepted, read twice',
  refused: 'refused',
};

export function RegisterHistory({ zone, answer, failure, beforeMs, onBefore }: RegisterHistoryProps) {
  const rows = answer?.rows ?? [];
  const oldest = rows.at(-1)?.atMs;
  return (
    <div className="register-history">
      <div className="register-bar">
        <span className="muted" role="status">
          {answer === undefined
            ? '…'
            : `${grouped(rows.length)} readings${beforeMs === undefined ? ', the newest' : ''}`}
        </span>
        <span className="end">
          <button
            type="button"
            className="btn"
            disabled={beforeMs === undefined}
            onClick={() => onBefore(undefined)}
            title="Back to the newest (])"
          >
            Newest
          </button>
          <button
            type="button"
            className="btn"
            disabled={answer?.more !== true || oldest === undefined}
            onClick={() => onBefore(oldest)}
            title="Older readings ([)"
          >
            Older
          </button>
        </span>
      </div>
      {failure !== undefined && (
        <p className="empty" role="status">
          <b>The readings could not be read.</b>
          {failure}
        </p>
      )}
      {answer !== undefined && rows.length === 0 && (
        <p className="empty">
          <b>No reading is stored.</b>
          Readings are kept from the meter’s first answer on; energies imported from a file have no readings.
        </p>
      )}
      {rows.length > 0 && (
        <div className="scroller" tabIndex={0} role="region" aria-label="Readings of the registers">
          <table className="list">
            <thead>
              <tr>
                <th scope="col">Read, {zoneName(zone, rows[0]?.atMs ?? 0)}</th>
                <th scope="col" className="number">
                  Import, kWh
                </th>
                <th scope="col" className="number">
                  Export, kWh
                </th>
                <th scope="col">Quality</th>
                <th scope="col">Serial number</th>
                <th
                  scope="col"
                  className="number"
                  title="A new series begins where energies may not be compared across"
                >
                  Series
                </th>
                <th scope="col">As they came, hex</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={`${row.atMs} ${row.wallAtMs} ${row.quality}`} row={row} zone={zone} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  );
}

function Row({ row, zone }: { readonly row: RegisterRow; readonly zone: string }) {
  const isRefused = row.quality === 'refused';
  return (
    <tr data-quality={row.quality}>
      <td title={describeInstant(row.atMs, zone)}>
        {formatInZone(row.atMs, zone, 'day')} {formatInZone(row.atMs, zone, 'time')}
      </td>
      <td className="number">{kwh(row.importWh)}</td>
      <td className="number">{kwh(row.exportWh)}</td>
      <td>
        {isRefused && (
          <span className="mark" data-priority="3" aria-hidden="true">
            3
          </span>
        )}{' '}
        {QUALITY_WORDS[row.quality]}{' '}
        {row.refusedCode !== undefined && <span className="mono muted">{row.refusedCode}</span>}
      </td>
      <td className="mono">{row.serialNumber ?? NOT_TOLD}</td>
      <td className="number">{row.seriesId ?? NOT_TOLD}</td>
      <td className="mono register-raw" title={row.raw}>
        {row.raw === '' ? NOT_TOLD : row.raw}
      </td>
    </tr>
  );
}

/** To the watt-hour. */
function kwh(wh: number | undefined): string {
  return measured(wh === undefined ? undefined : wh / 1000, 3);
}
