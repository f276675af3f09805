/** The Network page: how operators served us, who of them answers now, and where the fleet's need was not met. */
import './network-page.css';
import { useDepotsInOrder } from '../../fleet/depot-tabs.tsx';
import { computerZone } from '../../instruments/clock/zone-time.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { GapsTab } from './gaps-tab.tsx';
import { NETWORK_TABS, useNetworkSearch, type NetworkTab } from './network-search.ts';
import { PartiesTab } from './parties-tab.tsx';
import { PerformanceTab } from './performance-tab.tsx';

const TAB_WORDS: Readonly<Record<NetworkTab, string>> = {
  performance: 'Performance',
  parties: 'Parties',
  gaps: 'Gaps',
};

export function NetworkPage() {
  const [search, patch] = useNetworkSearch();
  const [first] = useDepotsInOrder();
  const zone = first?.timeZone ?? computerZone();
  const tab = search.tab ?? 'performance';
  const choose = (next: NetworkTab) =>
    patch({ tab: next === 'performance' ? undefined : next, text: undefined, sort: undefined });
  useShortcuts(
    'Network',
    NETWORK_TABS.map((each, place) => ({
      keys: String(place + 1),
      does: `Show ${TAB_WORDS[each].toLowerCase()}`,
      run: () => choose(each),
    })),
  );
  const tabs = <NetworkTabs tab={tab} onTab={choose} />;
  if (tab === 'parties') return <PartiesTab tabs={tabs} zone={zone} patch={patch} />;
  if (tab === 'gaps') return <GapsTab tabs={tabs} zone={zone} search={search} patch={patch} />;
  return <PerformanceTab tabs={tabs} zone={zone} search={search} patch={patch} />;
}

function NetworkTabs({ tab, onTab }: { readonly tab: NetworkTab; readonly onTab: (tab: NetworkTab) => void }) {
  return (
    <div className="tabs" role="tablist" aria-label="Performance, parties or gaps">
      {NETWORK_TABS.map((each, place) => (
        <button key={each} type="button" role="tab" aria-selected={each === tab} onClick={() => onTab(each)}>
          {TAB_WORDS[each]} <kbd>{place + 1}</kbd>
        </button>
      ))}
    </div>
  );
}
