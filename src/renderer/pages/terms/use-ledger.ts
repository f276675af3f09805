/** The books of one account, newest first, a page at a time. A line never changes, so what was read stays. */
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { LedgerLine } from '../../../shared/domain/account/account.ts';
import { ops } from '../../link/ops-client.ts';
import { readFailure, useAnswer } from '../use-answer.ts';

const PAGE_LINES = 100;

type Held = { readonly lines: readonly LedgerLine[]; readonly more: boolean };

export type Ledger = {
  readonly lines: readonly LedgerLine[] | undefined;
  readonly more: boolean;
  readonly failure: string | undefined;
  readonly readOlder: () => void;
};

/** Of one account for as long as it is mounted. */
export function useLedger(accountId: string, moment: number): Ledger {
  const input = useMemo(() => ({ accountId, limit: PAGE_LINES }), [accountId]);
  const { answer, failure } = useAnswer('account/ledger', input, moment);
  const [held, setHeld] = useState<Held>();
  const [olderFailure, setOlderFailure] = useState<string>();
  useEffect(() => {
    if (answer !== undefined) setHeld((before) => joinNewest(before, answer));
  }, [answer]);
  const last = held?.lines.at(-1)?.entryId;
  const readOlder = useCallback(() => {
    if (last === undefined) return;
    setOlderFailure(undefined);
    ops.query('account/ledger', { accountId, limit: PAGE_LINES, beforeEntryId: last }).then(
      ({ lines, more }) => setHeld((before) => ({ lines: [...(before?.lines ?? []), ...lines], more })),
      (cause: unknown) => setOlderFailure(readFailure(cause)),
    );
  }, [accountId, last]);
  return { lines: held?.lines, more: held?.more ?? false, failure: failure ?? olderFailure, readOlder };
}

/** What is new goes before what is held. More new lines than a page holds begin the list anew, or there would be a gap in it. */
function joinNewest(held: Held | undefined, page: Held): Held {
  const newest = held?.lines[0]?.entryId;
  const meets = page.lines.some(({ entryId }) => entryId === newest);
  if (held === undefined || newest === undefined || !meets) return page;
  return { ...held, lines: [...page.lines.filter(({ entryId }) => entryId > newest), ...held.lines] };
}
