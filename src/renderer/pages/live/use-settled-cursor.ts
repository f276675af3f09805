import { useCallback, useEffect, useRef } from 'react';

/** Rows passed with a held key are not each worth a link. */
const CURSOR_SETTLES_MS = 70;

/** While a vehicle or meter is open its panel follows the list's cursor, once the cursor has come to rest. */
export function useSettledCursor(
  openId: string | undefined,
  select: (id: string, options: { replace: boolean }) => void,
): (record: { readonly id: string }) => void {
  const timer = useRef<number>(undefined);
  const latest = useRef({ openId, select });
  latest.current = { openId, select };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useCallback((record) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const now = latest.current;
      if (now.openId !== undefined && now.openId !== record.id) now.select(record.id, { replace: true });
    }, CURSOR_SETTLES_MS);
  }, []);
}
