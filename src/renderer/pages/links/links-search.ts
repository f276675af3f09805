/** What of the Links page stands in its link: which quarantined item is open, and which meter line was asked for. */
import { z } from 'zod';

const schema = z.object({
  item: z.int().min(0).optional().catch(undefined),
  line: z.string().min(1).max(200).optional().catch(undefined),
});
export type LinksSearch = z.output<typeof schema>;

export function parseLinksSearch(raw: unknown): LinksSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}
