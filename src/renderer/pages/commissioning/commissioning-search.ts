/** What of the commissioning bench stands in its link: the traced line, the line that was just saved, and the open panel. */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { z } from 'zod';

export const PANELS = ['place', 'trace', 'lines'] as const;
export type Panel = (typeof PANELS)[number];

const id = z.string().min(1).max(64).optional().catch(undefined);
const schema = z.object({
  /** Only the trace of this declared line. */
  trace: id,
  saved: id,
  /** A line to open for change. */
  line: id,
  panel: z.enum(PANELS).optional().catch(undefined),
});
export type CommissioningSearch = z.output<typeof schema>;

export function parseCommissioningSearch(raw: unknown): CommissioningSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchSearch = (patch: Partial<CommissioningSearch>, options?: { readonly replace?: boolean }) => void;

/** The page's part of the link, and how to change some of it; a key patched to `undefined` leaves the link. */
export function useCommissioningSearch(): [CommissioningSearch, PatchSearch] {
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseCommissioningSearch(raw), [raw]);
  const patch = useCallback<PatchSearch>(
    (changes, options) =>
      void navigate({
        to: '/commissioning',
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parseCommissioningSearch(before), ...changes }).filter(
              ([, value]) => value !== undefined,
            ),
          ),
      } as never),
    [navigate],
  );
  return [search, patch];
}
