/** Writes down what a driver told: which vehicle found what, at which charge point, when. It counts as one failure. */
import { useId, useMemo, useState } from 'react';
import Dialog from '@mui/material/Dialog';
import { toast } from 'sonner';
import type { UnmetKind } from '../../../shared/domain/insight/demand-signal.ts';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';
import type { CommandInput } from '../../../shared/ipc/console-api.ts';
import { useFleet } from '../../fleet/use-fleet.ts';
import { VehicleChoice } from '../../fleet/vehicle/vehicle-choice.tsx';
import { KIND_WORDS } from '../../insight/gap-words.ts';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { sendCommand } from '../../link/send-command.ts';
import { useFeed } from '../../link/use-feed.ts';
import { evsesOfKind } from '../../marketplace/place/choose-evse.ts';
import { TimeField } from '../../tariff/time-field.tsx';
import { useAnswer } from '../use-answer.ts';

type ReportKind = CommandInput<'insight/report-failure'>['kind'];

const KINDS = ['evse-blocked', 'evse-broken', 'queue', 'detour'] as const satisfies readonly (ReportKind & UnmetKind)[];
const MOST_OFFERED = 30;

type ReportFailureDialogProps = {
  readonly zone: string;
  readonly onReported: () => void;
  readonly onClose: () => void;
};

export function ReportFailureDialog({ zone, onReported, onClose }: ReportFailureDialogProps) {
  const id = useId();
  const { vehicles } = useFleet();
  const [vehicle, setVehicle] = useState<Vehicle>();
  const [place, setPlace] = useState<ChargePlace>();
  const [evseKey, setEvseKey] = useState<string>();
  const [kind, setKind] = useState<ReportKind>('evse-broken');
  const [atMs, setAtMs] = useState<number>();
  const isReady = vehicle !== undefined && evseKey !== undefined;
  const report = async () => {
    if (!isReady) return;
    const told = { vehicleId: vehicle.id, evseKey, kind, atMs: atMs ?? nowMs() };
    if (!(await sendCommand('insight/report-failure', told, 'The report'))) return;
    toast('The failure is written down', { description: 'It shows once enough of them gather around there.' });
    onReported();
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth={false}
      aria-labelledby={`${id}-title`}
      className="report-dialog"
      transitionDuration={80}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void report();
        }}
      >
        <h2 id={`${id}-title`}>Report a failure</h2>
        <p className="muted">What a driver found. It counts once, and is only told together with others.</p>
        <div className="report-vehicle">
          <span>Vehicle</span>
          <VehicleChoice vehicles={vehicles} chosen={vehicle} onChoose={setVehicle} input={null} shortcut="↓" />
        </div>
        <PlaceField
          onPlace={(next) => {
            setPlace(next);
            setEvseKey(undefined);
          }}
        />
        <label htmlFor={`${id}-evse`}>
          Charge point
          {place === undefined ? (
            <select id={`${id}-evse`} className="field" disabled>
              <option>choose the place first</option>
            </select>
          ) : (
            <EvseField key={place.locationId} id={`${id}-evse`} place={place} chosen={evseKey} onEvse={setEvseKey} />
          )}
        </label>
        <label htmlFor={`${id}-kind`}>
          What was found
          <select
            id={`${id}-kind`}
            className="field"
            value={kind}
            onChange={(event) => setKind(event.target.value as ReportKind)}
          >
            {KINDS.map((each) => (
              <option key={each} value={each}>
                {KIND_WORDS[each]}
              </option>
            ))}
          </select>
        </label>
        <TimeField label="When, by the clocks there" atMs={atMs} zone={place?.timeZone ?? zone} onTime={setAtMs} />
        <footer>
          <button type="button" className="btn" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
          <button type="submit" className="btn primary" disabled={!isReady}>
            {isReady ? 'Report' : vehicle === undefined ? 'Choose the vehicle first' : 'Choose the charge point first'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** One of the marketplace’s places by part of its name; what is offered says its operator, since names repeat. */
function PlaceField({ onPlace }: { readonly onPlace: (place: ChargePlace | undefined) => void }) {
  const id = useId();
  const { records } = useFeed('marketplace/places');
  const [typed, setTyped] = useState('');
  const found = useMemo(() => {
    const sought = typed.toLowerCase();
    const fitting: ChargePlace[] = [];
    for (const place of records.values()) {
      if (nameOf(place).toLowerCase().includes(sought)) fitting.push(place);
      if (fitting.length === MOST_OFFERED) break;
    }
    return fitting;
  }, [records, typed]);
  return (
    <label htmlFor={id}>
      Place
      <input
        id={id}
        className="field"
        type="text"
        list={`${id}-places`}
        spellCheck={false}
        maxLength={200}
        placeholder="Part of its name…"
        value={typed}
        onChange={(event) => {
          const text = event.target.value;
          setTyped(text);
          onPlace([...records.values()].find((place) => nameOf(place) === text));
        }}
      />
      <datalist id={`${id}-places`}>
        {found.map((place) => (
          <option key={place.locationId}>{nameOf(place)}</option>
        ))}
      </datalist>
    </label>
  );
}

function nameOf({ name, operatorName, locationId }: ChargePlace): string {
  return `${name} · ${operatorName} · ${locationId}`;
}

type EvseFieldProps = {
  readonly id: string;
  readonly place: ChargePlace;
  readonly chosen: string | undefined;
  readonly onEvse: (evseKey: string | undefined) => void;
};

function EvseField({ id, place, chosen, onEvse }: EvseFieldProps) {
  const input = useMemo(() => ({ locationId: place.locationId }), [place.locationId]);
  const { answer, failure } = useAnswer('marketplace/place-evses', input);
  return (
    <select
      id={id}
      className="field"
      value={chosen ?? ''}
      onChange={(event) => onEvse(event.target.value === '' ? undefined : event.target.value)}
    >
      <option value="">{answer === undefined ? (failure ?? '…') : 'choose one'}</option>
      {evsesOfKind(answer ?? [], undefined).map((evse) => (
        <option key={evse.key} value={evse.key}>
          {evse.label}
        </option>
      ))}
    </select>
  );
}
