/** The parties: whom the marketplace reaches now. */
import { useMemo, useRef, type ReactNode } from 'react';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import { useMarketplaceLink } from '../../marketplace/marketplace-link.ts';
import { PartyList } from '../../marketplace/network/party-list.tsx';
import { partyStandings } from '../../marketplace/network/party-standing.ts';
import type { PatchNetworkSearch } from './network-search.ts';

type PartiesTabProps = { readonly tabs: ReactNode; readonly zone: string; readonly patch: PatchNetworkSearch };

export function PartiesTab({ tabs, zone, patch }: PartiesTabProps) {
  const list = useRef<HTMLDivElement>(null);
  const parties = useFeed('marketplace/parties');
  const places = useFeed('marketplace/places');
  const { isLive } = useMarketplaceLink();
  const standings = useMemo(() => partyStandings(parties.records.values(), places.records.values()), [parties, places]);
  const step = (by: number) => {
    const names = [...(list.current?.querySelectorAll<HTMLElement>('[data-party]') ?? [])];
    const here = names.indexOf(document.activeElement as HTMLElement);
    names[Math.max(0, here + by)]?.focus();
  };
  useShortcuts('Parties', [
    { keys: 'j', does: 'Next operator; Enter shows how it performed', run: () => step(1) },
    { keys: 'k', does: 'Previous operator', run: () => step(-1) },
  ]);
  const reachable = standings.filter(({ party }) => party.status === 'CONNECTED').length;
  return (
    <div className="network-page">
      <section className="card" aria-label="Parties">
        <header>
          <h2>Network</h2>
          {tabs}
          <small role="status">
            {isLive
              ? `${reachable} of ${standings.length} can be asked now.`
              : 'The marketplace link is down: this is what was known last.'}
          </small>
        </header>
        {standings.length === 0 && parties.phase === 'ready' && (
          <p className="empty">
            <b>The marketplace has not told of any party yet.</b>
            They appear here by themselves once it does.
          </p>
        )}
        <div className="scroller" ref={list} tabIndex={0} role="region" aria-label="List of parties">
          {standings.length > 0 && (
            <PartyList
              standings={standings}
              zone={zone}
              onOpen={(cpo) => patch({ tab: undefined, cpo, site: undefined })}
            />
          )}
        </div>
      </section>
    </div>
  );
}
