/** The meter lines beside the marketplace: both are links, and either may be lost while the other goes on. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Metering } from '../../metering/use-metering.ts';
import { MeterLines } from '../meters/meter-lines.tsx';
import { parseLinksSearch } from './links-search.ts';

export function LinksLines({ metering }: { readonly metering: Metering }) {
  const navigate = useNavigate();
  const { line } = parseLinksSearch(useSearch({ strict: false }));
  const isThere = line !== undefined && metering.lines.has(line);
  useEffect(() => {
    if (!isThere) return;
    const card = document.getElementById(`line-${line}`);
    card?.focus();
    card?.scrollIntoView({ block: 'nearest' });
  }, [line, isThere]);
  return (
    <div id="links-lines" className="links-lines" tabIndex={-1}>
      <MeterLines
        metering={metering}
        onMeter={(meter) => void navigate({ to: '/meters', search: { meter } } as never)}
      />
    </div>
  );
}
