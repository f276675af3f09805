/** The register history of the open meter, a page at a time; which page is in the link. */
import { useMemo } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { RegisterHistory } from '../../metering/registers/register-history.tsx';
import { useAnswer } from '../use-answer.ts';
import type { MetersSearch, PatchMetersSearch } from './meters-search.ts';

type OpenRegistersProps = {
  readonly meter: MeterRecord;
  readonly zone: string;
  readonly search: MetersSearch;
  readonly patch: PatchMetersSearch;
};

const ROWS = 100;
const REFRESH_MS = 5000;

export function OpenRegisters({ meter, zone, search, patch }: OpenRegistersProps) {
  const { before } = search;
  const tick = useWallNow(REFRESH_MS);
  const input = useMemo(
    () => ({ meterId: meter.id, limit: ROWS, ...(before === undefined ? {} : { beforeMs: before }) }),
    [meter.id, before],
  );
  const { answer, failure } = useAnswer('metering/registers', input, before === undefined ? tick : undefined);
  const oldest = answer?.rows.at(-1)?.atMs;
  const toBefore = (beforeMs: number | undefined) => patch({ before: beforeMs });
  useShortcuts('Registers', [
    { keys: '[', does: 'Older readings', run: () => answer?.more === true && oldest !== undefined && toBefore(oldest) },
    { keys: ']', does: 'Back to the newest', run: () => toBefore(undefined) },
  ]);
  return <RegisterHistory zone={zone} answer={answer} failure={failure} beforeMs={before} onBefore={toBefore} />;
}
