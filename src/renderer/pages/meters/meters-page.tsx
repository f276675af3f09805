/** The Meters page: every meter in one list, and below it the open one, or else the lines they hang on. */
import './meters-page.css';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, type CSSProperties } from 'react';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import type { MeterPlaces } from '../../metering/meter/meter-columns.ts';
import { MeterGrid } from '../../metering/meter/meter-grid.tsx';
import { useMetering } from '../../metering/use-metering.ts';
import { useSettledCursor } from '../live/use-settled-cursor.ts';
import { MeterLines } from './meter-lines.tsx';
import { useMetersSearch } from './meters-search.ts';
import { NoMeters } from './no-meters.tsx';
import { OpenMeter } from './open-meter.tsx';

export function MetersPage() {
  const [search, patch] = useMetersSearch();
  const navigate = useNavigate();
  const metering = useMetering();
  const depots = useFeed('fleet/depots').records;
  const grid = useRef<GridHandle>(null);
  const places = useMemo<MeterPlaces>(
    () => ({
      depotName: (depotId) => depots.get(depotId)?.name ?? depotId,
      lineOf: (meter) => metering.lines.get(meter.lineId),
    }),
    [depots, metering],
  );
  const open = (meterId: string, options?: { readonly replace?: boolean }) => patch({ meter: meterId }, options);
  const onCursor = useSettledCursor(search.meter, open);
  const addLine = () => void navigate({ to: '/commissioning', search: {} } as never);
  const close = () => {
    patch({ meter: undefined });
    grid.current?.focus();
  };
  useShortcuts('Meters', [
    { keys: 'j', does: 'Next meter; Enter opens it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous meter', run: () => grid.current?.move(-1) },
    { keys: 'r', does: 'Sort the list by the values of now', run: () => grid.current?.renewOrder() },
    { keys: 'a', does: 'Add a line of meters', run: addLine },
    {
      keys: 'Escape',
      does: 'One level back: close the meter',
      run: () => search.meter !== undefined && close(),
    },
  ]);

  if (metering.meters.size === 0 && metering.phase !== 'ready') return <div className="meters-page" aria-busy="true" />;
  if (metering.meters.size === 0 && metering.lines.size === 0) return <NoMeters />;
  return (
    <div
      className="meters-page"
      style={
        { '--rows': metering.meters.size, '--list-share': search.meter === undefined ? '58%' : '36%' } as CSSProperties
      }
    >
      <MeterGrid
        meters={metering.meters}
        places={places}
        selectedId={search.meter}
        onCursor={onCursor}
        onOpen={(meter) => open(meter.id)}
        sort={search.sort}
        onSort={(sort) => patch({ sort })}
        onAddLine={addLine}
        handle={grid}
      />
      {search.meter === undefined ? (
        <MeterLines metering={metering} onMeter={open} isBrief />
      ) : (
        <OpenMeter meterId={search.meter} metering={metering} search={search} patch={patch} onClose={close} />
      )}
    </div>
  );
}
