/** Step three: what answered, one row a place on the line. What a person keeps here is what will be read. */
import type { BenchRecord, FoundMeter } from '../../../shared/ipc/metering/commissioning-contract.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { energyKwh, measured, NOT_TOLD, powerKw } from '../meter/meter-words.ts';
import { checksWords, meterCount, sayBench, verdictOf } from './bench-words.ts';
import type { HowDraft, MeterDraft } from './draft/line-draft.ts';
import { foundOf } from './draft/merge-found.ts';
import { settingsWords } from './draft/line-settings.ts';

type FoundMetersProps = {
  readonly bench: BenchRecord | undefined;
  /** At the line of the draft. */
  readonly found: readonly FoundMeter[];
  readonly how: HowDraft;
  readonly meters: readonly MeterDraft[];
  readonly modelOf: (profile: string) => string;
  readonly selectedKey: string | undefined;
  readonly onSelect: (key: string) => void;
  readonly onKeep: (key: string, keeps: boolean) => void;
};

export function FoundMeters(props: FoundMetersProps) {
  const { bench, meters } = props;
  const kept = meters.filter(({ keeps }) => keeps).length;
  return (
    <section id="bench-found" className="card bench-found" tabIndex={-1} aria-label="What answered">
      <header>
        <h2>3 · What answered</h2>
        {meters.length > 0 && (
          <small>
            {meterCount(meters.length)}, {kept} kept
          </small>
        )}
        {bench?.state === 'failed' && meters.length > 0 && (
          <span className="bench-away" role="alert">
            <span className="mark" data-priority="3" aria-hidden="true">
              3
            </span>
            <span className="ellipsis" title={bench.message}>
              {bench.message ?? 'The line was lost; it is tried again by itself.'}
            </span>
          </span>
        )}
        {bench?.place !== undefined && bench.state !== 'failed' && (
          <small className="end ellipsis">{bench.place}</small>
        )}
      </header>
      {meters.length === 0 ? <NothingYet {...props} /> : <FoundTable {...props} />}
    </section>
  );
}

function NothingYet({ bench, how }: FoundMetersProps) {
  const saying = sayBench(bench, how);
  return (
    <div className="empty bench-nothing" role="status">
      <b>{saying.title}</b>
      {saying.says}
      {saying.next.length > 0 && (
        <ul>
          {saying.next.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

function FoundTable(props: FoundMetersProps) {
  return (
    <div className="scroller">
      <table className="list found-list">
        <thead>
          <tr>
            <th scope="col">Keep</th>
            <th scope="col" className="number">
              Address
            </th>
            <th scope="col">Meter</th>
            <th scope="col">Serial number</th>
            <th scope="col" className="number">
              V
            </th>
            <th scope="col" className="number">
              Hz
            </th>
            <th scope="col" className="number">
              kW
            </th>
            <th scope="col" className="number">
              kWh
            </th>
            <th scope="col">Checks</th>
          </tr>
        </thead>
        <tbody>
          {props.meters.map((meter) => (
            <FoundRow key={meter.key} {...props} meter={meter} found={foundOf(meter, props.found)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type FoundRowProps = Omit<FoundMetersProps, 'found'> & {
  readonly meter: MeterDraft;
  readonly found: FoundMeter | undefined;
};

function FoundRow({ meter, found, modelOf, selectedKey, onSelect, onKeep }: FoundRowProps) {
  const values = found?.values;
  const address = meter.unitAddress === undefined ? 'the only meter' : `address ${meter.unitAddress}`;
  const model = meter.profile === '' ? 'No profile fits what answers' : modelOf(meter.profile);
  return (
    <tr aria-selected={meter.key === selectedKey} data-left-out={!meter.keeps} onClick={() => onSelect(meter.key)}>
      <td className="keep-cell">
        <label className="keep-box">
          <input
            type="checkbox"
            checked={meter.keeps}
            aria-label={`Keep ${model}, ${address}`}
            onChange={(event) => onKeep(meter.key, event.target.checked)}
          />
        </label>
      </td>
      <td className="number" title={settingsWords(meter.settings)}>
        {meter.unitAddress ?? NOT_TOLD}
      </td>
      <td className="found-name">
        <button
          type="button"
          className="row-button"
          data-key={meter.key}
          aria-pressed={meter.key === selectedKey}
          onClick={() => onSelect(meter.key)}
        >
          {meter.name.trim() === '' ? model : meter.name}
        </button>
        <span className="muted"> {sayKnown(meter, found, model)}</span>
      </td>
      <td className="mono">{found?.serialNumber ?? NOT_TOLD}</td>
      <td className="number">{voltages(found)}</td>
      <td className="number">{measured(values?.frequencyHz, 2)}</td>
      <td className="number">{powerKw(values?.powerW)}</td>
      <td className="number">{energyKwh(values?.importWh)}</td>
      <td>
        <Checks found={found} />
      </td>
    </tr>
  );
}

function sayKnown(meter: MeterDraft, found: FoundMeter | undefined, model: string): string {
  // A meter of the line that is being changed is known as itself.
  if (found?.knownAs !== undefined && found.knownAs !== meter.name) return `· known already as ${found.knownAs}`;
  return meter.name.trim() === '' ? '' : `· ${model}`;
}

/** The least and the greatest of the phases: three that differ are seen at once. */
function voltages(found: FoundMeter | undefined): string {
  const volts = (found?.values?.phases ?? []).flatMap(({ voltageV }) => (voltageV === undefined ? [] : [voltageV]));
  if (volts.length === 0) return NOT_TOLD;
  const [least, greatest] = [Math.min(...volts), Math.max(...volts)].map((volt) => decimals(volt, 0));
  return least === greatest ? String(least) : `${least}–${greatest}`;
}

function Checks({ found }: { readonly found: FoundMeter | undefined }) {
  if (found === undefined) return <span className="muted">not in this search</span>;
  const checks = found.profiles[0]?.checks ?? [];
  const verdict = verdictOf(checks);
  return (
    <span className="check-sum">
      {verdict !== 'passed' && (
        <span className="mark" data-priority={verdict === 'failed' ? 2 : 3} aria-hidden="true">
          {verdict === 'failed' ? '!' : 3}
        </span>
      )}
      {found.profiles.length === 0 ? 'no profile fits' : checksWords(checks)}
    </span>
  );
}
