/**
 * Energies from a file, in two steps: how the file was understood, with every line that cannot be taken, and only then the
 * import. What was not understood can be said (columns, zone, unit), and the preview is made again.
 */
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import Dialog from '@mui/material/Dialog';
import { toast } from 'sonner';
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { ImportPreview } from '../../../shared/ipc/metering/interval-contract.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { ops } from '../../link/ops-client.ts';
import { sendCommand } from '../../link/send-command.ts';
import { PreviewFacts } from './preview-facts.tsx';

type ImportDialogProps = {
  readonly meter: MeterRecord;
  readonly zone: string;
  readonly onClose: () => void;
  /** Something was stored. */
  readonly onImported: () => void;
};

type PickedFile = { readonly name: string; readonly text: string };
type Wishes = {
  readonly time: string;
  readonly energy: string;
  readonly zone: string;
  readonly unit: '' | 'Wh' | 'kWh' | 'MWh';
  readonly stamps: '' | 'begin' | 'end';
};
type Asked = QueryInput<'metering/preview-import'>;

const AS_GUESSED: Wishes = { time: '', energy: '', zone: '', unit: '', stamps: '' };
/** Longer ones are refused by the backend too: a year of quarter hours is about two megabytes. */
const LONGEST_FILE = 20_000_000;

export function ImportDialog({ meter, zone, onClose, onImported }: ImportDialogProps) {
  const titleId = useId();
  const [file, setFile] = useState<PickedFile>();
  const [refusal, setRefusal] = useState<string>();
  const [wishes, setWishes] = useState(AS_GUESSED);
  const [isStoring, setIsStoring] = useState(false);
  const asked = useMemo(
    () => (file === undefined ? undefined : askFor(meter.id, file, wishes)),
    [meter.id, file, wishes],
  );
  const { preview, failure } = usePreview(asked);
  const canImport =
    preview !== undefined && preview.intervals - preview.measuredHere > 0 && preview.importedAtMs === undefined;

  const pick = async (picked: File | undefined) => {
    if (picked === undefined) return;
    setFile(undefined);
    if (picked.size > LONGEST_FILE) {
      setRefusal(
        'The file is longer than 20 megabytes. Export a shorter time, such as one year, and choose that file.',
      );
      return;
    }
    setRefusal(undefined);
    setWishes(AS_GUESSED);
    setFile({ name: picked.name, text: await picked.text() });
  };
  const store = async () => {
    if (asked === undefined || !canImport || isStoring) return;
    setIsStoring(true);
    const isStored = await sendCommand('metering/import-intervals', asked, 'The import');
    setIsStoring(false);
    if (!isStored) return;
    toast.success(`Imported ${grouped(preview.intervals - preview.measuredHere)} quarter hours for ${meter.name}`);
    onImported();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth={false}
      aria-labelledby={titleId}
      className="import-dialog"
      transitionDuration={80}
    >
      <header>
        <h2 id={titleId}>Import energies – {meter.name}</h2>
        <small>a CSV file with a column of times and a column of energies or register values</small>
      </header>
      <div className="import-body">
        <ChooseFile fileName={file?.name} onFile={(picked) => void pick(picked)} />
        {file === undefined && refusal === undefined && (
          <p className="muted">
            A line each for a quarter hour, half hour or hour, with titles in the first line. Times may carry an offset;
            without one they are the depot’s. Energies of each line or a meter’s register, in Wh, kWh or MWh. Where this
            console measured itself, its own energies stay.
          </p>
        )}
        {refusal !== undefined && <p role="alert">{refusal}</p>}
        {file !== undefined && <WishFields wishes={wishes} zone={zone} onWishes={setWishes} />}
        {failure !== undefined && (
          <p className="import-failure" role="alert">
            <span className="mark" data-priority="3" aria-hidden="true">
              3
            </span>
            {failure}
          </p>
        )}
        {preview !== undefined && <PreviewFacts preview={preview} zone={zone} />}
      </div>
      <footer>
        <span className="muted" role="status">
          {sayStep(file, preview, failure)}
        </span>
        <span className="end">
          <button type="button" className="btn" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
          <button type="button" className="btn primary" disabled={!canImport || isStoring} onClick={() => void store()}>
            {preview === undefined
              ? 'Import'
              : `Import ${grouped(Math.max(0, preview.intervals - preview.measuredHere))} quarter hours`}
          </button>
        </span>
      </footer>
    </Dialog>
  );
}

