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
import { LinksPage } from '../pages/links/links-page.tsx';
import { LivePage } from '../pages/live-page.tsx';
import { MetersPage } from '../pages/meters/meters-page.tsx';
import { ConsoleLayout } from './console-layout.tsx';
import { PageFailure } from './failure-boundary.tsx';
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

const meters = createRoute({
  getParentRoute: () => root,
  path: '/meters',
  validateSearch: parseMetersSearch,
  component: MetersPage,
  errorComponent: failureOf('Meters'),
});

const links = createRoute({
  getParentRoute: () => root,
  path: '/links',
  validateSearch: parseLinksSearch,
  component: LinksPage,
  errorComponent: failureOf('Links'),
});

const about = createRoute({
  getParentRoute: () => root,
  path: '/about',
  component: AboutPage,
  errorComponent: failureOf('About'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, live, meters, links, about]),
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
