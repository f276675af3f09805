/** One alarm through its life: delays, acknowledgement, shelf, chatter, and any order of all of them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlarmCondition, AlarmRule } from '../../../../../src/shared/domain/alarm/alarm.ts';
import {
  isActive,
  isOver,
  LONGEST_SHELF_MINUTES,
  normal,
  stepLife,
  UNBORN,
  type AlarmLife,
} from '../../../../../src/shared/domain/alarm/alarm-life.ts';
import { acknowledgeAlarm, shelveAlarm, unshelveAlarm } from '../../../../../src/shared/domain/alarm/operate-alarm.ts';
import { madeCondition, madeRule } from '../../../../support/made-alarm.ts';

/** A life and the time it is lived in; the wall clock stands an hour ahead of the monotonic one. */
function live(rule: AlarmRule) {
  let life: AlarmLife = UNBORN;
  let atMs = 0;
  const moves: string[] = [];
  return {
    alarm: () => life.alarm,
    moves,
    after: (ms: number, condition: AlarmCondition | undefined) => {
      atMs += ms;
      const step = stepLife(life, rule, condition, 'none', { monotonicMs: atMs, wallMs: atMs + 3_600_000 });
      life = step.life;
      moves.push(...step.moves);
      return life.alarm;
    },
    acknowledge: () => {
      const { alarm } = life;
      if (alarm === undefined) return;
      const after = acknowledgeAlarm(alarm, { atMs: atMs + 3_600_000, operator: 'A. Operator' });
      life = after === undefined ? normal(life) : { ...life, alarm: after };
    },
    shelve: (minutes: number) => {
      const { alarm } = life;
      if (alarm === undefined) return;
      const deed = { atMs: atMs + 3_600_000, operator: 'A. Operator' };
      life = { ...life, alarm: shelveAlarm(alarm, deed, minutes, 'being seen to') };
    },
    unshelve: () => {
      const { alarm } = life;
      if (alarm === undefined) return;
      const after = unshelveAlarm(alarm);
      life = after === undefined ? normal(life) : { ...life, alarm: after };
    },
    isOver: () => isOver(life, { monotonicMs: atMs, wallMs: atMs + 3_600_000 }),
  };
}

describe('delays', () => {
  test('a condition that does not hold for the on-delay raises nothing', () => {
    const life = live(madeRule({ onDelayMs: 30_000 }));
    life.after(0, madeCondition());
    life.after(29_999, madeCondition());
    expect(life.alarm()).toBeUndefined();
    life.after(0, undefined);
    life.after(1, madeCondition());
    expect(life.after(29_999, madeCondition())).toBeUndefined();
    expect(life.after(1, madeCondition())?.state).toBe('active-unacknowledged');
  });

  test('a condition that comes back within the off-delay clears nothing', () => {
    const life = live(madeRule({ offDelayMs: 5_000 }));
    life.after(0, madeCondition());
    life.after(1_000, undefined);
    life.after(4_000, madeCondition());
    life.after(0, undefined);
    expect(life.after(4_999, undefined)?.state).toBe('active-unacknowledged');
    expect(life.after(1, undefined)?.state).toBe('cleared-unacknowledged');
    expect(life.moves).toEqual(['raised', 'cleared']);
  });
});

describe('acknowledgement', () => {
  test('acknowledged and then over leaves the list; over and then acknowledged does too', () => {
    const first = live(madeRule());
    first.after(0, madeCondition());
    first.acknowledge();
    expect(first.alarm()?.acknowledged).toEqual({ atMs: 3_600_000, operator: 'A. Operator' });
    expect(first.after(1, undefined)).toBeUndefined();
    const second = live(madeRule());
    second.after(0, madeCondition());
    expect(second.after(1, undefined)?.clearedAtMs).toBe(3_600_001);
    second.acknowledge();
    expect(second.alarm()).toBeUndefined();
  });

  test('raised anew before anybody acknowledged it, it counts how often', () => {
    const life = live(madeRule());
    life.after(0, madeCondition());
    life.after(100_000, undefined);
    const again = life.after(100_000, madeCondition());
    expect(again).toMatchObject({ state: 'active-unacknowledged', raisedCount: 2, clearedAtMs: undefined });
  });
});

describe('the shelf', () => {
  test('at its end an alarm that is still so asks again', () => {
    const life = live(madeRule());
    life.after(0, madeCondition());
    life.acknowledge();
    life.shelve(15);
    expect(life.after(15 * 60_000 - 1, madeCondition())?.shelved).toBeDefined();
    expect(life.after(1, madeCondition())).toMatchObject({
      shelved: undefined,
      state: 'active-unacknowledged',
      acknowledged: undefined,
    });
    expect(life.moves).toEqual(['raised', 'returned']);
  });

  test('what goes and comes back while it is shelved stays quiet, and leaves at the end if it is over', () => {
    const life = live(madeRule());
    life.after(0, madeCondition());
    life.shelve(60);
    expect(life.after(100_000, undefined)).toMatchObject({ state: 'cleared-acknowledged' });
    expect(life.after(100_000, madeCondition())?.shelved).toBeDefined();
    life.after(100_000, undefined);
    expect(life.after(60 * 60_000, undefined)).toBeUndefined();
  });

  test('taking it off undoes the shelf and nothing else', () => {
    const life = live(madeRule());
    life.after(0, madeCondition());
    life.acknowledge();
    const before = life.alarm();
    life.shelve(480);
    life.unshelve();
    expect(life.alarm()).toEqual(before);
  });

  test('a wall clock that was put back does not lengthen it', () => {
    const life = live(madeRule());
    life.after(0, madeCondition());
    life.shelve(LONGEST_SHELF_MINUTES);
    expect(life.after(-1, madeCondition())?.shelved).toBeUndefined();
  });
});

