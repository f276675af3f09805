/** The filter of the Charge page, between its link and the question it compiles to. */
import { useCallback, useMemo } from 'react';
import { compilePlaceFilter, type PlaceFilter } from '../../marketplace/place/place-filter.ts';
import type { PlaceRow } from '../../marketplace/place/place-row.ts';
import type { ChargeSearch, PatchChargeSearch } from './charge-search.ts';

export type PlaceFilterView = {
  readonly filter: PlaceFilter;
  readonly setFilter: (filter: PlaceFilter, options?: { readonly replace?: boolean }) => void;
  readonly isShown: (row: PlaceRow) => boolean;
};

export function usePlaceFilter(search: ChargeSearch, patch: PatchChargeSearch): PlaceFilterView {
  const { q, free, current, kw, connector, operator, most, arrival, fits, away } = search;
  const filter = useMemo<PlaceFilter>(
    () => ({
      text: q ?? '',
      isFreeNow: free === true,
      current,
      leastKw: kw,
      standard: connector,
      operator,
      mostPerKwh: most,
      leastArrivalPercent: arrival,
      isFitOnly: fits === true,
      hidesAway: away === 'hidden',
    }),
    [q, free, current, kw, connector, operator, most, arrival, fits, away],
  );
  const setFilter = useCallback<PlaceFilterView['setFilter']>(
    (next, options) => patch(toSearch(next), options),
    [patch],
  );
  const isShown = useMemo(() => compilePlaceFilter(filter), [filter]);
  return { filter, setFilter, isShown };
}

export function toSearch(filter: PlaceFilter): Partial<ChargeSearch> {
  return {
    q: filter.text || undefined,
    free: filter.isFreeNow || undefined,
    current: filter.current,
    kw: filter.leastKw,
    connector: filter.standard,
    operator: filter.operator,
    most: filter.mostPerKwh,
    arrival: filter.leastArrivalPercent,
    fits: filter.isFitOnly || undefined,
    away: filter.hidesAway ? 'hidden' : undefined,
  };
}
