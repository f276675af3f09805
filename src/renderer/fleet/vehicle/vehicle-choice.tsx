/** One vehicle of the fleet by typing part of its registration or model: a combobox, for the keyboard first. */
import { useId, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import { compareKeys } from '../../instruments/grid/frozen-order.ts';
import { compileScope, NO_FILTER } from '../filter/fleet-filter.ts';
import { telemetry } from '../telemetry-store.ts';
import '../fleet.css';

const MOST_SHOWN = 8;

type VehicleChoiceProps = {
  readonly vehicles: readonly Vehicle[];
  readonly chosen: Vehicle | undefined;
  readonly onChoose: (vehicle: Vehicle | undefined) => void;
  readonly input: Ref<HTMLInputElement>;
  /** The key that leads here. */
  readonly shortcut: string;
};

export function VehicleChoice({ vehicles, chosen, onChoose, input, shortcut }: VehicleChoiceProps) {
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string>();
  const [at, setAt] = useState(0);
  const found = useMemo(() => (typed === undefined ? [] : findVehicles(vehicles, typed)), [vehicles, typed]);
  const isOpen = typed !== undefined;
  const close = () => setTyped(undefined);
  const take = (vehicle: Vehicle | undefined) => {
    if (vehicle === undefined) return;
    onChoose(vehicle);
    close();
    box.current?.querySelector('input')?.blur();
  };
  const open = () => {
    setTyped('');
    setAt(0);
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    const steps: Readonly<Record<string, () => void>> = {
      ArrowDown: () => (isOpen ? setAt(Math.min(found.length - 1, at + 1)) : open()),
      ArrowUp: () => setAt(Math.max(0, at - 1)),
      Enter: () => (isOpen ? take(found[at]) : open()),
      Escape: () => {
        close();
        event.currentTarget.blur();
      },
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    step();
  };
  return (
    <div className="vehicle-choice" ref={box}>
      <input
        ref={input}
        className="field"
        type="text"
        role="combobox"
        aria-label="Vehicle"
        aria-expanded={isOpen && found.length > 0}
        aria-controls={listId}
        aria-activedescendant={isOpen && found[at] !== undefined ? `${listId}-${at}` : undefined}
        placeholder="Registration or model…"
        spellCheck={false}
        maxLength={60}
        value={typed ?? chosen?.registration ?? ''}
        onFocus={(event) => {
          open();
          event.currentTarget.select();
        }}
        onBlur={close}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
      />
      {chosen === undefined || isOpen ? (
        <kbd>{shortcut}</kbd>
      ) : (
        <button type="button" aria-label={`Without ${chosen.registration}`} onClick={() => onChoose(undefined)}>
          ✕
        </button>
      )}
      <div role="listbox" id={listId} aria-label="Vehicles" hidden={!isOpen || found.length === 0}>
        {found.map((vehicle, place) => (
          // The keys of this list are the text field's, which stays focused while they move the choice.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
          <div
            key={vehicle.id}
            id={`${listId}-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            // The field must not lose the focus before the choice is taken.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(vehicle)}
          >
            <b>{vehicle.registration}</b>
            <span>{vehicle.model}</span>
            <span className="number">{chargeOf(vehicle)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** In the order of registrations; with nothing typed, those with the least charge, which are the likeliest to be asked for. */
export function findVehicles(
  vehicles: readonly Vehicle[],
  typed: string,
  socOf: (vehicle: Vehicle) => number | undefined = (vehicle) => telemetry.read(vehicle.number)?.socPercent,
): readonly Vehicle[] {
  if (typed.trim() === '')
    return vehicles.toSorted((one, other) => compareKeys(socOf(one), socOf(other), false)).slice(0, MOST_SHOWN);
  return vehicles
    .filter(compileScope({ ...NO_FILTER, text: typed }))
    .toSorted((one, other) => compareKeys(one.registration, other.registration, false))
    .slice(0, MOST_SHOWN);
}

function chargeOf(vehicle: Vehicle): string {
  const report = telemetry.read(vehicle.number);
  return report === undefined ? '' : `${Math.round(report.socPercent)} %`;
}