test('three raises in a minute are chatter: it then stands until it was quiet for a minute', () => {
  const life = live(madeRule());
  for (let raise = 0; raise < 3; raise++) {
    life.after(5_000, madeCondition());
    life.acknowledge();
    if (raise < 2) life.after(5_000, undefined);
  }
  expect(life.alarm()?.isChattering).toBe(true);
  life.after(5_000, undefined);
  life.after(30_000, madeCondition());
  life.after(1_000, undefined);
  expect(life.after(59_999, undefined)).toMatchObject({ state: 'active-acknowledged', isChattering: true });
  expect(life.after(1, undefined)).toBeUndefined();
});

test('an alarm that another explains is never put before anybody, and when its cause is gone it gets its time to recover', () => {
  const rule = madeRule({ onDelayMs: 10_000 });
  const condition = madeCondition();
  const step = (life: AlarmLife, atMs: number, told: AlarmCondition | undefined, alarmId?: string) =>
    stepLife(life, rule, told, alarmId === undefined ? 'none' : { alarmId }, { monotonicMs: atMs, wallMs: atMs });
  let { life } = step(UNBORN, 0, condition, 'c/1');
  const raised = step(life, 10_000, condition, 'c/1');
  expect(raised.moves).toEqual([]);
  expect(raised.life.alarm?.suppressedBy).toBe('c/1');
  life = step(raised.life, 60_000, condition, 'c/1').life;
  life = step(life, 69_999, condition).life;
  expect(life.alarm?.suppressedBy).toBe('c/1');
  expect(step(life, 69_999, undefined).life.alarm).toBeUndefined();
  const shown = step(life, 70_000, condition);
  expect(shown.moves).toEqual(['raised']);
  expect(shown.life.alarm?.suppressedBy).toBeUndefined();
});

type Act = { readonly kind: 'holds' | 'gone' | 'acknowledge' | 'shelve' | 'unshelve'; readonly ms: number };

/** Which of the promises one life breaks. */
function findBreaches(acts: readonly Act[]): string[] {
  const breaches: string[] = [];
  const claim = (holds: boolean, what: string): void => {
    if (!holds) breaches.push(what);
  };
  const life = live(madeRule({ onDelayMs: 10_000, offDelayMs: 5_000 }));
  let wallMs = 3_600_000;
  for (const act of acts) {
    const before = life.alarm();
    const isStep = act.kind === 'holds' || act.kind === 'gone';
    if (isStep) {
      wallMs += act.ms;
      life.after(act.ms, act.kind === 'holds' ? madeCondition() : undefined);
    } else if (act.kind === 'shelve') life.shelve(15);
    else life[act.kind]();
    const alarm = life.alarm();
    if (isStep && before !== undefined) {
      const isAnswered = before.acknowledged !== undefined || before.shelved !== undefined;
      claim(alarm !== undefined || isAnswered, 'an alarm left the list and nobody had answered it');
      const isAsking = alarm !== undefined && alarm.acknowledged === undefined;
      const hasReason = before.shelved !== undefined || (alarm?.raisedCount ?? 0) > before.raisedCount;
      claim(before.acknowledged === undefined || !isAsking || hasReason, 'an acknowledgement was lost');
    }
    if (alarm === undefined) continue;
    const leftMs = (alarm.shelved?.untilMs ?? wallMs + 1) - wallMs;
    claim((!isStep || leftMs > 0) && leftMs <= 15 * 60_000, 'a shelf outlasted its end');
    claim((alarm.clearedAtMs === undefined) === isActive(alarm), 'it is over, and does not say since when');
    claim(alarm.state !== 'cleared-acknowledged' || alarm.shelved !== undefined, 'it is normal and still in the list');
    const isAcknowledged = alarm.acknowledged !== undefined;
    claim(!isActive(alarm) || isAcknowledged === (alarm.state === 'active-acknowledged'), 'state and record differ');
  }
  let open = 0;
  for (const move of life.moves) {
    open += move === 'raised' ? 1 : move === 'cleared' ? -1 : 0;
    claim(open === 0 || open === 1, 'it was raised twice without having been over');
  }
  return breaches;
}

test('whatever happens in whatever order: only lawful moves, and nothing acknowledged, shelved or unseen is lost', () => {
  const acts = fc.array(
    fc.record<Act>({
      kind: fc.constantFrom('holds', 'gone', 'acknowledge', 'shelve', 'unshelve'),
      ms: fc.integer({ min: 0, max: 400_000 }),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(acts, (list) => {
      expect(findBreaches(list)).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
