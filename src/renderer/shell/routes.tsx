/** The pages and their links. The address lives in the hash, since the window's own protocol serves one document. */
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { AboutPage } from '../pages/about-page.tsx';
import { AlarmsPage } from '../pages/alarms/alarms-page.tsx';
import { parseAlarmsSearch } from '../pages/alarms/alarms-search.ts';
import { ChargePage } from '../pages/charge/charge-page.tsx';
import { parseChargeSearch } from '../pages/charge/charge-search.ts';
import { CommissioningPage } from '../pages/commissioning/commissioning-page.tsx';
import { BalancePage } from '../pages/balance/balance-page.tsx';
import { parseBalanceSearch } from '../pages/balance/balance-search.ts';
import { LinksPage } from '../pages/links/links-page.tsx';
import { LivePage } from '../pages/live-page.tsx';
import { MetersPage } from '../pages/meters/meters-page.tsx';
import { NetworkPage } from '../pages/network/network-page.tsx';
import { parseNetworkSearch } from '../pages/network/network-search.ts';
import { OneLinePage } from '../pages/one-line/one-line-page.tsx';
import { parseOneLineSearch } from '../pages/one-line/one-line-search.ts';
import { ReadinessPage } from '../pages/readiness/readiness-page.tsx';
import { parseReadinessSearch } from '../pages/readiness/readiness-search.ts';
import { RecordsPage } from '../pages/records/records-page.tsx';
import { parseRecordsSearch } from '../pages/records/records-search.ts';
import { CostPage } from '../pages/cost/cost-page.tsx';
import { parseCostSearch } from '../pages/cost/cost-search.ts';
import { TimelinePage } from '../pages/timeline/timeline-page.tsx';
import { parseTimelineSearch } from '../pages/timeline/timeline-search.ts';
import { SiteLoadPage } from '../pages/site-load/site-load-page.tsx';
import { parseSiteLoadSearch } from '../pages/site-load/site-load-search.ts';
import { TermsPage } from '../pages/terms/terms-page.tsx';
import { parseTermsSearch } from '../pages/terms/terms-search.ts';
import { ConsoleLayout } from './console-layout.tsx';
import { PageFailure } from './failure-boundary.tsx';
import { parseCommissioningSearch } from '../pages/commissioning/commissioning-search.ts';
import { parseLinksSearch } from '../pages/links/links-search.ts';
import { parseMetersSearch } from '../pages/meters/meters-search.ts';
import { parseLiveSearch } from '../pages/live-search.ts';
import { UnknownPage } from './unknown-page.tsx';

function failureOf(where: string) {
  return ({ error, reset }: ErrorComponentProps) => <PageFailure where={where} error={error} onRetry={reset} />;
}

const root = createRootRoute({
  component: ConsoleLayout,
  errorComponent: failureOf('The console'),
  notFoundComponent: UnknownPage,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // The router’s way to redirect is to throw.
    throw redirect({ to: '/live', replace: true });
  },
});

const live = createRoute({
  getParentRoute: () => root,
  path: '/live',
  validateSearch: parseLiveSearch,
  component: LivePage,
  errorComponent: failureOf('Live'),
});

const charge = createRoute({
  getParentRoute: () => root,
  path: '/charge',
  validateSearch: parseChargeSearch,
  component: ChargePage,
  errorComponent: failureOf('Charge'),
});

const readiness = createRoute({
  getParentRoute: () => root,
  path: '/readiness',
  validateSearch: parseReadinessSearch,
  component: ReadinessPage,
  errorComponent: failureOf('Readiness'),
});

const siteLoad = createRoute({
  getParentRoute: () => root,
  path: '/site-load',
  validateSearch: parseSiteLoadSearch,
  component: SiteLoadPage,
  errorComponent: failureOf('Site load'),
});

const timeline = createRoute({
  getParentRoute: () => root,
  path: '/timeline',
  validateSearch: parseTimelineSearch,
  component: TimelinePage,
  errorComponent: failureOf('Timeline'),
});

const cost = createRoute({
  getParentRoute: () => root,
  path: '/cost',
  validateSearch: parseCostSearch,
  component: CostPage,
  errorComponent: failureOf('Cost'),
});

const alarms = createRoute({
  getParentRoute: () => root,
  path: '/alarms',
  validateSearch: parseAlarmsSearch,
  component: AlarmsPage,
  errorComponent: failureOf('Alarms'),
});

const meters = createRoute({
  getParentRoute: () => root,
  path: '/meters',
  validateSearch: parseMetersSearch,
  component: MetersPage,
  errorComponent: failureOf('Meters'),
});

const oneLine = createRoute({
  getParentRoute: () => root,
  path: '/one-line',
  validateSearch: parseOneLineSearch,
  component: OneLinePage,
  errorComponent: failureOf('One-line'),
});

const balance = createRoute({
  getParentRoute: () => root,
  path: '/balance',
  validateSearch: parseBalanceSearch,
  component: BalancePage,
  errorComponent: failureOf('Balance'),
});

const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  validateSearch: parseRecordsSearch,
  component: RecordsPage,
  errorComponent: failureOf('Records'),
});

const terms = createRoute({
  getParentRoute: () => root,
  path: '/terms',
  validateSearch: parseTermsSearch,
  component: TermsPage,
  errorComponent: failureOf('Terms'),
});

const network = createRoute({
  getParentRoute: () => root,
  path: '/network',
  validateSearch: parseNetworkSearch,
  component: NetworkPage,
  errorComponent: failureOf('Network'),
});

const links = createRoute({
  getParentRoute: () => root,
  path: '/links',
  validateSearch: parseLinksSearch,
  component: LinksPage,
  errorComponent: failureOf('Links'),
});

const commissioning = createRoute({
  getParentRoute: () => root,
  path: '/commissioning',
  validateSearch: parseCommissioningSearch,
  component: CommissioningPage,
  errorComponent: failureOf('Commissioning'),
});

const about = createRoute({
  getParentRoute: () => root,
  path: '/about',
  component: AboutPage,
  errorComponent: failureOf('About'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    live,
    charge,
    readiness,
    timeline,
    siteLoad,
    cost,
    alarms,
    meters,
    oneLine,
    balance,
    records,
    terms,
    network,
    links,
    commissioning,
    about,
  ]),
  history: createHashHistory(),
  defaultPreload: false,
});

/**
 * The router hears of a new address only while its pages stand. The first screen, too, may set one (a profile opened
 * there begins at Live), and the pages that come after it must be those.
 */
router.history.subscribe(() => {
  if (document.querySelector('.console') === null) void router.load();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
