/** What of the timeline stands in its link: depot and vehicle. */
import { z } from 'zod';

const text = z.string().min(1).max(200).optional().catch(undefined);
const schema = z.object({ depot: text, vehicle: text });
export type TimelineSearch = z.output<typeof schema>;

export function parseTimelineSearch(raw: unknown): TimelineSearch {
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : {};
}
