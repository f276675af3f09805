/** What of the site load page stands in its link: the depot. */
import { z } from 'zod';

const schema = z.object({ depot: z.string().min(1).max(200).optional().catch(undefined) });
export type SiteLoadSearch = z.output<typeof schema>;

export function parseSiteLoadSearch(raw: unknown): SiteLoadSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}
