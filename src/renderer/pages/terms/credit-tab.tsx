/** The credit: a card for each account, and the books and holds of the chosen one. */
import { useMemo, useRef, type ReactNode } from 'react';
import { CreditCard } from '../../account/credit-card.tsx';
import { HoldList } from '../../account/hold-list.tsx';
import { LedgerList } from '../../account/ledger-list.tsx';
import type { AccountStanding } from '../../../shared/domain/account/account.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import { useAnswer } from '../use-answer.ts';
import { useVehicleName } from '../use-names.ts';
import type { PatchTermsSearch, TermsSearch } from './terms-search.ts';
import { useLedger } from './use-ledger.ts';

const AGAIN_MS = 5000;

type CreditTabProps = {
  readonly tabs: ReactNode;
  readonly zone: string;
  readonly search: TermsSearch;
  readonly patch: PatchTermsSearch;
};

export function CreditTab({ tabs, zone, search, patch }: CreditTabProps) {
  const cards = useRef<HTMLDivElement>(null);
  const view = useFeed('account/accounts');
  const accounts = useMemo(
    () => [...view.records.values()].toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB')),
    [view],
  );
  const vehicleName = useVehicleName();
  const chosen = accounts.find(({ accountId }) => accountId === search.account) ?? accounts[0];
  const choose = (account: string) => patch({ account }, { replace: true });
  const step = (by: number) => {
    const next = accounts[accounts.findIndex((each) => each === chosen) + by];
    if (next === undefined) return;
    choose(next.accountId);
    cards.current?.querySelectorAll<HTMLElement>('.credit-card header .btn')[accounts.indexOf(next)]?.focus();
  };
  useShortcuts('Credit', [
    { keys: 'j', does: 'Next account', run: () => step(1) },
    { keys: 'k', does: 'Previous account', run: () => step(-1) },
  ]);
  return (
    <div className="terms-page" data-split="credit">
      <section className="card" aria-label="Accounts">
        <header>
          <h2>Terms</h2>
          {tabs}
        </header>
        {accounts.length === 0 && view.phase === 'ready' && (
          <p className="empty">
            <b>No account is known here yet.</b>
            Accounts come with FLO’s stream of accounts. Until then nothing here can say whether a start will be
            answered NO_CREDIT.
          </p>
        )}
        <div className="credit-cards" ref={cards}>
          {accounts.map((account) => (
            <CreditCard
              key={account.accountId}
              account={account}
              zone={zone}
              isChosen={account === chosen}
              vehicleName={vehicleName}
              onChoose={() => choose(account.accountId)}
            />
          ))}
        </div>
      </section>
      {chosen !== undefined && <Books key={chosen.accountId} account={chosen} zone={zone} vehicleName={vehicleName} />}
    </div>
  );
}

type BooksProps = {
  readonly account: AccountStanding;
  readonly zone: string;
  readonly vehicleName: (vehicleId: string) => string;
};

function Books({ account, zone, vehicleName }: BooksProps) {
  const moment = useWallNow(AGAIN_MS);
  const { lines, more, failure, readOlder } = useLedger(account.accountId, moment);
  const input = useMemo(() => ({ accountId: account.accountId }), [account.accountId]);
  const holds = useAnswer('account/holds', input, moment);
  useShortcuts('Credit', [{ keys: 'o', does: 'Read older lines of the books', run: () => more && readOlder() }]);
  return (
    <div className="credit-books">
      <section className="card" aria-label={`Books of ${account.name}`}>
        <header>
          <h2>Books of {account.name}</h2>
          <small>newest first, never changed</small>
          <span className="end">
            {more && (
              <button type="button" className="btn" onClick={readOlder}>
                Read older <kbd>O</kbd>
              </button>
            )}
          </span>
        </header>
        {failure !== undefined && (
          <p className="empty" role="status">
            <b>The books could not be read.</b>
            {failure}
          </p>
        )}
        <div className="scroller" tabIndex={0} role="region" aria-label="Lines of the books">
          {lines !== undefined && <LedgerList account={account} lines={lines} zone={zone} />}
        </div>
      </section>
      <section className="card" aria-label={`Holds of ${account.name}`}>
        <header>
          <h2>Holds</h2>
        </header>
        <div className="scroller" tabIndex={0} role="region" aria-label="Holds">
          {holds.answer !== undefined && (
            <HoldList account={account} holds={holds.answer} zone={zone} vehicleName={vehicleName} />
          )}
          {holds.failure !== undefined && <p className="empty">{holds.failure}</p>}
        </div>
      </section>
    </div>
  );
}
