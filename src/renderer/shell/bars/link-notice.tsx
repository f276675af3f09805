/**
 * A link that is gone, said at the top where one looks. It stands inside the top bar, in room that the search gives up,
 * so nothing on the page moves when it comes or goes.
 */
import './link-notice.css';
import { Link } from '@tanstack/react-router';
import { useOnlyRecord } from '../../link/use-feed.ts';
import { linkWords } from '../../pages/links/links-words.ts';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';

/** A link that blinks is no news. */
const PATIENCE_MS = 5000;

export function LinkNotice() {
  const status = useOnlyRecord('link/status');
  const now = useWallNow(1000);
  if (status === undefined) return null;
  const { word, priority, stillWorks } = linkWords(status.state);
  if (priority === undefined || now - status.sinceMs < PATIENCE_MS) return null;
  const said = `Marketplace ${word} for ${wholeAge(now - status.sinceMs)}`;
  return (
    <Link to="/links" className="link-notice" data-priority={priority} title={`${said}. ${stillWorks ?? ''}`}>
      <span className="mark" data-priority={priority} aria-hidden="true">
        !
      </span>
      <b>{said}</b>
      <span className="link-notice-more">{stillWorks}</span>
    </Link>
  );
}
