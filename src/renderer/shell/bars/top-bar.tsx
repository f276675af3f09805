/** Brand, where one is, the demo's ribbon, the search, the depots' clocks and who is at the desk. */
import { useLocation } from '@tanstack/react-router';
import { AlarmTally } from '../../alarm/alarm-tally.tsx';
import { useFeed } from '../../link/use-feed.ts';
import { DemoRibbon } from '../demo/demo-ribbon.tsx';
import { useLiveSearch } from '../../pages/live-search.ts';
import { PAGES } from '../page-list.ts';
import { DepotClocks } from './depot-clocks.tsx';
import { LinkNotice } from './link-notice.tsx';
import { OperatorMenu } from './operator-menu.tsx';

export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  return (
    <header className="top-bar">
      <span className="brand">Switchyard</span>
      <Breadcrumb />
      <DemoRibbon />
      <LinkNotice />
      <AlarmTally />
      <button
        type="button"
        className="search-button"
        onClick={onSearch}
        aria-keyshortcuts="Control+K"
        aria-label="Find a vehicle, depot, charger, command… Ctrl K"
      >
        <span>Find a vehicle, depot, charger, command…</span>
        <kbd>Ctrl K</kbd>
      </button>
      <DepotClocks />
      <OperatorMenu />
    </header>
  );
}

/** Pages that are reached from others. */
const NAMES_BESIDE_THE_RAIL: Readonly<Record<string, string>> = { '/commissioning': 'Commissioning' };

function Breadcrumb() {
  const pathname = useLocation({ select: (location) => location.pathname });
  const [search] = useLiveSearch();
  const depots = useFeed('fleet/depots').records;
  const page = PAGES.find(({ to }) => to === pathname)?.name ?? NAMES_BESIDE_THE_RAIL[pathname] ?? '';
  const depot = pathname === '/live' && search.depot !== undefined ? depots.get(search.depot)?.name : undefined;
  return (
    <h1 className="breadcrumb">
      {page}
      {depot !== undefined && ` / ${depot}`}
    </h1>
  );
}
