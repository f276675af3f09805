/** What of the one-line page stands in its link: the depot and the box under the cursor. */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { z } from 'zod';

const text = z.string().min(1).max(200).optional().catch(undefined);
const schema = z.object({ depot: text, node: text });
export type OneLineSearch = z.output<typeof schema>;

export function parseOneLineSearch(raw: unknown): OneLineSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchOneLineSearch = (patch: Partial<OneLineSearch>, options?: { readonly replace?: boolean }) => void;

export function useOneLineSearch(): [OneLineSearch, PatchOneLineSearch] {
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseOneLineSearch(raw), [raw]);
  const patch = useCallback<PatchOneLineSearch>(
    (changes, options) =>
      void navigate({
        to: '/one-line',
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parseOneLineSearch(before), ...changes }).filter(([, value]) => value !== undefined),
          ),
      } as never),
    [navigate],
  );
  return [search, patch];
}
