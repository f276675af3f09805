/**
 * All alarms at one moment: what is told, what was raised, and which of them explains which. Invariant: the outcome depends on
 * what is told and on when, never on the order in which it is told.
 */
import { alarmIdOf, type Alarm, type AlarmCondition, type AlarmRule } from './alarm.ts';
import {
  isActive,
  isOver,
  stepLife,
  UNBORN,
  type AlarmLife,
  type AlarmMove,
  type AlarmNow,
  type Explanation,
} from './alarm-life.ts';

export type AlarmBook = ReadonlyMap<string, AlarmLife>;

/** What the nouns say now, by alarm id. */
export type ToldConditions = ReadonlyMap<string, AlarmCondition>;

export type SettledMove = { readonly alarm: Alarm; readonly what: AlarmMove };

/**
 * @param rules those that have spoken since the start: of any other it is not known whether its conditions still hold, so its
 *   alarms stay as they are
 */
export function settleAlarms(
  book: AlarmBook,
  rules: ReadonlyMap<string, AlarmRule>,
  told: ToldConditions,
  now: AlarmNow,
): { readonly book: AlarmBook; readonly moves: readonly SettledMove[] } {
  const settled = new Map<string, AlarmLife>();
  const visiting = new Set<string>();
  const moves: SettledMove[] = [];

  function explain(condition: AlarmCondition | undefined): Explanation {
    if (condition?.causedBy === undefined) return 'none';
    const causeId = alarmIdOf(condition.causedBy);
    // Of those that explain each other in a circle one has to stand, or nobody would see any.
    if (visiting.has(causeId)) return 'none';
    const cause = visit(causeId);
    if (cause.alarm !== undefined && isActive(cause.alarm)) return { alarmId: causeId };
    return cause.holdsSinceMs === undefined ? 'none' : 'pending';
  }

  function visit(id: string): AlarmLife {
    const done = settled.get(id);
    if (done !== undefined) return done;
    const life = book.get(id) ?? UNBORN;
    const condition = told.get(id);
    const rule = rules.get(condition?.rule ?? life.alarm?.rule ?? '');
    if (rule === undefined) {
      settled.set(id, life);
      return life;
    }
    visiting.add(id);
    const step = stepLife(life, rule, condition, explain(condition), now);
    visiting.delete(id);
    settled.set(id, step.life);
    for (const what of step.moves) {
      const alarm = step.life.alarm ?? life.alarm;
      if (alarm !== undefined) moves.push({ alarm, what });
    }
    return step.life;
  }

  for (const id of [...new Set([...book.keys(), ...told.keys()])].sort()) visit(id);
  for (const [id, life] of settled) if (isOver(life, now)) settled.delete(id);
  return { book: settled, moves };
}
