/** One quarantined message as it arrived, as text. */
import { useState } from 'react';
import type { QuarantinedItem } from '../../../shared/ipc/link-contract.ts';
import { copyText } from '../../instruments/clipboard/copy-text.ts';

export function QuarantinedText({ item, onClose }: { readonly item: QuarantinedItem; readonly onClose: () => void }) {
  const [copiedId, setCopiedId] = useState<number | undefined>();
  const isCut = item.raw.length < item.rawBytes && item.raw.length >= 20_000;
  return (
    <aside className="quarantined" aria-label="The message as it arrived">
      <header>
        <span>
          {item.kind} in {item.stream}
          {item.offset !== undefined && `, offset ${item.offset}`}
        </span>
        <button
          type="button"
          className="btn"
          onClick={() => void copyText(item.raw).then((copied) => setCopiedId(copied ? item.id : undefined))}
        >
          {copiedId === item.id ? 'Copied' : 'Copy'}
        </button>
        <button type="button" className="btn quiet" onClick={onClose}>
          Close
        </button>
      </header>
      <p className="muted">{item.reason}</p>
      <pre tabIndex={0}>{item.raw}</pre>
      {isCut && <p className="muted">Cut: {item.rawBytes.toLocaleString('en-GB')} bytes arrived.</p>}
    </aside>
  );
}
