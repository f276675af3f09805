import { useCallback, useEffect, useRef } from 'react';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';

/** Rows passed with a held key are not each worth a link. */
const CURSOR_SETTLES_MS = 70;

/** While a vehicle is open the panel follows the list's cursor, once the cursor has come to rest. */
export function useSettledCursor(
  openId: string | undefined,
  select: (vehicleId: string, options: { replace: boolean }) => void,
): (vehicle: Vehicle) => void {
  const timer = useRef<number>(undefined);
  const latest = useRef({ openId, select });
  latest.current = { openId, select };
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useCallback((vehicle) => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      const now = latest.current;
      if (now.openId !== undefined && now.openId !== vehicle.id) now.select(vehicle.id, { replace: true });
    }, CURSOR_SETTLES_MS);
  }, []);
}
