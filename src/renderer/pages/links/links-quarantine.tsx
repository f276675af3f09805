/** What the marketplace sent that the console would not take: kept raw, with the reason, shown as text and never run. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { QuarantinedItem } from '../../../shared/ipc/link-contract.ts';
import { ops } from '../../link/ops-client.ts';
import { formatAgo, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { QuarantinedText } from './links-quarantined-text.tsx';
import { parseLinksSearch } from './links-search.ts';

const PAGE_ROWS = 50;

type Read = { readonly total: number; readonly items: readonly QuarantinedItem[] };

/** @param count how many the link says there are: when it moves, the newest are read again */
export function Quarantine({ count }: { readonly count: number | undefined }) {
  const [read, setRead] = useState<Read | undefined>();
  const [failure, setFailure] = useState<string | undefined>();
  const { item: chosenId } = parseLinksSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const choose = (item: number | undefined) => void navigate({ to: '/links', search: { item }, replace: true });

  const load = async (beforeId: number | undefined, isCurrent: () => boolean) => {
    try {
      const page = await ops.query('link/quarantine', {
        limit: PAGE_ROWS,
        ...(beforeId !== undefined && { beforeId }),
      });
      if (!isCurrent()) return;
      setFailure(undefined);
      setRead((before) => ({
        total: page.total,
        items: beforeId === undefined ? page.items : [...(before?.items ?? []), ...page.items],
      }));
    } catch (cause) {
      if (isCurrent()) setFailure(cause instanceof Error ? cause.message : String(cause));
    }
  };
  useEffect(() => {
    let isCurrent = true;
    void load(undefined, () => isCurrent);
    return () => {
      isCurrent = false;
    };
  }, [count]);

  const items = read?.items ?? [];
  const chosen = items.find((item) => item.id === chosenId);
  const last = items.at(-1);
  return (
    <section id="links-quarantine" className="card links-quarantine" tabIndex={-1} aria-label="Quarantine">
      <header>
        <h2>Quarantine</h2>
        <small>{read === undefined ? '…' : read.total.toLocaleString('en-GB')} kept, newest first</small>
      </header>
      {failure !== undefined && <p className="empty">{failure}</p>}
      {failure === undefined && items.length === 0 && (
        <p className="empty">
          <b>{read === undefined ? 'Reading the quarantine' : 'Nothing in quarantine'}</b>
          {read !== undefined &&
            'Every message so far was well formed. One that is not is kept here raw, with the reason, and changes nothing.'}
        </p>
      )}
      {items.length > 0 && (
        <div className="quarantine-body">
          <div className="scroller" tabIndex={0} role="region" aria-label="List of quarantined messages">
            <QuarantineTable items={items} chosenId={chosen?.id} onChoose={choose} />
            {read !== undefined && last !== undefined && items.length < read.total && (
              <button type="button" className="btn more" onClick={() => void load(last.id, () => true)}>
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
