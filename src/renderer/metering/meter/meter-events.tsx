/** Moments of a meter's and its line's life, newest first: real time, since a line is a thing of the real world. */
import type { MeterEvent } from '../../../shared/ipc/metering/metering-contract.ts';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';

type MeterEventsProps = {
  readonly events: readonly MeterEvent[] | undefined;
  readonly failure: string | undefined;
  readonly zone: string;
};

export function MeterEvents({ events, failure, zone }: MeterEventsProps) {
  return (
    <section className="meter-events" aria-label="Events">
      <h3>
        Events <small>of this meter and its line · real time, {zoneName(zone, events?.[0]?.atMs ?? 0)}</small>
      </h3>
      {failure !== undefined && <p className="muted">{failure}</p>}
      {failure === undefined && events?.length === 0 && (
        <p className="muted">None yet. Each loss, return and refusal is written here.</p>
      )}
      <ul className="meter-event-list">
        {events?.map((event) => (
          <li key={event.id}>
            <time title={`${formatInZone(event.atMs, 'UTC', 'full')} UTC`}>
              {formatInZone(event.atMs, zone, 'time')}
            </time>
            <span>{event.note}</span>
            <span className="muted">
              <Ago atMs={event.atMs} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  return `${wholeAge(useWallNow() - atMs)} ago`;
}
