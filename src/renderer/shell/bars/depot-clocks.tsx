/** One clock for each zone the depots are in, the page's own depot first; hover tells UTC and whose clock it is. */
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useState } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { useFeed } from '../../link/use-feed.ts';
import { useLiveSearch } from '../../pages/live-search.ts';
import { nowMs, onTick } from '../../instruments/clock/profile-clock.ts';
import { computerZone, formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';

/** More would push the search away; the others are on the depots' own cards. */
const MOST_CLOCKS = 3;
/** Twice a second, so that a second is never shown for two. */
const TICK_MS = 500;

type Zone = { readonly zone: string; readonly depotNames: readonly string[] };

export function DepotClocks() {
  const { records } = useFeed('fleet/depots');
  const [{ depot: chosenId }] = useLiveSearch();
  const zones = zonesOf([...records.values()], chosenId);
  return (
    <div className="depot-clocks">
      {zones.slice(0, MOST_CLOCKS).map((zone, place) => (
        <ZoneClock key={zone.zone} zone={zone} withDay={place === 0} />
      ))}
    </div>
  );
}

export function zonesOf(depots: readonly Depot[], chosenId: string | undefined): readonly Zone[] {
  const chosenFirst = [...depots].sort((a, b) => Number(b.id === chosenId) - Number(a.id === chosenId));
  const names = new Map<string, string[]>();
  for (const depot of chosenFirst) {
    const known = names.get(depot.timeZone);
    if (known === undefined) names.set(depot.timeZone, [depot.name]);
    else known.push(depot.name);
  }
  if (names.size === 0) return [{ zone: computerZone(), depotNames: [] }];
  return [...names].map(([zone, depotNames]) => ({ zone, depotNames }));
}

function ZoneClock({ zone, withDay }: { readonly zone: Zone; readonly withDay: boolean }) {
  const [second, setSecond] = useState(() => Math.floor(nowMs() / 1000));
  useEffect(() => onTick(TICK_MS, () => setSecond(Math.floor(nowMs() / 1000))), []);
  const at = second * 1000;
  const whose = zone.depotNames.length === 0 ? 'this computer' : zone.depotNames.join(', ');
  const tip = (
    <>
      <div>
        {formatInZone(at, zone.zone, 'full')} · {whose} ({zone.zone})
      </div>
      <div>{formatInZone(at, 'UTC', 'full')} UTC</div>
    </>
  );
  return (
    <Tooltip title={tip}>
      <span className="zone-clock" tabIndex={0} role="timer" aria-label={`Time of ${whose}`}>
        {withDay && <span className="zone-day">{formatInZone(at, zone.zone, 'day')}</span>}
        <span>{formatInZone(at, zone.zone, 'time')}</span>
        <span className="muted">{zoneName(zone.zone, at)}</span>
      </span>
    </Tooltip>
  );
}
