/** What of the readiness page stands in its link: depot, vehicle, sort. */
import { z } from 'zod';

const text = z.string().min(1).max(200).optional().catch(undefined);
const schema = z.object({ depot: text, vehicle: text, sort: text });
export type ReadinessSearch = z.output<typeof schema>;

export function parseReadinessSearch(raw: unknown): ReadinessSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}
