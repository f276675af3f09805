/**
 * Start charging: which charge point, one Enter. The dialog closes when the command is *stored*; what becomes of it is
 * told where the vehicle is shown, because it outlives any dialog.
 */
import { useId, useState, type KeyboardEvent } from 'react';
import Dialog from '@mui/material/Dialog';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';
import type { Place } from '../../fleet/distance.ts';
import { LiveAge } from '../../fleet/live-value.tsx';
import { useReport } from '../../fleet/vehicle/vehicle-facts.tsx';
import { useFeed } from '../../link/use-feed.ts';
import { listChargePoints, type ChargePointChoice } from '../charge-point/charge-point-choice.ts';
import { ChargePointList, optionId } from '../charge-point/charge-point-list.tsx';
import { chargePointName } from '../charge-point/charge-point-words.ts';
import { startSession } from './issue-session-command.ts';
import { useMarketplaceLink } from '../marketplace-link.ts';
import { WAITS_AT_MOST_S } from './session-command-words.ts';
import '../marketplace.css';

type StartSessionDialogProps = {
  readonly vehicle: Vehicle;
  readonly zone: string;
  readonly onClose: () => void;
};

export function StartSessionDialog({ vehicle, zone, onClose }: StartSessionDialogProps) {
  const listId = useId();
  const [text, setText] = useState('');
  const [chosenKey, setChosenKey] = useState<string>();
  const [isStoring, setIsStoring] = useState(false);
  const choices = useChoices(vehicle, text);
  const startable = choices.filter((choice) => choice.whyNot === undefined).length;
  const chosen = choices.find((choice) => choice.key === chosenKey) ?? chosenBeforehand(choices, text);

  const start = async (choice: ChargePointChoice | undefined) => {
    if (choice === undefined || choice.whyNot !== undefined || isStoring) return;
    setIsStoring(true);
    const isStored = await startSession({
      vehicleId: vehicle.id,
      evseKey: choice.evse.key,
      connectorId: choice.connector.id,
    });
    if (isStored) onClose();
    else setIsStoring(false);
  };
  const move = (by: number) => {
    const at = choices.findIndex((choice) => choice === chosen);
    setChosenKey(choices[Math.min(choices.length - 1, Math.max(0, at + by))]?.key);
  };
  const steps: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    PageDown: () => move(10),
    PageUp: () => move(-10),
    Enter: () => void start(chosen),
  };
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    step();
  };

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth={false}
      aria-labelledby={`${listId}-title`}
      className="start-session"
      transitionDuration={80}
    >
      <header>
        <h2 id={`${listId}-title`}>Start charging – {vehicle.registration}</h2>
        <small>
          {vehicle.model} · <DialogAge vehicle={vehicle} zone={zone} />
        </small>
      </header>
      <input
        className="field"
        type="text"
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen === undefined ? undefined : optionId(listId, chosen.key)}
        aria-label="Charge point, place, operator or connector"
        placeholder="Charge point, place, operator or connector…"
        spellCheck={false}
        maxLength={100}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setChosenKey(undefined);
        }}
        onKeyDown={onKey}
      />
      <ChargePointList
        id={listId}
        choices={choices}
        chosenKey={chosen?.key}
        onChoose={setChosenKey}
        onStart={(choice) => void start(choice)}
      />
      {choices.length === 0 && <NoChoice text={text} onWiden={() => setText('')} />}
      <Warnings vehicle={vehicle} />
      <footer>
        <span className="muted" role="status">
          {startable} can be started{choices.length > startable ? ', the rest say why not' : ''}
        </span>
        <span className="end">
          <button type="button" className="btn" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
          <button
            type="button"
            className="btn primary"
            disabled={chosen === undefined || chosen.whyNot !== undefined || isStoring}
            onClick={() => void start(chosen)}
          >
            {chosen === undefined ? 'Choose a charge point' : `Start at ${chargePointName(chosen.evse)}`}{' '}
            <kbd>Enter</kbd>
          </button>
        </span>
      </footer>
    </Dialog>
  );
}

/**
 * Only what leaves no doubt: the bay the vehicle is plugged in at, or the one match of what was typed. Otherwise the
 * person chooses: the nearest of a row is as likely a neighbour's.
 */
function chosenBeforehand(choices: readonly ChargePointChoice[], text: string): ChargePointChoice | undefined {
  const startable = choices.filter((choice) => choice.whyNot === undefined);
  if (text.trim() !== '' && startable.length === 1) return startable[0];
  return startable.find((choice) => choice.isOwnBay);
}

/**
 * The list is ordered by where the vehicle was when the dialog opened or the text changed: rows that trade places while
 * somebody reads them are how the wrong charger is started. States still change in place.
 */
function useChoices(vehicle: Vehicle, text: string): readonly ChargePointChoice[] {
  const evses = useFeed('marketplace/evses');
  const sessions = useFeed('marketplace/sessions');
  const commands = useFeed('marketplace/session-commands');
  const report = useReport(vehicle.number);
  const isReady = evses.phase !== 'loading';
  const listFrom = (position: Place | undefined) =>
    listChargePoints({
      vehicle,
      position,
      isPlugged: report?.activity === 'plugged' || report?.activity === 'charging',
      evses: evses.records.values(),
      sessions: sessions.records.values(),
      commands: commands.records.values(),
      text,
    });
  const takeOrder = (): HeldOrder => ({
    text,
    isReady,
    position: report,
    keys: listFrom(report).map((choice) => choice.key),
  });
  const [held, setHeld] = useState(takeOrder);
  const mustTakeAnew =
    held.text !== text || held.isReady !== isReady || (held.position === undefined && report !== undefined);
  if (mustTakeAnew) setHeld(takeOrder());
  return inOrder(listFrom(held.position), held.keys);
}

type HeldOrder = {
  readonly text: string;
  readonly isReady: boolean;
  readonly position: Place | undefined;
  readonly keys: readonly string[];
};

function inOrder(choices: readonly ChargePointChoice[], order: readonly string[]): readonly ChargePointChoice[] {
  const place = new Map(order.map((key, at) => [key, at]));
  return choices.toSorted((one, other) => (place.get(one.key) ?? Infinity) - (place.get(other.key) ?? Infinity) || 0);
}

function DialogAge({ vehicle, zone }: { readonly vehicle: Vehicle; readonly zone: string }) {
  return <LiveAge atMs={useReport(vehicle.number)?.atMs} zone={zone} what="position" />;
}

function NoChoice({ text, onWiden }: { readonly text: string; readonly onWiden: () => void }) {
  return (
    <div className="empty">
      {text === '' ? (
        <p>The marketplace has not told of any charge point yet. They appear here by themselves once it does.</p>
      ) : (
        <>
          <p>No charge point has “{text}” in its name, place, operator or connector.</p>
          <button type="button" className="btn" onClick={onWiden}>
            Show all
          </button>
        </>
      )}
    </div>
  );
}

/** What is known beforehand to speak against a start, though it does not forbid it. */
function Warnings({ vehicle }: { readonly vehicle: Vehicle }) {
  const { isLive } = useMarketplaceLink();
  const isDriving = useReport(vehicle.number)?.activity === 'driving';
  if (isLive && !isDriving) return null;
  if (isLive)
    return (
      <p className="start-warning" role="status">
        The vehicle last reported driving. A charge point refuses until the vehicle stands at it.
      </p>
    );
  return (
    <p className="start-warning" role="status">
      The marketplace is out of reach, so these states may have changed. A start waits here at most {WAITS_AT_MOST_S} s
      for the link and is then given up.
    </p>
  );
}
