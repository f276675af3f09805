/** The Meters page: every meter in one list, and below it the open one, or else the lines they hang on. */
import './meters-page.css';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, type CSSProperties } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering-contract.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { computerZone } from '../../instruments/clock/zone-time.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import type { MeterPlaces } from '../../metering/meter/meter-columns.ts';
import { MeterDetail } from '../../metering/meter/meter-detail.tsx';
import { MeterEvents } from '../../metering/meter/meter-events.tsx';
import { MeterGrid } from '../../metering/meter/meter-grid.tsx';
import { useMetering, type Metering } from '../../metering/use-metering.ts';
import { useSettledCursor } from '../live/use-settled-cursor.ts';
import { useAnswer } from '../use-answer.ts';
import { MeterLines } from './meter-lines.tsx';
import { useMetersSearch } from './meters-search.ts';
import { NoMeters } from './no-meters.tsx';

export function MetersPage() {
  const [search, patch] = useMetersSearch();
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
  const close = () => {
    patch({ meter: undefined });
    grid.current?.focus();
  };
  useShortcuts('Meters', [
    { keys: 'j', does: 'Next meter; Enter opens it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous meter', run: () => grid.current?.move(-1) },
    { keys: 'r', does: 'Sort the list by the values of now', run: () => grid.current?.renewOrder() },
    {
      keys: 'Escape',
      does: 'One level back: close the meter',
      run: () => search.meter !== undefined && close(),
    },
  ]);

  if (metering.meters.size === 0 && metering.phase !== 'ready') return <div className="meters-page" aria-busy="true" />;
  if (metering.meters.size === 0 && metering.lines.size === 0) return <NoMeters />;
  return (
    <div className="meters-page" style={{ '--rows': metering.meters.size } as CSSProperties}>
      <MeterGrid
        meters={metering.meters}
        places={places}
        selectedId={search.meter}
        onCursor={onCursor}
        onOpen={(meter) => open(meter.id)}
        sort={search.sort}
        onSort={(sort) => patch({ sort })}
        handle={grid}
      />
      {search.meter === undefined ? (
        <MeterLines metering={metering} onMeter={open} />
      ) : (
        <OpenMeter
          meterId={search.meter}
          metering={metering}
          hours={search.hours ?? 1}
          onHours={(hours) => patch({ hours: hours === 1 ? undefined : hours }, { replace: true })}
          onClose={close}
        />
      )}
    </div>
  );
}

type OpenMeterProps = {
  readonly meterId: string;
  readonly metering: Metering;
  readonly hours: 1 | 6 | 24;
  readonly onHours: (hours: 1 | 6 | 24) => void;
  readonly onClose: () => void;
};

function OpenMeter({ meterId, metering, hours, onHours, onClose }: OpenMeterProps) {
  const navigate = useNavigate();
  const depots = useFeed('fleet/depots').records;
  const meter = metering.meters.get(meterId);
  if (meter === undefined) return <UnknownMeter onClose={onClose} />;
  const depot = depots.get(meter.depotId);
  return (
    <MeterDetail
      meter={meter}
      line={metering.lines.get(meter.lineId)}
      depot={depot}
      hours={hours}
      onHours={onHours}
      onLine={() => void navigate({ to: '/links', search: { line: meter.lineId } } as never)}
      onClose={onClose}
      events={<EventsOf meter={meter} />}
    />
  );
}

const MOST_EVENTS = 100;
const EVENTS_EVERY_MS = 5000;

/** Asked again every few seconds: an event is written a moment after what it tells of. */
function EventsOf({ meter }: { readonly meter: MeterRecord }) {
  const input = useMemo(() => ({ meterId: meter.id, limit: MOST_EVENTS }), [meter.id]);
  const moment = useWallNow(EVENTS_EVERY_MS);
  const { answer, failure } = useAnswer('metering/events', input, moment);
  return <MeterEvents events={answer?.events} failure={failure} zone={computerZone()} />;
}

function UnknownMeter({ onClose }: { readonly onClose: () => void }) {
  return (
    <section className="card" aria-label="Meter">
      <div className="empty">
        <b>This meter is not set up here.</b>
        The link names a meter that this profile does not have, or has no more.{' '}
        <button type="button" className="btn" onClick={onClose}>
          Show the lines
        </button>
      </div>
    </section>
  );
}
