/**
 * The life of one alarm as a pure state machine (ISA-18.2, clause 5.4): what the condition's coming and going, its cause and
 * the passing of time make of it. Invariants: only a condition that held for the on-delay raises it; only one that was gone for
 * the off-delay clears it; what people have seen leaves the list only when somebody acknowledged or shelved it; an acknowledgement
 * stands until the alarm is raised anew or comes back from its shelf; nothing stays shelved.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import { alarmIdOf, type Alarm, type AlarmCondition, type AlarmRule } from './alarm.ts';

/** Delays are measured by the monotonic clock, so a wall clock that is put right neither raises nor clears anything. */
export type AlarmNow = { readonly wallMs: EpochMs; readonly monotonicMs: number };

/** So many raises within so long are chatter; it is over when the condition has been gone for as long. */
export const CHATTER_RAISES = 3;
export const CHATTER_MS = 60_000;

/** No shelf is longer, so an end further away comes from a wall clock that was put back. */
export const LONGEST_SHELF_MINUTES = 480;

export type AlarmLife = {
  /** Undefined while nothing is raised. */
  readonly alarm: Alarm | undefined;
  /** Since when the condition holds without a cause that explains it. Monotonic. */
  readonly holdsSinceMs: number | undefined;
  /** Since when the condition of a raised alarm is gone. Monotonic. */
  readonly goneSinceMs: number | undefined;
  /** When it was raised within the time that chatter is judged by. Monotonic. */
  readonly raisedMs: readonly number[];
  /** Whether people have seen it since it was last normal: what was only ever explained by another need not be answered. */
  readonly wasShown: boolean;
};

/** none: nothing explains it; pending: what would is in its on-delay; otherwise the id of the active alarm that does. */
export type Explanation = 'none' | 'pending' | { readonly alarmId: string };

export type AlarmMove = 'raised' | 'cleared' | 'returned';

export const UNBORN: AlarmLife = {
  alarm: undefined,
  holdsSinceMs: undefined,
  goneSinceMs: undefined,
  raisedMs: [],
  wasShown: false,
};

/** A life as it is found in the store after a restart: the monotonic clock of the earlier run means nothing now. */
export function resumeLife(alarm: Alarm, wasShown: boolean): AlarmLife {
  return { ...UNBORN, alarm, wasShown };
}

export function isActive(alarm: Pick<Alarm, 'state'>): boolean {
  return alarm.state === 'active-unacknowledged' || alarm.state === 'active-acknowledged';
}

/** Nothing is left that a later step would need. */
export function isOver(life: AlarmLife, now: AlarmNow): boolean {
  const last = life.raisedMs.at(-1);
  const isQuiet = last === undefined || now.monotonicMs - last > CHATTER_MS;
  return life.alarm === undefined && life.holdsSinceMs === undefined && isQuiet;
}

/** @param condition undefined when the noun says that all is well */
export function stepLife(
  life: AlarmLife,
  rule: AlarmRule,
  condition: AlarmCondition | undefined,
  explanation: Explanation,
  now: AlarmNow,
): { readonly life: AlarmLife; readonly moves: readonly AlarmMove[] } {
  const returned = endShelf(life, now);
  const next =
    condition === undefined
      ? withoutCondition(returned.life, rule, now)
      : withCondition(returned.life, rule, condition, explanation, now);
  return { life: next.life, moves: [...returned.moves, ...next.moves] };
}

type Step = { readonly life: AlarmLife; readonly moves: readonly AlarmMove[] };

function endShelf(life: AlarmLife, now: AlarmNow): Step {
  const { alarm } = life;
  if (alarm?.shelved === undefined) return { life, moves: [] };
  const leftMs = alarm.shelved.untilMs - now.wallMs;
  if (leftMs > 0 && leftMs <= LONGEST_SHELF_MINUTES * 60_000) return { life, moves: [] };
  if (!isActive(alarm)) return { life: normal(life), moves: ['returned'] };
  const returned: Alarm = { ...alarm, shelved: undefined, state: 'active-unacknowledged', acknowledged: undefined };
  return { life: { ...life, alarm: returned }, moves: ['returned'] };
}

