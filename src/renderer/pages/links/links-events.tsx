/** The link's own log: each change of its state, newest first. */
import { formatAgo, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { computerZone, formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { useAnswer } from '../use-answer.ts';
import { linkWords } from './links-words.ts';

const NEWEST = { limit: 100 };

/** @param moment when the link last changed: a new one means there is something new to read */
export function LinkEvents({ moment }: { readonly moment: number | undefined }) {
  const { answer, failure } = useAnswer('link/events', NEWEST, moment);
  const events = answer?.events;

  const zone = computerZone();
  return (
    <section id="links-events" className="card links-events" tabIndex={-1} aria-label="Link events">
      <header>
        <h2>Link events</h2>
        <small>real time, {zoneName(zone, events?.[0]?.atMs ?? 0)}</small>
      </header>
      {failure !== undefined && (
        <p className="empty" role="status">
          {failure}
        </p>
      )}
      {failure === undefined && events?.length === 0 && (
        <p className="empty">
          <b>No events yet</b>Each connect, loss and refusal of the link is written here.
        </p>
      )}
      <div className="scroller" tabIndex={0} role="region" aria-label="List of link events">
        <ul className="event-list">
          {events?.map((event) => {
            const words = linkWords(event.state);
            return (
              <li key={event.id}>
                <time title={`${formatInZone(event.atMs, 'UTC', 'full')} UTC`}>
                  {formatInZone(event.atMs, zone, 'time')}
                </time>
                <span className="with-mark">
                  {words.priority === undefined ? (
                    <span className="no-mark" />
                  ) : (
                    <span className="mark" data-priority={words.priority} aria-hidden="true">
                      !
                    </span>
                  )}
                  {words.word}
                </span>
                <span className="event-note" title={event.note}>
                  {event.note}
                </span>
                <span className="muted event-age">
                  <Ago atMs={event.atMs} />
                </span>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  return formatAgo(useWallNow(1000) - atMs);
}
