/** What of the cost page stands in its link: the depot, and what of it is being entered. */
import { z } from 'zod';

const schema = z.object({
  depot: z.string().min(1).max(200).optional().catch(undefined),
  enter: z.enum(['prices', 'wiring']).optional().catch(undefined),
});
export type CostSearch = z.output<typeof schema>;

export function parseCostSearch(raw: unknown): CostSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}
