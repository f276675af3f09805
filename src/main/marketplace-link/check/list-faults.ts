/** Everything that is wrong with one stored item or page, where the reason kept beside it names only the first faults. */
import type { z } from 'zod';
import { sayIssue } from '../say-issues.ts';
import { item as wireItem, page as wirePage } from '../wire/v1/envelope.ts';
import { itemKinds } from '../wire/v1/item-kinds.ts';

const LISTED_FAULTS = 50;

/** @param raw as it was stored; text that was cut there is no JSON any more and lists nothing */
export function listFaults(stream: string, raw: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return [];
  }
  if (typeof value === 'object' && value !== null && 'items' in value) return say(wirePage, value);
  const item = wireItem.safeParse(value);
  if (!item.success) return say(wireItem, value);
  const kinds: Readonly<Record<string, z.ZodType>> = Object.hasOwn(itemKinds, stream)
    ? itemKinds[stream as keyof typeof itemKinds]
    : {};
  const schema = Object.hasOwn(kinds, item.data.kind) ? kinds[item.data.kind] : undefined;
  return schema === undefined ? [] : say(schema, item.data.body);
}

function say(schema: z.ZodType, value: unknown): readonly string[] {
  const read = schema.safeParse(value);
  return read.success ? [] : read.error.issues.slice(0, LISTED_FAULTS).map(sayIssue);
}
