/** Whether what happens is being written down, and how long ago it last was: an age, which no clock can contradict. */
import Tooltip from '@mui/material/Tooltip';
import type { ConsoleFacts } from '../../../shared/ipc/console-contract.ts';
import { wholeAge } from '../../fleet/live-value.tsx';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';

export function StoreStatus({ store }: { readonly store: ConsoleFacts['store'] | undefined }) {
  const savedAt = store?.lastCommitAtMs;
  if (store?.state === 'failing') {
    return (
      <span className="status-link" role="status">
        <span className="mark" data-priority="1" aria-hidden="true">
          !
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
          ? 'How long ago the database last took a write'
          : `To stay within its size the history of positions was shortened to the last ${shortened} hours.`
      }
    >
      <span className="status-link" tabIndex={0}>
        <span className="dot" />
        Store <b>saved</b>
        <span className="fixed-age">{savedAt === undefined ? 'nothing yet' : <SavedAge atMs={savedAt} />}</span>
        {shortened !== undefined && <span>· {shortened} h history</span>}
      </span>
    </Tooltip>
  );
}

function SavedAge({ atMs }: { readonly atMs: number }) {
  return `${wholeAge(useWallNow(1000) - atMs)} ago`;
}
