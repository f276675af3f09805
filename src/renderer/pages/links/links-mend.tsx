/** The way out of a connection that will not come back by itself: its address and token are given on the first screen. */
import type { LinkStatus } from '../../../shared/ipc/link-contract.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { askShell } from '../../link/shell-bridge.ts';
import { toastRefusal } from '../../link/send-command.ts';

/** A lost link mostly heals within this; offering to leave earlier would only tempt. */
const LOST_FOR_LONG_MS = 60_000;

export function MendLink({ status }: { readonly status: LinkStatus }) {
  const now = useWallNow(1000);
  const isHopeless =
    status.state === 'refused' || (status.state === 'lost' && now - status.sinceMs >= LOST_FOR_LONG_MS);
  if (!isHopeless) return null;
  return (
    <p className="link-mend">
      <button type="button" className="btn" onClick={() => void leaveProfile()}>
        Leave profile and connect again
      </button>
      <span className="muted">Address and token are given on the first screen. Everything stored stays.</span>
    </p>
  );
}

async function leaveProfile(): Promise<void> {
  const answer = await askShell('shell/leave-profile', {});
  if (!answer.ok)
    toastRefusal('Leaving the profile was refused', answer.error.message, {
      request: 'shell/leave-profile',
      ...answer.error,
    });
}
