/** What the marketplace sent that the console would not take: kept raw, with the reason, shown as text and never run. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { LinkStatus, QuarantinedItem } from '../../../shared/ipc/link-contract.ts';
import { ops } from '../../link/ops-client.ts';
import { toastRefusal } from '../../link/send-command.ts';
import { formatAgo, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { readFailure, useAnswer } from '../use-answer.ts';
import { QuarantinedText } from './links-quarantined-text.tsx';
import { parseLinksSearch } from './links-search.ts';
import { isNeverConnected } from './links-words.ts';

const NEWEST = { limit: 50 };

/** @param status its count of the quarantined: when it moves, the newest are read again */
export function Quarantine({ status }: { readonly status: LinkStatus | undefined }) {
  const { answer, failure } = useAnswer('link/quarantine', NEWEST, status?.quarantined);
  const [older, setOlder] = useState<readonly QuarantinedItem[]>([]);
  const { item: chosenId } = parseLinksSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const choose = (item: number | undefined) => void navigate({ to: '/links', search: { item }, replace: true });

  const items = useMemo(() => withOlder(answer?.items ?? [], older), [answer, older]);
  const readOlder = (beforeId: number) =>
    ops.query('link/quarantine', { ...NEWEST, beforeId }).then(
      (page) => setOlder((before) => [...before, ...page.items]),
      (cause: unknown) => toastRefusal('Older ones could not be read', readFailure(cause), { beforeId }),
    );
  const chosen = items.find((item) => item.id === chosenId);
  const last = items.at(-1);
  return (
    <section id="links-quarantine" className="card links-quarantine" tabIndex={-1} aria-label="Quarantine">
      <header>
        <h2>Quarantine</h2>
        <small>
          {answer === undefined ? '…' : answer.total.toLocaleString('en-GB')} kept, newest first · real time
        </small>
      </header>
      {failure !== undefined && (
        <p className="empty" role="status">
          {failure}
        </p>
      )}
      {failure === undefined && items.length === 0 && (
        <p className="empty">
          <b>{answer === undefined ? 'Reading the quarantine' : 'Nothing in quarantine'}</b>
          {answer !== undefined && emptyWords(status)}
        </p>
      )}
      {items.length > 0 && (
        <div className="quarantine-body">
          <div className="scroller" tabIndex={0} role="region" aria-label="List of quarantined messages">
            <QuarantineTable items={items} chosenId={chosen?.id} onChoose={choose} />
            {answer !== undefined && last !== undefined && items.length < answer.total && (
              <button type="button" className="btn more" onClick={() => void readOlder(last.id)}>
                Older ones
              </button>
            )}
          </div>
          {chosen !== undefined && <QuarantinedText item={chosen} onClose={() => choose(undefined)} />}
        </div>
      )}
    </section>
  );
}

/** The newest are read again while older pages stay: what is in both is shown once. */
function withOlder(newest: readonly QuarantinedItem[], older: readonly QuarantinedItem[]): readonly QuarantinedItem[] {
  const lowest = newest.at(-1)?.id ?? 0;
  return [...newest, ...older.filter(({ id }) => id < lowest)];
}

function emptyWords(status: LinkStatus | undefined): string {
  const rule = 'A message that is not well formed is kept here raw, with the reason, and changes nothing.';
  return isNeverConnected(status)
    ? `Not connected yet: no message has come. ${rule}`
    : `Every message so far was well formed. ${rule}`;
}

type TableProps = {
  readonly items: readonly QuarantinedItem[];
  readonly chosenId: number | undefined;
  readonly onChoose: (id: number) => void;
};

function QuarantineTable({ items, chosenId, onChoose }: TableProps) {
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">Reason</th>
          <th scope="col">Stream</th>
          <th scope="col">Kind</th>
          <th scope="col" className="number">
            Size (B)
          </th>
          <th scope="col" className="number">
            Received
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id} aria-selected={item.id === chosenId} onClick={() => onChoose(item.id)}>
            <td className="reason">
              <button type="button" className="row-button" onClick={() => onChoose(item.id)}>
                {item.reason}
              </button>
            </td>
            <td>{item.stream}</td>
            <td>{item.kind}</td>
            <td className="number">{item.rawBytes.toLocaleString('en-GB').replaceAll(',', '\u202f')}</td>
            <td className="number age-cell">
              <Ago atMs={item.receivedAtMs} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  return formatAgo(useWallNow(1000) - atMs);
}
