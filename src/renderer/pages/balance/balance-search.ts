/** What of the balance page stands in its link: depot, period, node and the quarter hour that is read. */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { PERIOD_KINDS } from '../../metering/intervals/local-period.ts';

const text = z.string().min(1).max(200).optional().catch(undefined);
const schema = z.object({
  depot: text,
  per: z.enum(PERIOD_KINDS).optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
  /** Id of the feeding meter. */
  node: text,
  quarter: z.number().optional().catch(undefined),
});
export type BalanceSearch = z.output<typeof schema>;

export function parseBalanceSearch(raw: unknown): BalanceSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchBalanceSearch = (patch: Partial<BalanceSearch>, options?: { readonly replace?: boolean }) => void;

export function useBalanceSearch(): [BalanceSearch, PatchBalanceSearch] {
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseBalanceSearch(raw), [raw]);
  const patch = useCallback<PatchBalanceSearch>(
    (changes, options) =>
      void navigate({
        to: '/balance',
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parseBalanceSearch(before), ...changes }).filter(([, value]) => value !== undefined),
          ),
      } as never),
    [navigate],
  );
  return [search, patch];
}
