/** One card a depot: its time, its measured power, its bays, who is there. Pressing it narrows the page to the depot. */
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { DepotPresence } from '../../fleet/filter/fleet-census.ts';
import { LiveAge, LiveValue } from '../../fleet/live-value.tsx';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { SitePower } from '../../metering/site-power/site-power.tsx';
import { useMetering } from '../../metering/use-metering.ts';
import { AsOfLink } from '../as-of-link.tsx';
import { BayStrip } from './bay-strip.tsx';
import type { DepotBays } from './depot-bays.ts';
import { useDepotBays } from './use-depot-bays.ts';
import '../marketplace.css';

type DepotCardsProps = {
  readonly depots: ReadonlyMap<string, Depot>;
  readonly presence: ReadonlyMap<string, DepotPresence>;
  readonly chosenId: string | undefined;
  readonly onChoose: (depot: Depot) => void;
};

export function DepotCards({ depots, presence, chosenId, onChoose }: DepotCardsProps) {
  const metering = useMetering();
  const bays = useDepotBays();
  return (
    <div className="depot-cards">
      {[...depots.values()].map((depot) => (
        <button
          key={depot.id}
          type="button"
          className="depot-card"
          aria-pressed={depot.id === chosenId}
          onClick={() => onChoose(depot)}
        >
          <span className="depot-head">
            <b>{depot.name}</b>
            <DepotTime zone={depot.timeZone} />
          </span>
          <SitePower depot={depot} metering={metering} />
          <Bays bays={bays.get(depot.id)} />
          <Presence presence={presence.get(depot.id)} zone={depot.timeZone} />
          <Ages bays={bays.get(depot.id)} presence={presence.get(depot.id)} zone={depot.timeZone} />
        </button>
      ))}
      {depots.size === 0 && (
        <p className="empty">
          The marketplace has not told of any depot yet. They appear here by themselves once it does.
        </p>
      )}
    </div>
  );
}

function DepotTime({ zone }: { readonly zone: string }) {
  const now = useNow();
  return (
    <span className="depot-time" title={describeInstant(now, zone)}>
      <span className="depot-day">{formatInZone(now, zone, 'day')} </span>
      {formatInZone(now, zone, 'time')} <span className="muted">{zoneName(zone, now)}</span>
    </span>
  );
}

function Bays({ bays }: { readonly bays: DepotBays | undefined }) {
  if (bays === undefined) return null;
  return (
    <AsOfLink>
      <BayStrip bays={bays.bays} counts={bays.counts} />
    </AsOfLink>
  );
}

function Ages(props: {
  readonly bays: DepotBays | undefined;
  readonly presence: DepotPresence | undefined;
  readonly zone: string;
}) {
  const now = useNow();
  const changedAtMs = props.bays?.newestChangeAtMs;
  return (
    <span className="depot-line muted">
      {changedAtMs === undefined ? (
        <span>no bay known</span>
      ) : (
        <span title={describeInstant(changedAtMs, props.zone)}>bays changed {wholeAge(now - changedAtMs)} ago</span>
      )}
      <LiveAge atMs={props.presence?.newestAtMs} zone={props.zone} what="positions" />
    </span>
  );
}

/** Who was here by the last positions; hatched when none of those is the present any more. */
function Presence({ presence, zone }: { readonly presence: DepotPresence | undefined; readonly zone: string }) {
  if (presence === undefined) return null;
  const located = presence.present + presence.out;
  const counts = (
    <>
      <b>{grouped(presence.present)}</b> here · <b>{grouped(presence.out)}</b> out
    </>
  );
  const isAllStale = located > 0 && presence.stale === located;
  const asides = [
    ...(presence.stale > 0 && !isAllStale ? [`${grouped(presence.stale)} of them stale`] : []),
    ...(presence.neverReported > 0 ? [`${grouped(presence.neverReported)} never reported`] : []),
  ];
  return (
    <span className="depot-line">
      <span>
        Vehicles{' '}
        {isAllStale ? (
          <LiveValue atMs={presence.newestAtMs} zone={zone}>
            {counts}
          </LiveValue>
        ) : (
          counts
        )}
        {asides.length > 0 && <span className="muted"> · {asides.join(' · ')}</span>}
      </span>
    </span>
  );
}
