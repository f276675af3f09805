/** The open meter: as it is now, its energies by time, or its registers as they were read; which of them is in the link. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { computerZone } from '../../instruments/clock/zone-time.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import { BeginSeries } from '../../metering/commissioning/begin-series.tsx';
import { MeterDetail } from '../../metering/meter/meter-detail.tsx';
import { MeterEvents } from '../../metering/meter/meter-events.tsx';
import type { Metering } from '../../metering/use-metering.ts';
import { useAnswer } from '../use-answer.ts';
import { METER_VIEWS, type MetersSearch, type MeterView, type PatchMetersSearch } from './meters-search.ts';
import { OpenIntervals } from './open-intervals.tsx';
import { OpenRegisters } from './open-registers.tsx';

type OpenMeterProps = {
  readonly meterId: string;
  readonly metering: Metering;
  readonly search: MetersSearch;
  readonly patch: PatchMetersSearch;
  readonly onClose: () => void;
};

const VIEW_WORDS: Readonly<Record<MeterView, string>> = {
  live: 'Live',
  intervals: 'Intervals',
  registers: 'Registers',
};

export function OpenMeter({ meterId, metering, search, patch, onClose }: OpenMeterProps) {
  const navigate = useNavigate();
  const depots = useFeed('fleet/depots').records;
  const meter = metering.meters.get(meterId);
  const view = search.view ?? 'live';
  const choose = (next: MeterView) =>
    patch({ view: next === 'live' ? undefined : next, before: undefined }, { replace: true });
  useShortcuts(
    'Open meter',
    METER_VIEWS.map((each, place) => ({
      keys: String(place + 1),
      does: `Show ${VIEW_WORDS[each].toLowerCase()}`,
      run: () => choose(each),
    })),
  );
  if (meter === undefined) return <UnknownMeter onClose={onClose} />;
  const depot = depots.get(meter.depotId);
  const zone = depot?.timeZone ?? 'UTC';
  const hours = search.hours ?? 1;
  return (
    <MeterDetail
      meter={meter}
      line={metering.lines.get(meter.lineId)}
      depot={depot}
      hours={hours}
      onHours={(next) => patch({ hours: next === 1 ? undefined : next }, { replace: true })}
      onLine={() => void navigate({ to: '/links', search: { line: meter.lineId } } as never)}
      onTrace={() => void navigate({ to: '/commissioning', search: { trace: meter.lineId } } as never)}
      onClose={onClose}
      events={
        <>
          <BeginSeries key={meter.id} meter={meter} />
          <EventsOf meter={meter} />
        </>
      }
      tabs={<ViewTabs view={view} onView={choose} />}
      other={
        view === 'intervals' ? (
          <OpenIntervals meter={meter} zone={zone} search={search} patch={patch} />
        ) : view === 'registers' ? (
          <OpenRegisters meter={meter} zone={zone} search={search} patch={patch} />
        ) : undefined
      }
    />
  );
}

function ViewTabs({ view, onView }: { readonly view: MeterView; readonly onView: (view: MeterView) => void }) {
  return (
    <span className="tabs" role="group" aria-label="View of the meter">
      {METER_VIEWS.map((each, place) => (
        <button key={each} type="button" aria-pressed={each === view} onClick={() => onView(each)}>
          {VIEW_WORDS[each]} <kbd>{place + 1}</kbd>
        </button>
      ))}
    </span>
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
