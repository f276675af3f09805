/** Where a stream is read on after a greeting. */
import type { Store } from '../../database/sqlite.ts';
import { readPlace, startAtZero } from '../link-stream-table.ts';
import type { StreamDefinition } from '../stream-definition.ts';

/**
 * A log that is another one, or shorter than what was read of it, is read again from the start.
 * @returns the offset up to which the stream is committed
 */
export function alignWithLog(
  parts: { readonly store: Store; readonly note: (text: string) => void },
  definition: StreamDefinition,
  logId: string,
  head: number,
): number {
  const place = readPlace(parts.store, definition.name);
  if (place?.logId === logId && place.committed <= head) return place.committed;
  parts.store.write((tx) => {
    if (place !== undefined) {
      definition.beginPage?.(tx);
      definition.restart?.(tx);
      definition.endPage?.(tx);
    }
    startAtZero(tx, definition.name, logId);
  });
  if (place !== undefined)
    parts.note(
      place.logId === logId
        ? `The stream “${definition.name}” is shorter than what was read of it; it is read again from the start.`
        : `The marketplace has a new log; the stream “${definition.name}” is read again from the start.`,
    );
  return 0;
}
