/**
 * How many alarms nobody has acknowledged, by priority, at the top of every page. It does not blink: that it is there is enough,
 * and its room is kept, so nothing moves when it comes.
 */
import './alarm-tally.css';
import { Link } from '@tanstack/react-router';
import { useOnlyRecord } from '../link/use-feed.ts';
import { countOf } from './alarm-words.ts';
import { PRIORITIES, tallyAlarms } from './list-alarms.ts';
import { useAlarms } from './pending-deeds.ts';

export function AlarmTally() {
  const { alarms } = useAlarms();
  const flood = useOnlyRecord('alarm/flood');
  const { unacknowledged, standing, shelved } = tallyAlarms(alarms.values());
  const shown = PRIORITIES.filter((priority) => unacknowledged[priority] > 0);
  const open = shown.reduce((sum, priority) => sum + unacknowledged[priority], 0);
  const isFlood = flood?.sinceMs !== undefined;
  const said =
    open === 0
      ? `No unacknowledged alarm; ${standing} in the list, ${shelved} shelved`
      : `${countOf(open)} unacknowledged: ${shown.map((priority) => `${unacknowledged[priority]} of priority ${priority}`).join(', ')}`;
  return (
    <Link to="/alarms" className="alarm-tally" title={`${said} (G then A)`}>
      <span className="visually-hidden">{isFlood ? `${said}. Alarm flood` : said}</span>
      {shown.map((priority) => (
        <span key={priority} className="alarm-count" aria-hidden="true">
          <span className="mark" data-priority={priority}>
            {priority}
          </span>
          {unacknowledged[priority]}
        </span>
      ))}
      {open === 0 && (
        <span className="muted" aria-hidden="true">
          No new alarm
        </span>
      )}
      {isFlood && <b aria-hidden="true">Flood</b>}
    </Link>
  );
}
