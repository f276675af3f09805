/** The register of meter keys: which key signed where, since when it is known, and what a person decided about it. */
import './signed.css';
import { useState } from 'react';
import type { MeterKey } from '../../../shared/domain/metering/signed-record.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { copyText } from '../../instruments/clipboard/copy-text.ts';
import { KeyDialog, type KeyDeed } from './key-dialog.tsx';
import { groupedFingerprint, KEY_STATE_WORDS, shortFingerprint } from './signed-words.ts';

type KeyListProps = {
  readonly keys: readonly MeterKey[];
  /** The one that the link names. */
  readonly chosen: string | undefined;
  readonly zone: string;
  readonly onRecord: (recordKey: string) => void;
  readonly onDecide: (deed: KeyDeed, key: MeterKey, reason: string) => void;
};

export function KeyList({ keys, chosen, zone, onRecord, onDecide }: KeyListProps) {
  const [deciding, setDeciding] = useState<{ readonly key: MeterKey; readonly deed: KeyDeed }>();
  if (keys.length === 0)
    return (
      <p className="empty">
        <b>No meter key has been seen yet.</b>
        A key is noted here when the first record with signed meter values comes in. Most countries do not ask for them,
        so an empty register is nothing to worry about.
      </p>
    );
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Meter keys">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Fingerprint</th>
            <th scope="col">Curve</th>
            <th scope="col">Charge point</th>
            <th scope="col">Meter</th>
            <th scope="col">First seen</th>
            <th scope="col">State</th>
            <th scope="col">Decided</th>
            <th scope="col">
              <span className="visually-hidden">What can be done</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <KeyRow
              key={`${key.fingerprint} ${key.evseKey}`}
              meterKey={key}
              isChosen={key.fingerprint === chosen}
              zone={zone}
              onRecord={onRecord}
              onDeed={(deed) => setDeciding({ key, deed })}
            />
          ))}
        </tbody>
      </table>
      {deciding !== undefined && (
        <KeyDialog
          meterKey={deciding.key}
          deed={deciding.deed}
          onClose={() => setDeciding(undefined)}
          onDecide={(reason) => {
            onDecide(deciding.deed, deciding.key, reason);
            setDeciding(undefined);
          }}
        />
      )}
    </div>
  );
}

type KeyRowProps = {
  readonly meterKey: MeterKey;
  readonly isChosen: boolean;
  readonly zone: string;
  readonly onRecord: (recordKey: string) => void;
  readonly onDeed: (deed: KeyDeed) => void;
};

function KeyRow({ meterKey, isChosen, zone, onRecord, onDeed }: KeyRowProps) {
  const { fingerprint, state, decidedAtMs, decidedBy, reason } = meterKey;
  const name = `${shortFingerprint(fingerprint)} at ${meterKey.evseKey}`;
  return (
    <tr aria-selected={isChosen}>
      <td>
        <button
          type="button"
          className="btn quiet mono"
          title={`${groupedFingerprint(fingerprint)}. Copies the whole fingerprint.`}
          onClick={() => void copyText(fingerprint)}
        >
          {shortFingerprint(fingerprint)}…
        </button>
      </td>
      <td>{meterKey.curve}</td>
      <td className="mono">{meterKey.evseKey}</td>
      <td className="mono">{meterKey.meterSerial === '' ? '–' : meterKey.meterSerial}</td>
      <td title={describeInstant(meterKey.firstSeenAtMs, zone)}>
        <button type="button" className="btn quiet" onClick={() => onRecord(meterKey.firstSeenIn)}>
          {formatInZone(meterKey.firstSeenAtMs, zone, 'day')} {formatInZone(meterKey.firstSeenAtMs, zone, 'minute')}
        </button>
      </td>
      <td>
        {state === 'seen' && (
          <span className="mark" data-priority="3" aria-hidden="true">
            3
          </span>
        )}{' '}
        {KEY_STATE_WORDS[state]}
      </td>
      <td className="key-reason">
        {decidedAtMs === undefined
          ? 'Nobody has said yet whether it belongs there.'
          : `${reason ?? ''} (${decidedBy ?? 'not told by whom'}, ${formatInZone(decidedAtMs, zone, 'day')})`}
      </td>
      <td>
        <span className="key-actions">
          {state !== 'pinned' && (
            <button type="button" className="btn" onClick={() => onDeed('pin')} aria-label={`Pin the key ${name}`}>
              Pin…
            </button>
          )}
          {state !== 'revoked' && (
            <button
              type="button"
              className="btn"
              onClick={() => onDeed('revoke')}
              aria-label={`Revoke the key ${name}`}
            >
              Revoke…
            </button>
          )}
        </span>
      </td>
    </tr>
  );
}