function sayStep(
  file: PickedFile | undefined,
  preview: ImportPreview | undefined,
  failure: string | undefined,
): string {
  if (file === undefined) return 'Nothing is stored before you have seen how the file was understood.';
  if (failure !== undefined) return 'Say what was not understood, or choose another file.';
  if (preview === undefined) return 'Reading the file…';
  if (preview.importedAtMs !== undefined) return 'This file is in already; the same one is not taken twice.';
  return preview.intervals > preview.measuredHere ? 'Nothing is stored yet.' : 'There is nothing in it to take.';
}

function ChooseFile({
  fileName,
  onFile,
}: {
  readonly fileName: string | undefined;
  readonly onFile: (file: File | undefined) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <p className="import-file">
      <button type="button" className="btn" autoFocus onClick={() => input.current?.click()}>
        {fileName === undefined ? 'Choose a file…' : 'Choose another file…'}
      </button>
      <span className={fileName === undefined ? 'muted' : 'mono'}>{fileName ?? 'no file chosen'}</span>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label="File of energies"
        accept=".csv,.txt,text/csv,text/plain"
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          // The same file, mended meanwhile, may be chosen again.
          event.target.value = '';
        }}
      />
    </p>
  );
}

type WishFieldsProps = { readonly wishes: Wishes; readonly zone: string; readonly onWishes: (wishes: Wishes) => void };

function WishFields({ wishes, zone, onWishes }: WishFieldsProps) {
  const field = (name: 'time' | 'energy' | 'zone', label: string, placeholder: string) => (
    <label>
      <span className="muted">{label}</span>
      <input
        className="field"
        type="text"
        spellCheck={false}
        maxLength={64}
        placeholder={placeholder}
        value={wishes[name]}
        onChange={(event) => onWishes({ ...wishes, [name]: event.target.value })}
      />
    </label>
  );
  return (
    <div className="import-wishes">
      {field('time', 'Column of times', 'as found')}
      {field('energy', 'Column of energies', 'as found')}
      {field('zone', 'Zone of times without one', zone)}
      <label>
        <span className="muted">A time is where it</span>
        <select
          className="field"
          value={wishes.stamps}
          onChange={(event) => onWishes({ ...wishes, stamps: event.target.value as Wishes['stamps'] })}
        >
          <option value="">as found</option>
          <option value="begin">begins</option>
          <option value="end">ends</option>
        </select>
      </label>
      <label>
        <span className="muted">Unit</span>
        <select
          className="field"
          value={wishes.unit}
          onChange={(event) => onWishes({ ...wishes, unit: event.target.value as Wishes['unit'] })}
        >
          <option value="">as found</option>
          <option>Wh</option>
          <option>kWh</option>
          <option>MWh</option>
        </select>
      </label>
    </div>
  );
}

function askFor(meterId: string, file: PickedFile, wishes: Wishes): Asked {
  const [time, energy, zone] = [wishes.time.trim(), wishes.energy.trim(), wishes.zone.trim()];
  return {
    meterId,
    fileName: file.name,
    text: file.text,
    ...(time === '' || energy === '' ? {} : { columns: { time, energy } }),
    ...(zone === '' ? {} : { timeZone: zone }),
    ...(wishes.unit === '' ? {} : { unit: wishes.unit }),
    ...(wishes.stamps === '' ? {} : { stamps: wishes.stamps }),
  };
}

type Seen = { readonly of: Asked; readonly preview?: ImportPreview; readonly failure?: string };
const TYPING_SETTLES_MS = 250;

function usePreview(asked: Asked | undefined): Omit<Seen, 'of'> {
  const [seen, setSeen] = useState<Seen>();
  useEffect(() => {
    if (asked === undefined) return undefined;
    let isGone = false;
    const timer = window.setTimeout(() => {
      ops.query('metering/preview-import', asked).then(
        (preview) => isGone || setSeen({ of: asked, preview }),
        (cause: unknown) =>
          isGone || setSeen({ of: asked, failure: cause instanceof Error ? cause.message : String(cause) }),
      );
    }, TYPING_SETTLES_MS);
    return () => {
      isGone = true;
      window.clearTimeout(timer);
    };
  }, [asked]);
  return seen !== undefined && seen.of === asked ? seen : {};
}
