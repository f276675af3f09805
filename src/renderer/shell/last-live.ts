/**
 * What Live looked like when it was last left: filter, open vehicle, map. Going there by rail, key or palette comes back
 * to it. It holds for this window's session; another profile begins afresh, since its vehicles are others.
 */
import { useEffect } from 'react';
import { useLocation } from '@tanstack/react-router';
import { useOnlyRecord } from '../link/use-feed.ts';
import { parseLiveSearch, type LiveSearch } from '../pages/live-search.ts';

let last: { readonly profileId: string | undefined; readonly search: LiveSearch } = {
  profileId: undefined,
  search: {},
};

/** For a link or a navigation to one of the pages: Live takes up where it was left. */
export function searchOf(to: string): LiveSearch {
  return to === '/live' ? last.search : {};
}

/** Called by the frame, which stands around every page. */
export function useRememberLive(): void {
  const profileId = useOnlyRecord('console/facts')?.profileId;
  const pathname = useLocation({ select: (location) => location.pathname });
  const raw = useLocation({ select: (location): unknown => location.search });
  useEffect(() => {
    if (pathname === '/live') last = { profileId, search: parseLiveSearch(raw) };
    else if (profileId !== undefined && last.profileId !== undefined && last.profileId !== profileId)
      last = { profileId, search: {} };
  }, [profileId, pathname, raw]);
}
