/** Whether what happens is being written down. Shown in the profile's time, as everything else on the screen. */
import Tooltip from '@mui/material/Tooltip';
import type { ConsoleFacts } from '../../../shared/ipc/console-contract.ts';
import { useFeed } from '../../link/use-feed.ts';
import { profileTimeOf } from '../../instruments/clock/profile-clock.ts';
import { computerZone, formatInZone } from '../../instruments/clock/zone-time.ts';

export function StoreStatus({ store }: { readonly store: ConsoleFacts['store'] | undefined }) {
  const firstDepot = useFeed('fleet/depots').records.values().next().value;
  const zone = firstDepot?.timeZone ?? computerZone();
  const savedAt = store?.lastCommitAtMs;
  if (store?.state === 'failing') {
    return (
      <span className="status-link" role="status">
        <span className="mark" data-priority="1" aria-hidden="true">
          1
        </span>
        Store <b>not saving</b>
        <span className="still-works">
          {store.reason ?? 'The database does not take writes.'} Everything stored can still be read; commands are
          refused until it saves again.
        </span>
      </span>
    );
  }
  const shortened = store?.ringShortenedToHours;
  return (
    <Tooltip
      title={
        shortened === undefined
          ? 'When the database last took a write, in the first depot’s time'
          : `To stay within its size the history of positions was shortened to the last ${shortened} hours.`
      }
    >
      <span className="status-link" tabIndex={0}>
        <span className="dot" />
        Store <b>saved</b>
        <span className="fixed-time">
          {savedAt === undefined ? '--:--:--' : formatInZone(profileTimeOf(savedAt), zone, 'time')}
        </span>
        {shortened !== undefined && <span>· {shortened} h history</span>}
      </span>
    </Tooltip>
  );
}
