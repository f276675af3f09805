/**
 * Which of metering's rules are true now, from the records of lines and meters that windows see too. What must be compared with
 * an earlier look (has it answered since, has another master asked since) is remembered by the monotonic clock.
 *
 * Invariant: a sentence stays the same while its condition does, so an alarm that stands is not written again and again.
 */
import type { AlarmCondition } from '../../../shared/domain/alarm/alarm.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import {
  LINE_LOST,
  METER_SILENT,
  OTHER_MASTER,
  OTHER_MASTER_HOLDS_MS,
  READING_REFUSED,
  UNANSWERED_MS,
} from './metering-rules.ts';

export type FindConditions = (
  lines: readonly LineRecord[],
  meters: readonly MeterRecord[],
  nowMonotonicMs: number,
) => { readonly [rule: string]: readonly AlarmCondition[] };

type Seen<T> = { readonly value: T; readonly atMs: number };

export function conditionFinder(): FindConditions {
  const answered = changesOf<number | undefined>();
  const foreign = changesOf<number>();
  const refusals = new Map<string, { readonly code: string; readonly message: string }>();

  /** Figures in a refusal change with every reading; the first of its kind is the one that is told. */
  function firstRefusal({ id, refusal }: MeterRecord): string | undefined {
    const known = refusals.get(id);
    if (refusal === undefined) refusals.delete(id);
    else if (known?.code !== refusal.code) refusals.set(id, refusal);
    return refusals.get(id)?.message;
  }

  return (lines, meters, nowMs) => {
    const lineOf = new Map(lines.map((line) => [line.id, line] as const));
    return {
      [LINE_LOST.name]: lines
        .filter(({ state }) => state === 'lost')
        .map((line) => aboutLine(LINE_LOST.name, line, line.reason ?? 'It cannot be opened.')),
      [OTHER_MASTER.name]: lines.flatMap((line) => {
        const { atMs, isFirst } = foreign(line.id, line.foreignRequests, nowMs);
        const hasAsked = line.foreignRequests > 0 && !isFirst && nowMs - atMs < OTHER_MASTER_HOLDS_MS;
        return hasAsked ? [aboutLine(OTHER_MASTER.name, line, 'Questions were heard that are not the console’s.')] : [];
      }),
      [METER_SILENT.name]: meters.flatMap((meter) => {
        const { atMs } = answered(meter.id, meter.health.lastAnswerAtMs, nowMs);
        const line = lineOf.get(meter.lineId);
        if (nowMs - atMs < UNANSWERED_MS || isAtRest(meter, line)) return [];
        const sentence = `It does not answer on ${line?.name ?? 'its line'}.`;
        const causedBy = { rule: LINE_LOST.name, subject: meter.lineId };
        return [{ ...aboutMeter(METER_SILENT.name, meter, sentence), causedBy }];
      }),
      [READING_REFUSED.name]: meters.flatMap((meter) => {
        const message = firstRefusal(meter);
        return message === undefined ? [] : [aboutMeter(READING_REFUSED.name, meter, message)];
      }),
    };
  };
}

/** Nothing failed and nothing is expected just now: a slow meter is read out every few minutes. */
function isAtRest({ health }: MeterRecord, line: LineRecord | undefined): boolean {
  return line?.state === 'open' && health.failuresInARow === 0 && health.lastAnswerAtMs !== undefined;
}

/** When a value was seen to change last; the first look counts as a change. */
function changesOf<T>() {
  const seen = new Map<string, Seen<T> & { readonly isFirst: boolean }>();
  return (id: string, value: T, nowMs: number) => {
    const before = seen.get(id);
    if (before !== undefined && before.value === value) return before;
    // What was counted before the first look may be an hour old.
    const now = { value, atMs: nowMs, isFirst: before === undefined };
    seen.set(id, now);
    return now;
  };
}

function aboutLine(rule: string, line: LineRecord, sentence: string): AlarmCondition {
  return {
    rule,
    subject: line.id,
    subjectName: line.name,
    depotId: line.depotId,
    sentence,
    causedBy: undefined,
    link: `/links?line=${encodeURIComponent(line.id)}`,
  };
}

function aboutMeter(rule: string, meter: MeterRecord, sentence: string): AlarmCondition {
  return {
    rule,
    subject: meter.id,
    subjectName: meter.name,
    depotId: meter.depotId,
    sentence,
    causedBy: undefined,
    link: `/meters?meter=${encodeURIComponent(meter.id)}`,
  };
}
