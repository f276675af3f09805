/** The intervals of the open meter: asked for by the period in the link, and how a file of them comes in. */
import { useMemo, useState } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { nowMs, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { ImportDialog } from '../../metering/intervals/import-dialog.tsx';
import { localPeriod } from '../../metering/intervals/local-period.ts';
import { MeterIntervals } from '../../metering/intervals/meter-intervals.tsx';
import { useAnswer } from '../use-answer.ts';
import type { MetersSearch, PatchMetersSearch } from './meters-search.ts';

type OpenIntervalsProps = {
  readonly meter: MeterRecord;
  readonly zone: string;
  readonly search: MetersSearch;
  readonly patch: PatchMetersSearch;
};

const REFRESH_MS = 5000;

export function OpenIntervals({ meter, zone, search, patch }: OpenIntervalsProps) {
  const [isImporting, setIsImporting] = useState(false);
  const tick = useWallNow(REFRESH_MS);
  const kind = search.per ?? 'day';
  const period = localPeriod(zone, kind, search.date, nowMs());
  const { fromMs, toMs } = period;
  const input = useMemo(
    () => ({ meterId: meter.id, fromMs, toMs, per: kind === 'day' ? ('quarter' as const) : ('day' as const) }),
    [meter.id, fromMs, toMs, kind],
  );
  // The past does not change by itself; the period of now gains a quarter hour now and then.
  const read = useAnswer('metering/intervals', input, period.isNow ? tick : undefined);
  const isSame = (read.answer?.per === 'quarter') === (kind === 'day');
  const toDate = (date: string | undefined) => patch({ date }, { replace: true });
  const toKind = (per: 'day' | 'month') => patch({ per: per === 'day' ? undefined : per }, { replace: true });
  const isTable = search.table === true;
  useShortcuts('Intervals', [
    { keys: '[', does: 'Period before', run: () => toDate(period.before) },
    { keys: ']', does: 'Period after', run: () => period.after !== undefined && toDate(period.after) },
    { keys: 't', does: 'Back to now', run: () => toDate(undefined) },
    { keys: 'p', does: 'Day or month', run: () => toKind(kind === 'day' ? 'month' : 'day') },
    { keys: 'v', does: 'Bars or table', run: () => patch({ table: isTable ? undefined : true }, { replace: true }) },
    { keys: 'i', does: 'Import energies from a file', run: () => setIsImporting(true) },
  ]);
  return (
    <>
      <MeterIntervals
        meterName={meter.name}
        zone={zone}
        period={period}
        answer={isSame ? read.answer : undefined}
        failure={read.failure}
        view={isTable ? 'table' : 'bars'}
        onKind={toKind}
        onDate={toDate}
        onView={(view) => patch({ table: view === 'table' ? true : undefined }, { replace: true })}
        onImport={() => setIsImporting(true)}
      />
      {isImporting && (
        <ImportDialog meter={meter} zone={zone} onClose={() => setIsImporting(false)} onImported={read.askAgain} />
      )}
    </>
  );
}
