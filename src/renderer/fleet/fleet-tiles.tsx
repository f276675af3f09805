/** The row of figures over the page: only what is known now, each with what it leaves out, each a filter when pressed. */
import type { ReactNode } from 'react';
import type { FleetCensus } from './filter/fleet-census.ts';
import type { Heading } from './filter/fleet-filter.ts';
import { LiveValue } from './live-value.tsx';
import { useNow, wholeAge } from '../instruments/clock/profile-clock.ts';
import { grouped } from '../instruments/number/format-number.ts';
import { lateRule } from './freshness-now.ts';
import './fleet.css';

type TileProps = {
  readonly title: string;
  readonly value: ReactNode;
  readonly note: ReactNode;
  readonly isPressed: boolean;
  readonly onPress: () => void;
  readonly tip: string;
};

export function Tile({ title, value, note, isPressed, onPress, tip }: TileProps) {
  return (
    <button type="button" className="tile" aria-pressed={isPressed} onClick={onPress} title={tip}>
      <span className="tile-title">{title}</span>
      <span className="tile-value">{value}</span>
      <span className="tile-note">{note}</span>
    </button>
  );
}

type FleetTilesProps = {
  readonly census: FleetCensus;
  readonly headings: readonly Heading[];
  /** Narrows to these headings; an empty list widens again. */
  readonly onHeadings: (headings: readonly Heading[]) => void;
  readonly selectedId: string | undefined;
  readonly onVehicle: (vehicleId: string) => void;
  readonly zoneOf: (depotId: string) => string;
  /** Why nothing may be reporting, where that is known: `link lost`. */
  readonly whySilent: string | undefined;
  /** The tile about sessions, which the fleet knows nothing of. */
  readonly sessions: ReactNode;
};

export function FleetTiles(props: FleetTilesProps) {
  const { census } = props;
  const reporting = census.total - census.fleet.stale;
  // Nobody reporting is not nobody driving: the last known stays, marked as old.
  const isSilent = reporting === 0;
  const silent = silentNote(props);
  const last = (count: number) => (
    <LastKnown count={count} atMs={isSilent ? census.newestAtMs : undefined} isSilent={isSilent} />
  );
  const staleOf = (heading: Heading) =>
    census.staleFleet[heading] === 0 ? '' : ` · ${grouped(census.staleFleet[heading])} of them stale`;
  const only = (heading: Heading) => props.headings.length === 1 && props.headings[0] === heading;
  const pick = (heading: Heading) => props.onHeadings(only(heading) ? [] : [heading]);
  return (
    <div className="tiles">
      <Tile
        title="Vehicles reporting"
        value={
          <>
            {grouped(reporting)} <small>/ {grouped(census.total)}</small>
          </>
        }
        note={<StaleNote census={census} />}
        isPressed={only('stale')}
        onPress={() => pick('stale')}
        tip="Show the vehicles that are not reporting"
      />
      <Tile
        title="Driving"
        value={last(census.fleet.driving)}
        note={isSilent ? silent : `${grouped(census.fleet.idle)} idle${staleOf('driving')}`}
        isPressed={only('driving')}
        onPress={() => pick('driving')}
        tip="Show the vehicles that are driving, by their last report"
      />
      <Tile
        title="Charging now"
        value={last(census.fleet.charging)}
        note={isSilent ? silent : `${grouped(census.fleet.plugged)} more plugged in${staleOf('charging')}`}
        isPressed={only('charging')}
        onPress={() => pick('charging')}
        tip="Show the vehicles that are charging, by their last report"
      />
      {props.sessions}
      <LowestTile {...props} />
    </div>
  );
}

function silentNote({ census, whySilent }: FleetTilesProps): string {
  if (census.total === 0) return 'no vehicle known yet';
  if (census.newestAtMs === undefined) return 'not known: no vehicle has reported';
  return whySilent ?? 'no vehicle reports';
}

/** A count by the last reports; once nobody reports, hatched and as of the newest of them. */
function LastKnown(props: {
  readonly count: number;
  readonly atMs: number | undefined;
  readonly isSilent: boolean;
}): ReactNode {
  const now = useNow();
  if (!props.isSilent) return grouped(props.count);
  if (props.atMs === undefined) return '–';
  return (
    <span className="live-value stale">
      {grouped(props.count)}
      <span className="live-age"> · as of {wholeAge(now - props.atMs)} ago</span>
    </span>
  );
}

/** The same word as the chip's: stale are all that do not report now. */
function StaleNote({ census }: { readonly census: FleetCensus }) {
  const now = useNow();
  const { stale } = census.fleet;
  if (census.total === 0) return 'no vehicle known yet';
  if (stale === 0) return <span title={lateRule()}>all of them fresh</span>;
  const oldest = census.oldestStaleAtMs === undefined ? undefined : wholeAge(now - census.oldestStaleAtMs);
  return (
    <span className="stale-note" title={[neverRule(census.neverReported), lateRule()].filter(Boolean).join(' ')}>
      {sayStale(stale, census.neverReported, oldest)}
    </span>
  );
}

function neverRule(never: number): string {
  return never === 0 ? '' : `${grouped(never)} of these never reported.`;
}

/** Those that never reported are among the stale, and the words must not let anybody add them up. */
export function sayStale(stale: number, never: number, oldestAge: string | undefined): string {
  const among = never === 0 ? '' : never === stale ? ' (never reported)' : ` (${grouped(never)} never)`;
  return `${grouped(stale)} stale${among}${oldestAge === undefined ? '' : ` · oldest ${oldestAge}`}`;
}

function LowestTile(props: FleetTilesProps) {
  const { census, selectedId, onVehicle, zoneOf } = props;
  const lowest = census.lowestDriving;
  return (
    <Tile
      title="Lowest charge on the road"
      value={
        lowest === undefined ? (
          '–'
        ) : (
          <LiveValue atMs={lowest.atMs} zone={zoneOf(lowest.vehicle.depotId)}>
            {Math.round(lowest.socPercent)} <small>%</small>
          </LiveValue>
        )
      }
      note={
        lowest === undefined
          ? census.total > census.fleet.stale
            ? 'no vehicle is driving'
            : silentNote(props)
          : `${lowest.vehicle.registration} · ${lowest.vehicle.model}`
      }
      isPressed={lowest !== undefined && lowest.vehicle.id === selectedId}
      onPress={() => lowest !== undefined && onVehicle(lowest.vehicle.id)}
      tip="Open this vehicle"
    />
  );
}
