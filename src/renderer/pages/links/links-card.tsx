/** The marketplace link: state, ages, and how far each stream has been read. */
import type { ReactNode } from 'react';
import type { LinkStatus } from '../../../shared/ipc/link-contract.ts';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { MendLink } from './links-mend.tsx';
import { count, Streams } from './links-streams.tsx';
import { isNeverConnected, linkMeaning, linkWords } from './links-words.ts';

type Props = { readonly status: LinkStatus | undefined; readonly broken: boolean };

export function LinkCard({ status, broken }: Props) {
  const words = status === undefined ? undefined : linkWords(status.state);
  return (
    <section id="links-marketplace" className="card links-marketplace" tabIndex={-1} aria-label="Marketplace link">
      <header>
        {words?.priority === undefined ? (
          <span className="dot" />
        ) : (
          <span className="mark" data-priority={words.priority} aria-hidden="true">
            !
          </span>
        )}
        <h2>{status?.name ?? 'Marketplace'}</h2>
        <b className="state-word">{words?.word ?? '…'}</b>
        {status !== undefined && (
          <small>
            for <Since atMs={status.sinceMs} /> · real time
          </small>
        )}
        {broken && <small className="stale">from before the backend’s restart</small>}
      </header>
      <p className="link-meaning" role="status">
        {status === undefined ? 'Waiting for the link’s first word.' : linkMeaning(status)} {status?.reason}
        {words?.stillWorks !== undefined && <b> {words.stillWorks}</b>}
      </p>
      <div className="figures">
        <Figure name="Last message">
          {status?.lastMessageAtMs === undefined ? 'none yet' : <Ago atMs={status.lastMessageAtMs} />}
        </Figure>
        <Figure name="Waiting" means="Commands stored here and not yet answered">
          {status?.queuedCommands ?? '–'}
          {status?.oldestQueuedAtMs !== undefined && (
            <small>
              oldest <Since atMs={status.oldestQueuedAtMs} />
            </small>
          )}
        </Figure>
        <Figure name="Reconnects" means="How often the link came back since this profile was opened">
          {count(status?.reconnects)}
        </Figure>
        <Figure name="Replayed" means="Items that came a second time and changed nothing">
          {count(status?.replayed)}
        </Figure>
        <Figure
          name="Lost items"
          means="Items the marketplace no longer held when the link came back: lost for good"
          abnormal={(status?.lostItems ?? 0) > 0}
        >
          {isNeverConnected(status) ? 'not known' : count(status?.lostItems)}
        </Figure>
      </div>
      <Streams status={status} />
      {status !== undefined && <MendLink status={status} />}
    </section>
  );
}

type FigureProps = {
  readonly name: string;
  readonly means?: string;
  readonly abnormal?: boolean;
  readonly children: ReactNode;
};

function Figure({ name, means, abnormal = false, children }: FigureProps) {
  return (
    <div className="figure" title={means}>
      <span className="muted">{name}</span>
      <span className="value">
        {abnormal && (
          <span className="mark" data-priority="2" aria-hidden="true">
            !
          </span>
        )}
        {children}
      </span>
    </div>
  );
}

function Since({ atMs }: { readonly atMs: number }) {
  return wholeAge(useWallNow(1000) - atMs);
}

function Ago({ atMs }: { readonly atMs: number }) {
  return `${wholeAge(useWallNow(1000) - atMs)} ago`;
}
