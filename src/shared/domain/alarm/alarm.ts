/**
 * What an alarm is (ISA-18.2, EEMUA 191): something abnormal that an operator has to answer. What needs no answer is an event and
 * stands elsewhere. Alarms of one cause are one alarm.
 */
import type { EpochMs } from '../../kernel/instant.ts';

/** 1 at once, 2 soon, 3 in this shift. */
export type AlarmPriority = 1 | 2 | 3;

/** A rule cannot exist without what the operator is to do and what happens otherwise. */
export type AlarmRule = {
  /** `meter-silent`; unique over all nouns. */
  readonly name: string;
  /** The noun that owns it: `metering`. */
  readonly noun: string;
  readonly priority: AlarmPriority;
  /** `Meter silent` */
  readonly title: string;
  /** What to do. A sentence. */
  readonly response: string;
  /** What happens if nobody does. A sentence. */
  readonly consequence: string;
  /** The condition must hold for so long before the alarm is raised, and be gone for so long before it clears. */
  readonly onDelayMs: number;
  readonly offDelayMs: number;
};

/** One thing a rule is true of now, as its noun tells it. */
export type AlarmCondition = {
  readonly rule: string;
  /** What it is true of: a meter's id, a depot's. With the rule it names the alarm. */
  readonly subject: string;
  /** For people: `Site incomer, Bengaluru North`. */
  readonly subjectName: string;
  readonly depotId: string | undefined;
  /** What is wrong, with figures. A sentence. */
  readonly sentence: string;
  /**
   * The subject of another alarm that explains this one (meters behind a lost line have the line's): while that one is
   * active, this is suppressed.
   */
  readonly causedBy: { readonly rule: string; readonly subject: string } | undefined;
  /** Where it can be looked into: `/meters?meter=MTR-1`. */
  readonly link: string | undefined;
};

/**
 * As in ISA-18.2. A cleared and acknowledged alarm is normal and leaves the list, unless it is shelved: then it stays until its
 * shelf ends, so that what comes back meanwhile is as quiet as was asked for. Shelving and suppression lie over the state.
 */
export type AlarmState =
  | 'active-unacknowledged'
  | 'active-acknowledged'
  | 'cleared-unacknowledged'
  | 'cleared-acknowledged';

export type Alarm = {
  /** `rule/subject` */
  readonly id: string;
  readonly rule: string;
  readonly noun: string;
  readonly title: string;
  readonly response: string;
  readonly consequence: string;
  readonly priority: AlarmPriority;
  readonly subject: string;
  readonly subjectName: string;
  readonly depotId: string | undefined;
  readonly sentence: string;
  readonly link: string | undefined;
  readonly state: AlarmState;
  /** Wall clock, all of them. */
  readonly raisedAtMs: EpochMs;
  readonly clearedAtMs: EpochMs | undefined;
  readonly acknowledged: { readonly atMs: EpochMs; readonly operator: string } | undefined;
  /** Not shown among the others until then; it returns by itself. */
  readonly shelved:
    | {
        readonly untilMs: EpochMs;
        readonly operator: string;
        readonly reason: string;
      }
    | undefined;
  /** The alarm that explains this one is active. */
  readonly suppressedBy: string | undefined;
  /** It came and went three times in a minute: it stays active until it has been quiet. */
  readonly isChattering: boolean;
  /** How often it was raised since it was last normal. */
  readonly raisedCount: number;
};

/** Names the alarm: a rule is true of a subject once. */
export function alarmIdOf({ rule, subject }: { readonly rule: string; readonly subject: string }): string {
  return `${rule}/${subject}`;
}
