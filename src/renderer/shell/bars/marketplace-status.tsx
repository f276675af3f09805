/** The marketplace link in one line: shape, word, age of the last message, queue, quarantine. Leads to the Links page. */
import { Link } from '@tanstack/react-router';
import type { LinkStatus } from '../../../shared/ipc/link-contract.ts';
import { linkWords } from '../../pages/links/links-words.ts';
import { formatAgo, useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';

export function MarketplaceStatus({ status }: { readonly status: LinkStatus | undefined }) {
  if (status === undefined) {
    return (
      <span className="status-link">
        <span className="dot" />
        Marketplace <b>…</b>
      </span>
    );
  }
  const words = linkWords(status.state);
  return (
    <Link to="/links" className="status-link" title="Open the Links page (G then K)" data-state={status.state}>
      <LinkShape priority={words.priority} />
      Marketplace <b>{words.word}</b>
      <Progress status={status} normal={words.priority === undefined} />
      <span>
        · queue <Count value={status.queuedCommands} />
      </span>
      <span className={status.quarantined > 0 ? 'diagnostic' : undefined}>
        · quarantine <Count value={status.quarantined} />
      </span>
    </Link>
  );
}

/** Stands at the end of the line, where it may be cut without pushing anything else. */
export function MarketplaceStillWorks({ status }: { readonly status: LinkStatus | undefined }) {
  if (status === undefined) return null;
  const { stillWorks } = linkWords(status.state);
  if (stillWorks === undefined) return null;
  return (
    <span className="still-works" role="status" title={stillWorks}>
      {status.nextTryAtMs !== undefined && <NextTry atMs={status.nextTryAtMs} />}
      {stillWorks}
    </span>
  );
}

export function LinkShape({ priority }: { readonly priority: 1 | 2 | undefined }) {
  if (priority === undefined) return <span className="dot" />;
  return (
    <span className="mark" data-priority={priority} aria-hidden="true">
      !
    </span>
  );
}

/** What one wants to know depends on the state: how fresh, how much is left to read, or since when it is gone. */
function Progress({ status, normal }: { readonly status: LinkStatus; readonly normal: boolean }) {
  if (!normal) return <Since atMs={status.sinceMs} />;
  if (status.state !== 'catching-up') return <LastMessage atMs={status.lastMessageAtMs} />;
  const left = status.streams.reduce((sum, { committed, head }) => sum + Math.max(0, head - committed), 0);
  return <span className="age-slot">{left.toLocaleString('en-GB')} items to read</span>;
}

function Count({ value }: { readonly value: number }) {
  return <span className="count">{value}</span>;
}

function LastMessage({ atMs }: { readonly atMs: number | undefined }) {
  const now = useWallNow(1000);
  if (atMs === undefined) return <span className="age-slot">no message yet</span>;
  const age = now - atMs;
  return (
    <span className={age > 30_000 ? 'age-slot stale' : 'age-slot'}>
      last message <span className="age">{formatAgo(age)}</span>
    </span>
  );
}

function Since({ atMs }: { readonly atMs: number }) {
  const now = useWallNow(1000);
  return <span className="since-slot">for {wholeAge(now - atMs)}</span>;
}

function NextTry({ atMs }: { readonly atMs: number }) {
  const now = useWallNow(1000);
  const left = Math.ceil((atMs - now) / 1000);
  return <span>{left > 0 ? `Next try in ${left} s. ` : 'Trying now. '}</span>;
}
