/** What of the Alarms page stands in its link: which list, its filter and order, and the chosen alarm. */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { z } from 'zod';

const text = z.string().min(1).max(200).optional().catch(undefined);
const schema = z.object({
  /** Absent is the list of what stands. */
  view: z.enum(['shelved', 'journal']).optional().catch(undefined),
  alarm: text,
  depot: text,
  priority: z
    .union([z.literal([1, 2, 3]), z.literal('all')])
    .optional()
    .catch(undefined),
  explained: z.literal(true).optional().catch(undefined),
  sort: text,
});
export type AlarmsSearch = z.output<typeof schema>;

export function parseAlarmsSearch(raw: unknown): AlarmsSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchAlarmsSearch = (patch: Partial<AlarmsSearch>, options?: { readonly replace?: boolean }) => void;

/** The page's part of the link, and how to change some of it; a key patched to `undefined` leaves the link. */
export function useAlarmsSearch(): [AlarmsSearch, PatchAlarmsSearch] {
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseAlarmsSearch(raw), [raw]);
  const patch = useCallback<PatchAlarmsSearch>(
    (changes, options) =>
      void navigate({
        to: '/alarms',
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parseAlarmsSearch(before), ...changes }).filter(([, value]) => value !== undefined),
          ),
      } as never),
    [navigate],
  );
  return [search, patch];
}
