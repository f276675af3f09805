/** What a window may ask of demand that was not met, and how a person's review of it is published. */
import { z } from 'zod';
import type { DemandSignal, InfrastructureGap } from '../domain/insight/demand-signal.ts';
import { answersWith, command, feed } from './contract.ts';

const id = z.string().min(1).max(80);
const epochMs = z.number().min(0).max(4_102_444_800_000);

export type InfrastructureGaps = {
  readonly gaps: readonly InfrastructureGap[];
  readonly needs: number;
  /** Cells that have something but less than the minimum count, and so are not shown. */
  readonly hiddenCells: number;
  readonly minimumCount: number;
};

export const insightContract = {
  'insight/gaps': answersWith<InfrastructureGaps>().to(
    z.strictObject({ fromMs: epochMs, toMs: epochMs, minimumCount: z.int().min(3).max(1000) }),
  ),
  'insight/signals': feed<DemandSignal>({ maxRateHz: 2, keyOf: (signal) => signal.signalId }),
  /** A person looked at a gap: it becomes a draft, or is dismissed. The signal's id is the command's. */
  'insight/review-gap': command({
    cell: z.string().regex(/^[0-9a-f]{15}$/u),
    decision: z.enum(['draft', 'dismissed']),
    fromHour: z.int().min(0).max(23),
    toHour: z.int().min(1).max(24),
    energyKwhPerDay: z.number().min(0).max(1_000_000),
    powerKw: z.number().min(0).max(100_000),
    windowFromMs: epochMs,
    windowToMs: epochMs,
    commitment: z.enum(['none', 'indicative', 'binding']),
    note: z.string().max(500),
  }),
  /** A driver told the control room: what they found at a charge point, at most a month ago. */
  'insight/report-failure': command({
    vehicleId: id,
    evseKey: id,
    kind: z.enum(['evse-blocked', 'evse-broken', 'queue', 'detour']),
    atMs: epochMs,
  }),
  'insight/publish-signal': command({ signalId: z.uuid() }),
} as const;
