/** The bottom line: every link and the store with word, shape and age; what an abnormal one still lets you do. */
import { useFeed, useOnlyRecord } from '../../link/use-feed.ts';
import { PAGES } from '../page-list.ts';
import { useSequencePending } from '../../instruments/keyboard/shortcuts.ts';
import { CreditStatus } from './credit-status.tsx';
import { FaultsStatus } from '../demo/faults-status.tsx';
import { LinesStatus, useLinesSummary } from './lines-status.tsx';
import { MarketplaceStatus, MarketplaceStillWorks } from './marketplace-status.tsx';
import { StoreStatus } from './store-status.tsx';

export function StatusBar({ onKeys }: { readonly onKeys: () => void }) {
  const backendGone = useFeed('console/facts').phase === 'broken';
  return (
    <footer className="status-bar" aria-label="Links and store">
      {backendGone ? <BackendGone /> : <LiveStatus />}
      <KeyHints onKeys={onKeys} />
    </footer>
  );
}

function LiveStatus() {
  const facts = useOnlyRecord('console/facts');
  const status = useOnlyRecord('link/status');
  const lines = useLinesSummary();
  return (
    <>
      <MarketplaceStatus status={status} />
      <LinesStatus summary={lines} />
      <CreditStatus />
      <StoreStatus store={facts?.store} />
      <FaultsStatus faults={facts?.demo?.faults ?? []} />
      <MarketplaceStillWorks status={status} />
      {lines?.stillWorks !== undefined && (
        <span className="still-works" role="status" title={lines.stillWorks}>
          {lines.stillWorks}
        </span>
      )}
    </>
  );
}

function BackendGone() {
  return (
    <span className="status-link" role="status">
      <span className="mark" data-priority="2" aria-hidden="true">
        !
      </span>
      Console <b>restarting its backend</b>
      <span className="still-works">
        What you see is from before; nothing stored is lost. A start or stop is not taken until it is back.
      </span>
    </span>
  );
}

function KeyHints({ onKeys }: { readonly onKeys: () => void }) {
  const pending = useSequencePending();
  return (
    <span className="key-hints">
      {pending ? (
        <span role="status">
          Go to
          {PAGES.map((page) => (
            <span key={page.to}>
              <kbd>{page.letter}</kbd> {page.name}
            </span>
          ))}
        </span>
      ) : (
        <>
          <button type="button" onClick={onKeys}>
            <kbd>?</kbd> keys
          </button>
          <span>
            <kbd>G</kbd> go to
          </span>
        </>
      )}
    </span>
  );
}
