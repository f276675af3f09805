/**
 * What of the Meters page stands in its link: the open meter, which view of it and of which time, and the order of the list.
 */
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { z } from 'zod';
import { CHART_HOURS } from '../../metering/meter/meter-power-chart.tsx';

export const METER_VIEWS = ['live', 'intervals', 'registers'] as const;
export type MeterView = (typeof METER_VIEWS)[number];

const text = z.string().min(1).max(200).optional().catch(undefined);
const schema = z.object({
  meter: text,
  hours: z.literal(CHART_HOURS).optional().catch(undefined),
  sort: text,
  view: z.enum(METER_VIEWS).optional().catch(undefined),
  /** Of the intervals: a day by the quarter hour or a month by the day, and which. */
  per: z.enum(['day', 'month']).optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
  table: z.literal(true).optional().catch(undefined),
  /** Of the registers: older than this instant. */
  before: z.number().optional().catch(undefined),
});
export type MetersSearch = z.output<typeof schema>;

export function parseMetersSearch(raw: unknown): MetersSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export type PatchMetersSearch = (patch: Partial<MetersSearch>, options?: { readonly replace?: boolean }) => void;

/** The page's part of the link, and how to change some of it; a key patched to `undefined` leaves the link. */
export function useMetersSearch(): [MetersSearch, PatchMetersSearch] {
  const navigate = useNavigate();
  const raw = useLocation({ select: (location): unknown => location.search });
  const search = useMemo(() => parseMetersSearch(raw), [raw]);
  const patch = useCallback<PatchMetersSearch>(
    (changes, options) =>
      void navigate({
        to: '/meters',
        replace: options?.replace ?? false,
        search: (before: object) =>
          Object.fromEntries(
            Object.entries({ ...parseMetersSearch(before), ...changes }).filter(([, value]) => value !== undefined),
          ),
      } as never),
    [navigate],
  );
  return [search, patch];
}
