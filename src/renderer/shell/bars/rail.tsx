/** The pages that exist, at the left edge. */
import { Link, useLocation } from '@tanstack/react-router';
import { PageIcon } from './page-icon.tsx';
import { searchOf } from '../last-live.ts';
import { PAGES } from '../page-list.ts';

export function Rail() {
  // Drawn anew at each change of the page, so that the address of the link to Live is what was left last.
  useLocation({ select: (location) => location.pathname });
  return (
    <nav className="rail" aria-label="Pages">
      {PAGES.map((page) => (
        <Link
          key={page.to}
          to={page.to}
          {...({ search: () => searchOf(page.to) } as object)}
          activeOptions={{ includeSearch: false }}
          title={`${page.holds} (G then ${page.letter})`}
          className={page.to === '/about' ? 'rail-end' : undefined}
          activeProps={{ 'aria-current': 'page' }}
        >
          <PageIcon path={page.icon} />
          {page.name}
        </Link>
      ))}
    </nav>
  );
}
