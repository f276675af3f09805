/**
 * The stream `records`. The body is kept beside what the schema makes of it: a record is evidence, and what the schema leaves out today
 * may matter tomorrow. A new log changes nothing here, for records are immutable.
 */
import { z } from 'zod';
import type { Transaction } from '../../database/sqlite.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../../marketplace-link/stream-definition.ts';
import { itemKinds } from '../../marketplace-link/wire/v1/item-kinds.ts';
import type { WireChargeRecord } from '../../marketplace-link/wire/v1/ocpi/charge-detail-record.ts';

const recordWithRaw = z.unknown().transform((body, context): { wire: WireChargeRecord; raw: string } => {
  const read = itemKinds.records['cdr.put'].safeParse(body);
  if (read.success) return { wire: read.data, raw: JSON.stringify(body) };
  for (const { message, path } of read.error.issues) context.addIssue({ code: 'custom', message, path });
  return z.NEVER;
});

export function recordsStream(
  take: (tx: Transaction, wire: WireChargeRecord, raw: string) => ApplyAnswer,
): StreamDefinition {
  return {
    name: 'records',
    kinds: { 'cdr.put': itemKind(recordWithRaw, (tx, { wire, raw }) => take(tx, wire, raw)) },
  };
}
