/** The pages that exist, at the left edge. */
import { Link } from '@tanstack/react-router';
import { PageIcon } from './page-icon.tsx';
import { PAGES } from '../page-list.ts';

export function Rail() {
  return (
    <nav className="rail" aria-label="Pages">
      {PAGES.map((page) => (
        <Link
          key={page.to}
          to={page.to}
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
