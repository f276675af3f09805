import { useMemo } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { Tile } from '../../fleet/fleet-tiles.tsx';
import { useFeed } from '../../link/use-feed.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { AsOfLink } from '../as-of-link.tsx';
import { countRunning } from '../charge-point/depot-bays.ts';

type SessionsTileProps = {
  readonly depots: ReadonlyMap<string, Depot>;
  readonly isPressed: boolean;
  readonly onPress: () => void;
};

/** Sessions as the marketplace tells them, not as the vehicles do: where the two differ, somebody should look. */
export function SessionsTile({ depots, isPressed, onPress }: SessionsTileProps) {
  const sessions = useFeed('marketplace/sessions');
  const evses = useFeed('marketplace/evses');
  const running = useMemo(
    () => countRunning(sessions.records.values(), evses.records, depots.values()),
    [sessions, evses, depots],
  );
  return (
    <Tile
      title="Sessions running"
      value={<AsOfLink says="age">{grouped(running.own + running.elsewhere)}</AsOfLink>}
      note={`${grouped(running.own)} in own depots · ${grouped(running.elsewhere)} public`}
      isPressed={isPressed}
      onPress={onPress}
      tip="By the marketplace’s account. Show the vehicles that are plugged in or charging"
    />
  );
}
