/** The row of figures over the page: only what is known now, each with what it leaves out, each a filter when pressed. */
import type { ReactNode } from 'react';
import type { FleetCensus } from './filter/fleet-census.ts';
import type { Heading } from './filter/fleet-filter.ts';
import { LiveValue, wholeAge } from './live-value.tsx';
import { useNow } from '../instruments/clock/profile-clock.ts';
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

function grouped(count: number): string {
  return count.toLocaleString('en-GB');
}

const SILENT = 'not known: no vehicle reports';

type FleetTilesProps = {
  readonly census: FleetCensus;
  readonly headings: readonly Heading[];
  /** Narrows to these headings; an empty list widens again. */
  readonly onHeadings: (headings: readonly Heading[]) => void;
  readonly selectedId: string | undefined;
  readonly onVehicle: (vehicleId: string) => void;
  readonly zoneOf: (depotId: string) => string;
  /** The tile about sessions, which the fleet knows nothing of. */
  readonly sessions: ReactNode;
};

export function FleetTiles(props: FleetTilesProps) {
  const { census } = props;
  const reporting = census.total - census.fleet.stale;
  const isSilent = reporting === 0;
  // Nobody reporting is not nobody driving.
  const known = (count: number) => (isSilent ? '–' : grouped(count));
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
        value={known(census.fleet.driving)}
        note={isSilent ? SILENT : `of ${reporting} reporting · ${census.fleet.idle} idle`}
        isPressed={only('driving')}
        onPress={() => pick('driving')}
        tip="Show the vehicles that are driving"
      />
      <Tile
        title="Charging now"
        value={known(census.fleet.charging)}
        note={isSilent ? SILENT : `${census.fleet.plugged} more plugged in, not charging`}
        isPressed={only('charging')}
        onPress={() => pick('charging')}
        tip="Show the vehicles that are charging"
      />
      {props.sessions}
      <LowestTile {...props} />
    </div>
  );
}

function StaleNote({ census }: { readonly census: FleetCensus }) {
  const now = useNow();
  const parts: string[] = [];
  if (census.fleet.stale - census.neverReported > 0)
    parts.push(
      `${census.fleet.stale - census.neverReported} stale, oldest ${wholeAge(now - (census.oldestStaleAtMs ?? now))}`,
    );
  if (census.neverReported > 0) parts.push(`${census.neverReported} never reported`);
  if (parts.length === 0) return census.total === 0 ? 'no vehicle known yet' : 'all of them fresh';
  return <span className="stale-note">{parts.join(' · ')}</span>;
}

function LowestTile({ census, selectedId, onVehicle, zoneOf }: FleetTilesProps) {
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
            : SILENT
          : `${lowest.vehicle.registration} · ${lowest.vehicle.model}`
      }
      isPressed={lowest !== undefined && lowest.vehicle.id === selectedId}
      onPress={() => lowest !== undefined && onVehicle(lowest.vehicle.id)}
      tip="Open this vehicle"
    />
  );
}
