/** The serial lines of the meters in one phrase. A lost one is worth a mark, not a banner: nothing but measuring waits for it. */
import { Link } from '@tanstack/react-router';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { summariseLines, type LinesSummary } from '../../metering/line/lines-summary.ts';
import { useMetering } from '../../metering/use-metering.ts';

export function useLinesSummary(): LinesSummary | undefined {
  const { lines, metersOf } = useMetering();
  return summariseLines([...lines.values()], metersOf, useWallNow());
}

export function LinesStatus({ summary }: { readonly summary: LinesSummary | undefined }) {
  const wallNow = useWallNow();
  if (summary === undefined) return null;
  const { subject, word, priority, lostSinceMs, answeredAtMs } = summary;
  return (
    <Link to="/links" className="status-link" title={`${summary.names}: ${word}. Open the Links page (G then K)`}>
      {priority === undefined ? (
        <span className="dot" />
      ) : (
        <span className="mark" data-priority={priority} aria-hidden="true">
          {priority}
        </span>
      )}
      {subject} <b>{word}</b>
      <span className="lines-slot">
        {lostSinceMs !== undefined && `for ${wholeAge(wallNow - lostSinceMs)}`}
        {answeredAtMs !== undefined && `answers ${wholeAge(wallNow - answeredAtMs)} old`}
      </span>
    </Link>
  );
}
