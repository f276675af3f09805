/** What a window may ask of charge detail records and of how networks performed. */
import { z } from 'zod';
import type { ChargeAssessment, ChargeRecord, ChargeRecordRow } from '../../domain/marketplace/charge-record.ts';
import type { PerformanceRow } from '../../domain/marketplace/performance.ts';
import type { Session } from '../../domain/marketplace/session.ts';
import { answersWith, feed } from '../contract.ts';

const epochMs = z.number().min(0).max(4_102_444_800_000);
const key = z.string().min(1).max(120);

export type ChargeRecordPage = {
  /** Newest end first. */
  readonly rows: readonly ChargeRecordRow[];
  readonly more: boolean;
  /** Over all that fit the rest of the filter, whichever verdict or breach it asks for: what choosing another would show. */
  readonly counts: Readonly<Record<ChargeRecordRow['verdict'] | 'breach', number>>;
};

export type ChargeRecordDetail = {
  readonly row: ChargeRecordRow;
  readonly record: ChargeRecord;
  readonly assessment: ChargeAssessment;
  /** The trace as sentences. */
  readonly sentences: readonly string[];
  readonly session: Session | undefined;
  /** Credit records of this one, or the one that this credits. */
  readonly related: readonly ChargeRecordRow[];
  /** As it came, for evidence. */
  readonly raw: string;
};

export const recordContract = {
  'marketplace/charge-records': answersWith<ChargeRecordPage>().to(
    z.strictObject({
      fromMs: epochMs,
      toMs: epochMs,
      verdict: z.enum(['agrees', 'explained', 'differs', 'not-priced']).optional(),
      /** Only those with a check that found a breach, whatever their verdict. */
      isBreach: z.literal(true).optional(),
      party: z.string().max(8).optional(),
      vehicleId: z.string().max(80).optional(),
      /** Part of an id, a location's name or an EVSE's uid. */
      text: z.string().max(80).optional(),
      limit: z.int().min(1).max(5000),
      before: z.strictObject({ endMs: epochMs, key }).optional(),
    }),
  ),
  'marketplace/charge-record': answersWith<ChargeRecordDetail | undefined>().to(z.strictObject({ key })),
  /** Those received within a day, so that lists know when to ask again. */
  'marketplace/recent-records': feed<ChargeRecordRow>({ maxRateHz: 2, keyOf: (row) => row.key }),
  'marketplace/performance': answersWith<readonly PerformanceRow[]>().to(
    z.strictObject({
      fromMs: epochMs,
      toMs: epochMs,
      level: z.enum(['cpo', 'site', 'evse']),
      /** A CPO's or site's key, to see only what is below it. */
      parentKey: z.string().max(120).optional(),
    }),
  ),
} as const;
