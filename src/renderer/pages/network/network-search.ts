/** What of the Network page stands in its link: the tab, the window of time, how deep the list is, and the open gap. */
import { z } from 'zod';
import { usePageSearch, type PatchSearch } from '../page-search.ts';

export const NETWORK_TABS = ['performance', 'parties', 'gaps'] as const;
export type NetworkTab = (typeof NETWORK_TABS)[number];
export const NETWORK_WINDOWS = ['24h', '7d', '30d'] as const;
export type NetworkWindow = (typeof NETWORK_WINDOWS)[number];
export const MINIMUM_COUNTS = [3, 5, 10] as const;

const text = z.string().min(1).max(120).optional().catch(undefined);
const schema = z.object({
  /** Absent is the performance. */
  tab: z.enum(NETWORK_TABS).optional().catch(undefined),
  /** Absent is seven days. */
  window: z.enum(NETWORK_WINDOWS).optional().catch(undefined),
  /** `CC*PPP`: its sites are listed. */
  cpo: text,
  /** A location's id: its charge points are listed. */
  site: text,
  text,
  sort: text,
  /** H3 cell of the open gap. */
  cell: z
    .string()
    .regex(/^[0-9a-f]{15}$/u)
    .optional()
    .catch(undefined),
  /** Absent is three. */
  least: z.literal(MINIMUM_COUNTS).optional().catch(undefined),
});
export type NetworkSearch = z.output<typeof schema>;
export type PatchNetworkSearch = PatchSearch<NetworkSearch>;

export function parseNetworkSearch(raw: unknown): NetworkSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export function useNetworkSearch(): [NetworkSearch, PatchNetworkSearch] {
  return usePageSearch('/network', parseNetworkSearch);
}
