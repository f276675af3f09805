/**
 * For a meter whose register fell or jumped and whose readings are refused since: after somebody looked at its display, it
 * goes on from where it stands. What was counted before stays as it is; no energy is made up in between.
 */
import { useState } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { sendCommand } from '../../link/send-command.ts';
import { energyKwh } from '../meter/meter-words.ts';
import { TextField } from './form/form-field.tsx';
import './commissioning.css';

/** Refusals that only a person can settle. */
const SETTLED_BY_HAND: ReadonlySet<string> = new Set([
  'energy-fell',
  'energy-jumped',
  'energy-began-again',
  'serial-number-changed',
]);

export function BeginSeries({ meter }: { readonly meter: MeterRecord }) {
  const [isOpen, setOpen] = useState<boolean>();
  const [reason, setReason] = useState('');
  const [phase, setPhase] = useState<'typing' | 'sending' | 'sent'>('typing');
  const [problem, setProblem] = useState<string>();
  const { refusal } = meter;
  const isNeeded = refusal !== undefined && SETTLED_BY_HAND.has(refusal.code);
  useShortcuts(
    'Open meter',
    isNeeded ? [{ keys: 'n', does: 'Begin a new series of readings', run: () => setOpen(true) }] : [],
  );
  if (phase === 'sent')
    return (
      <p role="status" className="muted">
        Told. With its next answer the register goes on from where it stands; the event says so below.
      </p>
    );
  if (!isNeeded) return null;
  if (isOpen !== true)
    return (
      <button type="button" className="btn" autoFocus={isOpen === false} title="N" onClick={() => setOpen(true)}>
        Begin a new series…
      </button>
    );

  const begin = async () => {
    const said = reason.trim();
    setProblem(said.length < 3 ? 'Say why in a few words: it stands in the meter’s events.' : undefined);
    if (said.length < 3) return;
    setPhase('sending');
    const isDone = await sendCommand(
      'metering/begin-series',
      { meterId: meter.id, reason: said },
      'Beginning a new series',
    );
    setPhase(isDone ? 'sent' : 'typing');
  };
  return (
    <form
      className="begin-series"
      aria-label="Begin a new series"
      onSubmit={(event) => {
        event.preventDefault();
        if (phase === 'typing') void begin();
      }}
    >
      <p>
        {refusal.message} The last accepted register is {energyKwh(meter.latest?.values.importWh)} kWh.
      </p>
      <TextField
        label="Why, as it will stand in its events"
        value={reason}
        placeholder="Meter exchanged by the electrician on Monday"
        problem={problem}
        takesFocus
        hint="What was counted before stays; nothing is made up in between."
        onChange={setReason}
      />
      <p className="button-row">
        <button type="submit" className="btn primary" aria-disabled={phase === 'sending'}>
          {phase === 'sending' ? 'Telling…' : 'Begin the new series'}
        </button>
        <button type="button" className="btn" onClick={() => setOpen(false)}>
          Leave it
        </button>
      </p>
    </form>
  );
}