function withCondition(
  life: AlarmLife,
  rule: AlarmRule,
  condition: AlarmCondition,
  explanation: Explanation,
  now: AlarmNow,
): Step {
  const { alarm } = life;
  const holdsSinceMs = life.holdsSinceMs ?? now.monotonicMs;
  const hasHeld = now.monotonicMs - holdsSinceMs >= rule.onDelayMs;
  const explainedBy = typeof explanation === 'object' ? explanation.alarmId : undefined;
  if (alarm === undefined || !isActive(alarm)) {
    const waiting = { ...life, holdsSinceMs };
    if (!hasHeld || explanation === 'pending') return { life: waiting, moves: [] };
    return raise(waiting, rule, condition, explainedBy, now);
  }
  const told = retell(alarm, rule, condition);
  if (explainedBy !== undefined) {
    const suppressed = told.suppressedBy === explainedBy ? told : { ...told, suppressedBy: explainedBy };
    // Its own delay begins again when the cause is gone: a meter is not silent because its line has only just come back.
    return { life: { ...life, alarm: suppressed, holdsSinceMs: now.monotonicMs, goneSinceMs: undefined }, moves: [] };
  }
  if (told.suppressedBy === undefined || !hasHeld)
    return { life: { ...life, alarm: told, holdsSinceMs, goneSinceMs: undefined }, moves: [] };
  const shown = { ...life, alarm: { ...told, suppressedBy: undefined }, holdsSinceMs, goneSinceMs: undefined };
  return { life: { ...shown, wasShown: true }, moves: life.wasShown ? [] : ['raised'] };
}

function withoutCondition(life: AlarmLife, rule: AlarmRule, now: AlarmNow): Step {
  const { alarm } = life;
  const goneSinceMs = life.goneSinceMs ?? now.monotonicMs;
  const gone: AlarmLife = { ...life, holdsSinceMs: undefined, goneSinceMs };
  if (alarm === undefined || !isActive(alarm)) return { life: { ...gone, goneSinceMs: undefined }, moves: [] };
  const quietMs = Math.max(rule.offDelayMs, alarm.isChattering ? CHATTER_MS : 0);
  if (now.monotonicMs - goneSinceMs < quietMs) return { life: gone, moves: [] };
  const moves = life.wasShown ? (['cleared'] as const) : [];
  const isAnswered = alarm.acknowledged !== undefined || !life.wasShown;
  if (isAnswered && alarm.shelved === undefined) return { life: normal(life), moves };
  const cleared: Alarm = {
    ...alarm,
    // Whoever shelved it has seen it, so it owes nothing more; the shelf itself stays until its end.
    state: alarm.shelved === undefined ? 'cleared-unacknowledged' : 'cleared-acknowledged',
    clearedAtMs: now.wallMs,
    isChattering: false,
    suppressedBy: undefined,
  };
  return { life: { ...gone, goneSinceMs: undefined, alarm: cleared }, moves };
}

function raise(
  life: AlarmLife,
  rule: AlarmRule,
  condition: AlarmCondition,
  suppressedBy: string | undefined,
  now: AlarmNow,
): Step {
  const before = life.alarm;
  const raisedMs = [...life.raisedMs.filter((atMs) => now.monotonicMs - atMs <= CHATTER_MS), now.monotonicMs].slice(
    -CHATTER_RAISES,
  );
  const alarm: Alarm = {
    id: alarmIdOf(condition),
    ...wordsOf(rule, condition),
    state: 'active-unacknowledged',
    raisedAtMs: now.wallMs,
    clearedAtMs: undefined,
    acknowledged: undefined,
    shelved: before?.shelved,
    suppressedBy,
    isChattering: raisedMs.length >= CHATTER_RAISES,
    raisedCount: (before?.raisedCount ?? 0) + 1,
  };
  const wasShown = life.wasShown || suppressedBy === undefined;
  const raised = { ...life, alarm, raisedMs, goneSinceMs: undefined, wasShown };
  return { life: raised, moves: suppressedBy === undefined ? ['raised'] : [] };
}

/** The alarm leaves the list; when it was raised is remembered for chatter. */
export function normal(life: AlarmLife): AlarmLife {
  return { ...UNBORN, raisedMs: life.raisedMs };
}

function wordsOf(rule: AlarmRule, condition: AlarmCondition) {
  const { name, noun, title, response, consequence, priority } = rule;
  const { subject, subjectName, depotId, sentence, link } = condition;
  return { rule: name, noun, title, response, consequence, priority, subject, subjectName, depotId, sentence, link };
}

/** The same object when nothing that people read has changed. */
function retell(alarm: Alarm, rule: AlarmRule, condition: AlarmCondition): Alarm {
  const words = wordsOf(rule, condition);
  const isSame = (Object.keys(words) as (keyof typeof words)[]).every((field) => alarm[field] === words[field]);
  return isSame ? alarm : { ...alarm, ...words };
}
