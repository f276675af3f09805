/** What of the Records page stands in its link: the list or the keys, the period, the filter, the order, the open record. */
import { z } from 'zod';
import { PERIOD_KINDS } from '../../metering/intervals/local-period.ts';
import { usePageSearch, type PatchSearch } from '../page-search.ts';

const text = z.string().min(1).max(120).optional().catch(undefined);
const schema = z.object({
  /** Absent is the list of records. */
  view: z.enum(['keys']).optional().catch(undefined),
  record: text,
  /** Fingerprint of the key that is pointed at. */
  key: text,
  verdict: z.enum(['agrees', 'explained', 'differs', 'not-priced']).optional().catch(undefined),
  /** Present: only records with a breach. */
  breach: z.literal(true).optional().catch(undefined),
  party: z.string().min(1).max(8).optional().catch(undefined),
  vehicle: z.string().min(1).max(80).optional().catch(undefined),
  text: z.string().min(1).max(80).optional().catch(undefined),
  /** Absent is a month. */
  per: z.enum(PERIOD_KINDS).optional().catch(undefined),
  date: z.iso.date().optional().catch(undefined),
  sort: text,
});
export type RecordsSearch = z.output<typeof schema>;
export type PatchRecordsSearch = PatchSearch<RecordsSearch>;

export function parseRecordsSearch(raw: unknown): RecordsSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}

export function useRecordsSearch(): [RecordsSearch, PatchRecordsSearch] {
  return usePageSearch('/records', parseRecordsSearch);
}
