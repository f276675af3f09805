/** The filter of the Live page as it stands in the link. */
import { useCallback, useMemo } from 'react';
import type { FleetFilter, Heading } from '../../fleet/filter/fleet-filter.ts';
import { useLiveSearch } from '../live-search.ts';

export function useLiveFilter() {
  const [search, patch] = useLiveSearch();
  const { q, depot, activity } = search;
  const headingsText = activity?.join(',') ?? '';
  const filter = useMemo<FleetFilter>(
    () => ({
      text: q ?? '',
      depotId: depot,
      headings: headingsText === '' ? [] : (headingsText.split(',') as Heading[]),
    }),
    [q, depot, headingsText],
  );
  const setFilter = useCallback(
    (next: FleetFilter, options?: { readonly replace?: boolean }) =>
      patch(
        {
          q: next.text || undefined,
          depot: next.depotId,
          activity: next.headings.length === 0 ? undefined : [...next.headings],
        },
        options,
      ),
    [patch],
  );
  const clearFilter = useCallback(() => patch({ q: undefined, depot: undefined, activity: undefined }), [patch]);
  return { search, patch, filter, setFilter, clearFilter };
}
