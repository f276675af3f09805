/** Pins a key to a charge point, or revokes it: a decision that bills rest on, so it has a reason that stays with it. */
import './signed.css';
import { useId, useState } from 'react';
import Dialog from '@mui/material/Dialog';
import type { MeterKey } from '../../../shared/domain/metering/signed-record.ts';
import { groupedFingerprint } from './signed-words.ts';

export type KeyDeed = 'pin' | 'revoke';

type KeyDialogProps = {
  readonly meterKey: MeterKey;
  readonly deed: KeyDeed;
  readonly onDecide: (reason: string) => void;
  readonly onClose: () => void;
};

const SHORTEST_REASON = 3;

const DEEDS: Readonly<Record<KeyDeed, { readonly word: string; readonly effect: string; readonly example: string }>> = {
  pin: {
    word: 'Pin',
    effect:
      'From now on what this key signs at this charge point is valid. Compare the fingerprint with the meter’s nameplate or the operator’s list first.',
    example: 'Compared with the nameplate on 24 November',
  },
  revoke: {
    word: 'Revoke',
    effect:
      'What this key signs is no longer taken for valid, at any charge point. The records it signed stay as they are.',
    example: 'Meter was exchanged on 24 November',
  },
};

export function KeyDialog({ meterKey, deed, onDecide, onClose }: KeyDialogProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const { word, effect, example } = DEEDS[deed];
  const isReady = reason.trim().length >= SHORTEST_REASON;
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth={false}
      aria-labelledby={`${id}-title`}
      className="key-dialog"
      transitionDuration={80}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) onDecide(reason.trim());
        }}
      >
        <h2 id={`${id}-title`}>
          {word} the key of {meterKey.evseKey}
        </h2>
        <p className="mono">{groupedFingerprint(meterKey.fingerprint)}</p>
        <p className="muted">{effect}</p>
        <label htmlFor={`${id}-reason`}>
          Why
          <input
            id={`${id}-reason`}
            className="field"
            type="text"
            autoFocus
            required
            minLength={SHORTEST_REASON}
            maxLength={500}
            placeholder={example}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <footer>
          <button type="button" className="btn" onClick={onClose}>
            Cancel <kbd>Esc</kbd>
          </button>
          <button type="submit" className="btn primary" disabled={!isReady}>
            {isReady ? word : 'Say why first'} <kbd>Enter</kbd>
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
