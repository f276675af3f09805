/** Shelve: for how long, and why. The reason is for whoever comes next. */
import { useId, useState } from 'react';
import Dialog from '@mui/material/Dialog';
import type { Alarm } from '../../shared/domain/alarm/alarm.ts';
import { SHELVE_MINUTES, type ShelveMinutes } from '../../shared/ipc/alarm-contract.ts';
import { countOf } from './alarm-words.ts';

const NAMES: Readonly<Record<ShelveMinutes, string>> = {
  15: '15 minutes',
  60: '1 hour',
  480: 'A shift (8 hours)',
};
const SHORTEST_REASON = 3;

type ShelveDialogProps = {
  readonly alarms: readonly Alarm[];
  readonly onShelve: (minutes: ShelveMinutes, reason: string) => void;
  readonly onClose: () => void;
};

export function ShelveDialog({ alarms, onShelve, onClose }: ShelveDialogProps) {
  const id = useId();
  const [minutes, setMinutes] = useState<ShelveMinutes>(15);
  const [reason, setReason] = useState('');
  const isReady = reason.trim().length >= SHORTEST_REASON;
  const [first] = alarms;
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth={false}
      aria-labelledby={`${id}-title`}
      className="shelve-dialog"
      transitionDuration={80}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onShelve(minutes, reason.trim());
        }}
      >
        <header>
          <h2 id={`${id}-title`}>
            Shelve {alarms.length === 1 ? `${first?.title ?? ''}, ${first?.subjectName ?? ''}` : countOf(alarms.length)}
          </h2>
          <small className="muted">It is quiet until then and comes back by itself if it is still so.</small>
        </header>
        <label className="shelve-reason" htmlFor={`${id}-reason`}>
          Why
          <input
            id={`${id}-reason`}
            className="field"
            type="text"
            autoFocus
            required
            minLength={SHORTEST_REASON}
            maxLength={200}
            placeholder="Electrician is at the board until noon"
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <fieldset>
          <legend>For how long</legend>
          {SHELVE_MINUTES.map((choice) => (
            <label key={choice}>
              <input
                type="radio"
                name={`${id}-minutes`}
                checked={minutes === choice}
                onChange={() => setMinutes(choice)}
              />
              {NAMES[choice]}
            </label>
          ))}
        </fieldset>
        <footer>
          <span className="end">
            <button type="button" className="btn" onClick={onClose}>
              Cancel <kbd>Esc</kbd>
            </button>
            <button type="submit" className="btn primary" disabled={!isReady}>
              {isReady ? 'Shelve' : 'Say why first'} <kbd>Enter</kbd>
            </button>
          </span>
        </footer>
      </form>
    </Dialog>
  );
}
