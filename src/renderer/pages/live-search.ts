/**
 * What of the Live page stands in its link: filter, selection, map view and sort. A reload, the back button and a window
 * opened on the same link all find the same page. A link that was mistyped loses only the part that is wrong.
 */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { z } from 'zod';

export const ACTIVITY_FILTERS = ['driving', 'idle', 'plugged', 'charging', 'stale'] as const;

const text = z.string().min(1).max(200).optional().catch(undefined);
const activities = z
  .array(z.enum(ACTIVITY_FILTERS))
  .max(ACTIVITY_FILTERS.length)
  .transform((list) => (list.length === 0 ? undefined : list))
  .optional()
  .catch(undefined);

export const liveSearchSchema = z.object({
  /** Text filter. */
  q: text,
  /** Id of the depot the page is narrowed to. */
  depot: text,
  activity: activities,
  /** Id of the selected vehicle. */
  vehicle: text,
  lat: z.number().min(-90).max(90).optional().catch(undefined),
  lon: z.number().min(-180).max(180).optional().catch(undefined),
  zoom: z.number().min(0).max(22).optional().catch(undefined),
  sort: text,
});

export type LiveSearch = z.output<typeof liveSearchSchema>;

export function parseLiveSearch(raw: unknown): LiveSearch {
  const parsed = liveSearchSchema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchLiveSearch = (patch: Partial<LiveSearch>, options?: { replace?: boolean }) => void;

/**
 * The Live page's part of the link, and how to change some of it. A key patched to `undefined` or '' leaves the link.
 * `replace` is for what the user would not want to step back through, such as every pan of the map.
 */
export function useLiveSearch(): [LiveSearch, PatchLiveSearch] {
  const router = useRouter();
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseLiveSearch(raw), [raw]);
  const patch = useCallback<PatchLiveSearch>(
    (changes, options) => {
      // A map that comes to rest after the user has left must not pull them back.
      if (router.latestLocation.pathname !== '/live') return;
      void navigate({
        to: '/live',
        replace: options?.replace ?? false,
        search: (before: object) => withoutEmpty({ ...parseLiveSearch(before), ...changes }),
      } as never);
    },
    [navigate, router],
  );
  return [search, patch];
}

function withoutEmpty(search: LiveSearch): LiveSearch {
  return Object.fromEntries(
    Object.entries(search).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
