/** What of the Terms page stands in its link: the tab, what is open in it, and the two times tariffs are looked at. */
import { z } from 'zod';
import { usePageSearch, type PatchSearch } from '../page-search.ts';

export const TERMS_TABS = ['contracts', 'tariffs', 'credit'] as const;
export type TermsTab = (typeof TERMS_TABS)[number];

const text = z.string().min(1).max(120).optional().catch(undefined);
const epochMs = z.number().min(0).max(4_102_444_800_000).optional().catch(undefined);
const schema = z.object({
  /** Absent is the contracts. */
  tab: z.enum(TERMS_TABS).optional().catch(undefined),
  contract: text,
  /** `CC*PPP*id`. */
  tariff: text,
  /** Content hash; absent is the one in force. */
  version: z.string().length(64).optional().catch(undefined),
  text,
  /** In force when, and as known when; absent is now. */
  at: epochMs,
  known: epochMs,
  account: text,
  sort: text,
});
export type TermsSearch = z.output<typeof schema>;
export type PatchTermsSearch = PatchSearch<TermsSearch>;

export function parseTermsSearch(raw: unknown): TermsSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export function useTermsSearch(): [TermsSearch, PatchTermsSearch] {
  return usePageSearch('/terms', parseTermsSearch);
}
