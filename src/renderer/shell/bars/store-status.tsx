/** Whether what happens is being written down, and how long ago it last was: an age, which no clock can contradict. */
import Tooltip from '@mui/material/Tooltip';
import type { ConsoleFacts } from '../../../shared/ipc/console-contract.ts';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';

export function StoreStatus({ store }: { readonly store: ConsoleFacts['store'] | undefined }) {
  const savedAt = store?.lastCommitAtMs;
  if (store !== undefined && store.state !== 'saving') return <StoreTrouble store={store} />;
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

function StoreTrouble({ store }: { readonly store: ConsoleFacts['store'] }) {
  const { word, priority, said } =
    store.state === 'failing'
      ? {
          word: 'not saving',
          priority: 1,
          said: `${store.reason ?? 'The database does not take writes.'} What is stored can be read; commands are refused until it saves again.`,
        }
      : {
          word: 'sparing the disk',
          priority: 2,
          said: 'Disk nearly full: positions and meter readings wait; commands and sessions are stored. Free some space on it.',
        };
  return (
    <>
      <span className="status-link" role="status">
        <span className="mark" data-priority={priority} aria-hidden="true">
          !
        </span>
        Store <b>{word}</b>
        {store.troubleSinceMs !== undefined && <TroubleAge sinceMs={store.troubleSinceMs} />}
      </span>
      <Tooltip title={said}>
        <span className="still-works" tabIndex={0}>
          {said}
        </span>
      </Tooltip>
    </>
  );
}

/** Apart from the words, so that a reader hears the trouble once and not each second. */
function TroubleAge({ sinceMs }: { readonly sinceMs: number }) {
  return <span aria-live="off">for {wholeAge(useWallNow(1000) - sinceMs)}</span>;
}

function SavedAge({ atMs }: { readonly atMs: number }) {
  return `${wholeAge(useWallNow(1000) - atMs)} ago`;
}
