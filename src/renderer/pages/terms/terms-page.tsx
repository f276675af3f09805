/** The Terms page: what was negotiated, what operators ask, and how much credit is left for it. */
import './terms-page.css';
import { useDepotsInOrder } from '../../fleet/depot-tabs.tsx';
import { computerZone } from '../../instruments/clock/zone-time.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { ContractsTab } from './contracts-tab.tsx';
import { CreditTab } from './credit-tab.tsx';
import { TariffsTab } from './tariffs-tab.tsx';
import { TERMS_TABS, useTermsSearch, type TermsTab } from './terms-search.ts';

const TAB_WORDS: Readonly<Record<TermsTab, string>> = {
  contracts: 'Contracts',
  tariffs: 'Tariffs',
  credit: 'Credit',
};

export function TermsPage() {
  const [search, patch] = useTermsSearch();
  const [first] = useDepotsInOrder();
  const zone = first?.timeZone ?? computerZone();
  const tab = search.tab ?? 'contracts';
  const choose = (next: TermsTab) => patch({ tab: next === 'contracts' ? undefined : next, text: undefined });
  useShortcuts(
    'Terms',
    TERMS_TABS.map((each, place) => ({
      keys: String(place + 1),
      does: `Show ${TAB_WORDS[each].toLowerCase()}`,
      run: () => choose(each),
    })),
  );
  const tabs = <TermsTabs tab={tab} onTab={choose} />;
  if (tab === 'tariffs') return <TariffsTab tabs={tabs} zone={zone} search={search} patch={patch} />;
  if (tab === 'credit') return <CreditTab tabs={tabs} zone={zone} search={search} patch={patch} />;
  return <ContractsTab tabs={tabs} search={search} patch={patch} />;
}

function TermsTabs({ tab, onTab }: { readonly tab: TermsTab; readonly onTab: (tab: TermsTab) => void }) {
  return (
    <div className="tabs" role="tablist" aria-label="Contracts, tariffs or credit">
      {TERMS_TABS.map((each, place) => (
        <button key={each} type="button" role="tab" aria-selected={each === tab} onClick={() => onTab(each)}>
          {TAB_WORDS[each]} <kbd>{place + 1}</kbd>
        </button>
      ))}
    </div>
  );
}
