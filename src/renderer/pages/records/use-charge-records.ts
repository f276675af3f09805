/**
 * The records that fit the filter, newest first: a page at a time, and asked again whenever one arrives. While a new filter is
 * asked for, what was read for the one before stays on the screen.
 *
 * A record never changes and never leaves, so what was read stays: pages are joined by key, and a record that pushes another
 * off the first page loses nothing.
 */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { ChargeRecordPage } from '../../../shared/ipc/marketplace/record-contract.ts';
import { ops } from '../../link/ops-client.ts';
import { useFeed } from '../../link/use-feed.ts';
import { readFailure, useAnswer } from '../use-answer.ts';

const PAGE_ROWS = 500;
const EXPORT_ROWS = 5000;

export type RecordFilter = Omit<QueryInput<'marketplace/charge-records'>, 'limit' | 'before'>;

type Held = {
  readonly filter: RecordFilter;
  readonly rows: ReadonlyMap<string, ChargeRecordRow>;
  readonly counts: ChargeRecordPage['counts'];
  /** The oldest that was read, and whether there are older ones. */
  readonly tail: ChargeRecordRow | undefined;
  readonly more: boolean;
};

export type ChargeRecords = {
  /** Undefined until the first answer. */
  readonly rows: readonly ChargeRecordRow[] | undefined;
  readonly counts: ChargeRecordPage['counts'] | undefined;
  readonly more: boolean;
  readonly failure: string | undefined;
  readonly readOlder: () => void;
};

/** @param filter the same object until it changes */
export function useChargeRecords(filter: RecordFilter): ChargeRecords {
  const input = useMemo(() => ({ ...filter, limit: PAGE_ROWS }), [filter]);
  const { answer, asked, failure } = useAnswer('marketplace/charge-records', input, useArrivals());
  const [held, setHeld] = useState<Held>();
  const [olderFailure, setOlderFailure] = useState<string>();
  // An answer to the filter before may come in while this one is being asked for: its rows are none of this one's.
  useEffect(() => {
    if (answer !== undefined && asked === input) setHeld((before) => joinNewest(before, filter, answer));
  }, [answer, asked, input, filter]);

  const readOlder = useCallback(() => {
    if (held?.tail === undefined) return;
    const before = { endMs: held.tail.endMs, key: held.tail.key };
    setOlderFailure(undefined);
    ops.query('marketplace/charge-records', { ...held.filter, limit: PAGE_ROWS, before }).then(
      (page) => setHeld((now) => (now?.filter === held.filter ? joinOlder(now, page) : now)),
      (cause: unknown) => setOlderFailure(readFailure(cause)),
    );
  }, [held]);

  const rows = useMemo(() => (held === undefined ? undefined : [...held.rows.values()]), [held]);
  return { rows, counts: held?.counts, more: held?.more ?? false, failure: failure ?? olderFailure, readOlder };
}

function joinNewest(held: Held | undefined, filter: RecordFilter, page: ChargeRecordPage): Held {
  const { counts } = page;
  if (held?.filter !== filter)
    return { filter, rows: keyed(page.rows), counts, tail: page.rows.at(-1), more: page.more };
  return { ...held, counts, rows: new Map([...held.rows, ...keyed(page.rows)]) };
}

function joinOlder(held: Held, page: ChargeRecordPage): Held {
  const rows = new Map([...held.rows, ...keyed(page.rows)]);
  return { ...held, rows, tail: page.rows.at(-1) ?? held.tail, more: page.more };
}

function keyed(rows: readonly ChargeRecordRow[]): ReadonlyMap<string, ChargeRecordRow> {
  return new Map(rows.map((row) => [row.key, row]));
}

/** Another number whenever a record came: there is something new to read. */
function useArrivals(): number {
  const { records } = useFeed('marketplace/recent-records');
  let newest = records.size;
  for (const { receivedAtMs } of records.values()) newest = Math.max(newest, receivedAtMs);
  return newest + records.size;
}

/** All that fit the filter, for a file: each page begins where the one before ended. */
export async function readAllRecords(
  filter: RecordFilter,
  after?: ChargeRecordRow,
): Promise<readonly ChargeRecordRow[]> {
  const before = after === undefined ? {} : { before: { endMs: after.endMs, key: after.key } };
  const page = await ops.query('marketplace/charge-records', { ...filter, limit: EXPORT_ROWS, ...before });
  const last = page.rows.at(-1);
  return page.more && last !== undefined ? [...page.rows, ...(await readAllRecords(filter, last))] : page.rows;
}
