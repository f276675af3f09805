/** A page's part of the link as state: read by the page's own parser, changed key by key. */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from '@tanstack/react-router';

/** A key patched to `undefined` leaves the link. */
export type PatchSearch<S> = (patch: Partial<S>, options?: { readonly replace?: boolean }) => void;

/** @param parse the same function at each render; what it does not know of is dropped */
export function usePageSearch<S extends object>(to: string, parse: (raw: unknown) => S): [S, PatchSearch<S>] {
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parse(raw), [parse, raw]);
  const patch = useCallback<PatchSearch<S>>(
    (changes, options) =>
      void navigate({
        to,
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parse(before), ...changes }).filter(([, value]) => value !== undefined),
          ),
      } as never),
    [navigate, to, parse],
  );
  return [search, patch];
}
