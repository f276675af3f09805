/** The alarm list, and what operators do with it. */
import { z } from 'zod';
import type { Alarm, AlarmPriority } from '../domain/alarm/alarm.ts';
import type { AlarmFlood } from '../domain/alarm/alarm-flood.ts';
import type { EpochMs } from '../kernel/instant.ts';
import { answersWith, command, feed } from './contract.ts';

export type AlarmJournalEntry = {
  readonly id: number;
  /** Wall clock. */
  readonly atMs: EpochMs;
  readonly alarmId: string;
  /** As they were then. */
  readonly priority: AlarmPriority;
  readonly title: string;
  readonly subjectName: string;
  readonly what: 'raised' | 'cleared' | 'acknowledged' | 'shelved' | 'unshelved' | 'returned';
  readonly operator: string | undefined;
  readonly note: string;
};

const ids = z.array(z.string().min(1).max(200)).min(1).max(500);

/** The last is a shift. */
export const SHELVE_MINUTES = [15, 60, 480] as const;
export type ShelveMinutes = (typeof SHELVE_MINUTES)[number];

export const alarmContract = {
  'alarm/alarms': feed<Alarm>({ maxRateHz: 4, keyOf: (alarm) => alarm.id }),
  /** One record: whether alarms come faster than they can be answered. */
  'alarm/flood': feed<AlarmFlood>({ maxRateHz: 4, keyOf: () => 'flood' }),
  /** Newest first. */
  'alarm/journal': answersWith<{ readonly entries: readonly AlarmJournalEntry[] }>().to(
    z.strictObject({ alarmId: z.string().max(200).optional(), limit: z.int().min(1).max(500) }),
  ),
  'alarm/acknowledge': command({ alarmIds: ids }),
  /** The reason is asked for: whoever comes next has to understand it. */
  'alarm/shelve': command({
    alarmIds: ids,
    minutes: z.literal(SHELVE_MINUTES),
    reason: z.string().trim().min(3).max(200),
  }),
  'alarm/unshelve': command({ alarmIds: ids }),
} as const;
