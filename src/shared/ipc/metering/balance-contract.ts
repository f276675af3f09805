/** The energy balance of a depot as a window may ask for it. */
import { z } from 'zod';
import type { DepotBalance } from '../../domain/metering/balance/balance.ts';
import { answersWith } from '../contract.ts';

const MOST_MS = 40 * 86_400_000;

export const balanceContract = {
  /** Computed from the stored intervals whenever it is asked for; nothing of it is stored. At most 40 days. */
  'metering/balance': answersWith<DepotBalance>().to(
    z
      .strictObject({ depotId: z.string().max(64), fromMs: z.number(), toMs: z.number() })
      .refine(({ fromMs, toMs }) => toMs > fromMs, 'the range ends before it begins')
      .refine(({ fromMs, toMs }) => toMs - fromMs <= MOST_MS, 'a balance covers 40 days at most'),
  ),
} as const;
