/** The Keys tab: the register of meter keys, where a person pins and revokes. */
import { useState } from 'react';
import type { MeterKey } from '../../../shared/domain/metering/signed-record.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { sendCommand } from '../../link/send-command.ts';
import type { KeyDeed } from '../../metering/signed/key-dialog.tsx';
import { KeyList } from '../../metering/signed/key-list.tsx';
import { useAnswer } from '../use-answer.ts';

type KeyRegisterProps = {
  readonly chosen: string | undefined;
  readonly zone: string;
  readonly onRecord: (recordKey: string) => void;
};

const NOTHING = {};
const AGAIN_MS = 10_000;

export function KeyRegister({ chosen, zone, onRecord }: KeyRegisterProps) {
  const [decisions, setDecisions] = useState(0);
  const { answer, failure } = useAnswer('metering/meter-keys', NOTHING, useWallNow(AGAIN_MS) + decisions);
  const decide = (deed: KeyDeed, { fingerprint, evseKey }: MeterKey, reason: string) =>
    void (
      deed === 'pin'
        ? sendCommand('metering/pin-meter-key', { fingerprint, evseKey, reason }, 'Pinning the key')
        : sendCommand('metering/revoke-meter-key', { fingerprint, reason }, 'Revoking the key')
    ).then(() => setDecisions((before) => before + 1));
  if (answer === undefined)
    return (
      <p className="empty" role="status">
        {failure !== undefined && <b>The keys could not be read.</b>}
        {failure ?? '…'}
      </p>
    );
  return <KeyList keys={answer} chosen={chosen} zone={zone} onRecord={onRecord} onDecide={decide} />;
}
