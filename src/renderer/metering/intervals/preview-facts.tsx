/** What a file would bring, and line by line what of it cannot be taken. */
import type { ImportPreview } from '../../../shared/ipc/metering/interval-contract.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { Count } from '../meter/meter-readings.tsx';
import { energyKwh, NOT_TOLD } from '../meter/meter-words.ts';

export function PreviewFacts({ preview, zone }: { readonly preview: ImportPreview; readonly zone: string }) {
  return (
    <>
      <section aria-label="How the file was understood">
        <h3>How the file was understood</h3>
        <ul className="import-understood">
          {preview.understood.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <section aria-label="What it would bring">
        <h3>What it would bring</h3>
        <dl className="counts">
          <Count name="Quarter hours" value={grouped(preview.intervals)} />
          <Count name="Energy, kWh" value={energyKwh(preview.importWh)} />
          <Count name="From" value={instant(preview.fromMs, zone)} />
          <Count name="To" value={instant(preview.toMs, zone)} />
          <Count
            name="Without energy"
            means="Quarter hours between the first and the last that the file has none for"
            value={grouped(preview.missing)}
            isQuiet={preview.missing === 0}
          />
          <Count
            name="Measured here"
            means="These are known better than the file knows them, and are not taken from it"
            value={grouped(preview.measuredHere)}
            isQuiet={preview.measuredHere === 0}
          />
        </dl>
        {preview.importedAtMs !== undefined && (
          <p className="import-failure" role="alert">
            <span className="mark" data-priority="3" aria-hidden="true">
              3
            </span>
            This very file was imported on {instant(preview.importedAtMs, zone)}. Choose another one; nothing has to be
            done for this one.
          </p>
        )}
      </section>
      {preview.faultCount > 0 && <Faults preview={preview} />}
    </>
  );
}

function Faults({ preview }: { readonly preview: ImportPreview }) {
  return (
    <section aria-label="Lines that cannot be taken">
      <h3>
        {preview.faultCount === 1 ? 'One line cannot be taken' : `${grouped(preview.faultCount)} lines cannot be taken`}{' '}
        {preview.faultCount > preview.faults.length && (
          <small>the first {grouped(preview.faults.length)} of them</small>
        )}
      </h3>
      <div className="import-faults" tabIndex={0} role="region" aria-label="Faults by line">
        <table className="list">
          <thead>
            <tr>
              <th scope="col" className="number">
                Line
              </th>
              <th scope="col">Why</th>
              <th scope="col">As it stands in the file</th>
            </tr>
          </thead>
          <tbody>
            {preview.faults.map((fault) => (
              <tr key={`${fault.line} ${fault.message}`}>
                <td className="number">{grouped(fault.line)}</td>
                <td className="import-why">{fault.message}</td>
                <td className="mono">{fault.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function instant(atMs: number | undefined, zone: string): string {
  return atMs === undefined ? NOT_TOLD : `${formatInZone(atMs, zone, 'full')} ${zoneName(zone, atMs)}`;
}
