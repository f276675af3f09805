/**
 * What of the Charge page stands in its link: for whom, how much and when, the filter, the open place, map view and sort.
 * A link that was mistyped loses only the part that is wrong.
 */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { z } from 'zod';

const text = z.string().min(1).max(200).optional().catch(undefined);
const only = z.literal(true).optional().catch(undefined);
const number = (least: number, most: number) => z.number().min(least).max(most).optional().catch(undefined);

const schema = z.object({
  vehicle: text,
  /** Charge up to, per cent; absent: 80. */
  to: number(1, 100),
  /** Or so much energy. */
  kwh: number(0.1, 10_000),
  /** Epoch milliseconds; absent: now. */
  at: number(0, 4_102_444_800_000),
  /** Id of the open place. */
  place: text,
  q: text,
  free: only,
  current: z.enum(['AC', 'DC']).optional().catch(undefined),
  kw: number(1, 10_000),
  connector: text,
  operator: text,
  most: number(0, 1_000_000),
  arrival: number(0, 100),
  fits: only,
  away: z.literal('hidden').optional().catch(undefined),
  lat: number(-90, 90),
  lon: number(-180, 180),
  zoom: number(0, 22),
  sort: text,
});
export type ChargeSearch = z.output<typeof schema>;

export function parseChargeSearch(raw: unknown): ChargeSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchChargeSearch = (patch: Partial<ChargeSearch>, options?: { readonly replace?: boolean }) => void;

/** The page's part of the link, and how to change some of it; a key patched to `undefined` or '' leaves the link. */
export function useChargeSearch(): [ChargeSearch, PatchChargeSearch] {
  const router = useRouter();
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseChargeSearch(raw), [raw]);
  const patch = useCallback<PatchChargeSearch>(
    (changes, options) => {
      // A map that comes to rest after the user has left must not pull them back.
      if (router.latestLocation.pathname !== '/charge') return;
      void navigate({
        to: '/charge',
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parseChargeSearch(before), ...changes }).filter(
              ([, value]) => value !== undefined && value !== '',
            ),
          ),
      } as never);
    },
    [navigate, router],
  );
  return [search, patch];
}
