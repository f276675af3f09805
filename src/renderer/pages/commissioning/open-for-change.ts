/** A saved line on the bench: from its row, or by a link that names it. */
import { useEffect, useRef } from 'react';
import { toast } from 'sonner';
import type { SavedLine } from '../../../shared/ipc/metering/commissioning-contract.ts';
import { draftOf, isUntouched } from '../../metering/commissioning/draft/line-draft.ts';
import type { PatchSearch } from './commissioning-search.ts';
import { readSaved } from './existing-lines.tsx';
import type { useBench } from './use-bench.ts';

/** What was on the bench gives way, and can be had back. */
export function openForChange(line: SavedLine, { draft, onDraft }: ReturnType<typeof useBench>): void {
  onDraft(() => draftOf(line));
  if (isUntouched(draft)) return;
  toast(`${line.name} is open for change`, {
    description: 'What stood on the bench before was put aside.',
    duration: 20_000,
    action: { label: 'Undo', onClick: () => onDraft(() => draft) },
  });
}

/** A link that names a line opens it for change, once: what is typed afterwards stands. */
export function useOpenLine(lineId: string | undefined, work: ReturnType<typeof useBench>, patch: PatchSearch): void {
  const latest = useRef(work);
  latest.current = work;
  useEffect(() => {
    if (lineId === undefined) return;
    const open = async () => {
      const line = await readSaved(lineId);
      if (line !== undefined) openForChange(line, latest.current);
      patch({ line: undefined, ...(line !== undefined && { panel: 'place' as const }) }, { replace: true });
    };
    void open();
  }, [lineId, patch]);
}
