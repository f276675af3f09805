/** Properties of the decision, then a model of console, wire and marketplace run through random disconnects and crashes. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  blocksItsOrder,
  decideCommand,
  isOpenState,
  RESULT_OVERDUE,
  TAKEN_THEN_FORGOTTEN,
  type CommandEvent,
  type CommandFacts,
  type CommandResult,
  type OutboxState,
  type Response,
} from '../../../../src/main/outbox/decide-command.ts';
import { chooseSeed, seededRandom } from '../../../support/seeded-random.ts';
import { printFigures } from '../../../support/print-figures.ts';

const fresh: CommandFacts = {
  state: 'queued',
  reason: undefined,
  expiresAtMs: 1000,
  resultDueAtMs: undefined,
  attempts: 0,
};

const anyResponse: fc.Arbitrary<Response> = fc.oneof(
  fc.record({ verdict: fc.constant('accepted' as const), resultTimeoutMs: fc.integer({ min: 0, max: 500 }) }),
  fc.record({ verdict: fc.constant('refused' as const), reason: fc.constant('no') }),
);
const anyResult: fc.Arbitrary<CommandResult> = fc.oneof(
  fc.constant({ verdict: 'done' as const }),
  fc.record({ verdict: fc.constantFrom('refused' as const, 'unclear' as const), reason: fc.constant('because') }),
);
const anyEvent: fc.Arbitrary<CommandEvent> = fc.oneof(
  fc.constantFrom<CommandEvent>(
    { type: 'tick' },
    { type: 'turn' },
    { type: 'not-sent' },
    { type: 'status-unknown' },
    { type: 'answer-lost', reason: 'lost' },
  ),
  anyResponse.map((response) => ({ type: 'answered' as const, response })),
  anyResult.map((result) => ({ type: 'result' as const, result })),
  fc.record({
    type: fc.constant('status-known' as const),
    response: fc.option(anyResponse, { nil: undefined }),
    result: fc.option(anyResult, { nil: undefined }),
  }),
);
const anyHistory = fc.array(fc.tuple(anyEvent, fc.integer({ min: 0, max: 200 })), { maxLength: 40 });

function walk(
  history: readonly (readonly [CommandEvent, number])[],
  look: (before: CommandFacts, event: CommandEvent, after: CommandFacts, nowMs: number) => void,
): void {
  let command = fresh;
  let nowMs = 0;
  for (const [event, passedMs] of history) {
    nowMs += passedMs;
    const after = decideCommand(command, event, nowMs);
    look(command, event, after, nowMs);
    command = after;
  }
}

type Property = (before: CommandFacts, event: CommandEvent, after: CommandFacts, nowMs: number) => boolean;
const PROPERTIES: readonly (readonly [string, Property])[] = [
  [
    'done and refused never change',
    (before, _event, after) => (before.state !== 'done' && before.state !== 'refused') || after === before,
  ],
  [
    'nothing is sent after its expiry',
    (before, event, after, nowMs) =>
      event.type !== 'turn' || after.state !== 'sent' || before.state === 'sent' || nowMs < 1000,
  ],
  [
    'it goes back to the queue only when it certainly is not there',
    (before, event, after) =>
      before.state === 'queued' ||
      after.state !== 'queued' ||
      event.type === 'not-sent' ||
      event.type === 'status-unknown',
  ],
  [
    'what was taken is never sent again',
    (before, _event, after) => before.resultDueAtMs === undefined || after.attempts === before.attempts,
  ],
  [
    'what never left the console has no outcome but expiry',
    (before, _event, after) =>
      before.attempts > 0 || after.attempts > 0 || after.state === 'queued' || after.state === 'expired',
  ],
  [
    'the same event twice is the same as once, but for a turn',
    (before, event, after, nowMs) =>
      event.type === 'turn' ||
      event.type === 'not-sent' ||
      (after.state !== before.state && (after.state === 'queued' || after.state === 'expired')) ||
      JSON.stringify(decideCommand(after, event, nowMs)) === JSON.stringify(after),
  ],
  [
    'refused, unknown and expired say why',
    (_before, _event, after) => !['refused', 'unknown', 'expired'].includes(after.state) || Boolean(after.reason),
  ],
];

describe('whatever happens to a command', () => {
  test.for(PROPERTIES)('%s', ([, holds]) => {
    const broken: unknown[] = [];
    const look: Parameters<typeof walk>[1] = (before, event, after, nowMs) => {
      if (!holds(before, event, after, nowMs)) broken.push({ before, event, after, nowMs });
    };
    fc.assert(
      fc.property(anyHistory, (history) => {
        walk(history, look);
        return broken.length === 0;
      }),
      { numRuns: 3000 },
    );
    expect(broken).toEqual([]);
  });
});

describe('known cases', () => {
  const sent = decideCommand(fresh, { type: 'turn' }, 10);
  const taken = decideCommand(sent, { type: 'answered', response: { verdict: 'accepted', resultTimeoutMs: 100 } }, 20);

  test('an overdue result makes it unknown, and a late one still settles it', () => {
    const overdue = decideCommand(taken, { type: 'tick' }, 120);
    expect(overdue).toMatchObject({ state: 'unknown', reason: RESULT_OVERDUE });
    expect(decideCommand(overdue, { type: 'result', result: { verdict: 'done' } }, 9_000).state).toBe('done');
  });
  test('a marketplace that forgets what it took is not sent it again', () => {
    expect(decideCommand(taken, { type: 'status-unknown' }, 30)).toMatchObject({
      state: 'unknown',
      reason: TAKEN_THEN_FORGOTTEN,
    });
  });
  test('a lost command is queued again in time and expires afterwards', () => {
    const lost = decideCommand(sent, { type: 'answer-lost', reason: 'lost' }, 20);
    expect(decideCommand(lost, { type: 'status-unknown' }, 30).state).toBe('queued');
    expect(decideCommand(lost, { type: 'status-unknown' }, 1000).state).toBe('expired');
  });
  test('an expired command that did arrive after all says so', () => {
    const lost = decideCommand(sent, { type: 'answer-lost', reason: 'lost' }, 20);
    const expired = decideCommand(lost, { type: 'status-unknown' }, 1000);
    expect(decideCommand(expired, { type: 'result', result: { verdict: 'done' } }, 1100).state).toBe('done');
  });
  test('an unanswered command holds back those behind it until it can no longer be sent', () => {
    const lost = decideCommand(sent, { type: 'answer-lost', reason: 'lost' }, 20);
    expect([blocksItsOrder(fresh, 0), blocksItsOrder(sent, 0), blocksItsOrder(lost, 999)]).toEqual([true, true, true]);
    expect([blocksItsOrder(taken, 0), blocksItsOrder(lost, 1000)]).toEqual([false, false]);
  });
});

/**
 * The model: a durable row, a sender whose messages and answers may be lost, late or doubled, a marketplace that keeps
 * its promise about ids, and a console that may die between any two steps. `bug` plants a wrong decision.
 */
type Bug = 'resends-blindly' | 'sends-after-expiry' | 'forgets-late-results' | 'new-id' | undefined;

function runModel(
  steps: number,
  seed: number,
  bug: Bug,
): { commands: number; states: Record<string, number>; faults: string[] } {
  const random = seededRandom(seed);
  const chance = (share: number): boolean => random() < share;
  const faults: string[] = [];
  const states: Record<string, number> = {};
  let commands = 0;
  let left = steps;
  let nowMs = 0;

  while (left > 0) {
    commands += 1;
    const bornMs = nowMs;
    let row: CommandFacts = { ...fresh, expiresAtMs: bornMs + 1000 };
    const server = { taken: new Map<number, { effects: number; doneAtMs: number; ok: boolean }>() };
    const lateResults: { atMs: number; verdict: CommandResult }[] = [];
    let wireId = 0;
    let outageEndsMs = chance(0.1) ? nowMs + random() * 2500 : 0;
    let inFlight: { answer: Response | undefined } | undefined;
    const effects = (): number => [...server.taken.values()].reduce((sum, one) => sum + one.effects, 0);

    function arrive(): Response {
      if (bug === 'new-id') wireId += 1;
      const known = server.taken.get(wireId);
      if (known === undefined) {
        if (nowMs >= row.expiresAtMs) {
          if (bug === 'sends-after-expiry') faults.push('arrived after its expiry');
          server.taken.set(wireId, { effects: 0, doneAtMs: Infinity, ok: false });
          return { verdict: 'refused', reason: 'too late' };
        }
        const ok = chance(0.9);
        server.taken.set(wireId, { effects: ok ? 1 : 0, doneAtMs: nowMs, ok });
        lateResults.push({
          atMs: nowMs + random() * 400,
          verdict: ok ? { verdict: 'done' } : { verdict: 'refused', reason: 'occupied' },
        });
      }
      return { verdict: 'accepted', resultTimeoutMs: 200 };
    }

    for (let step = 0; step < 400 && left > 0; step++) {
      left -= 1;
      nowMs += random() * 60;
      const calm = step > 300;
      if (!calm && chance(0.05)) inFlight = undefined; // The process died; what was in flight is nobody's any more.
      if (row.state === 'sent' && inFlight === undefined)
        row = decideCommand(row, { type: 'answer-lost', reason: 'cut off' }, nowMs);
      if (bug !== 'sends-after-expiry' || row.state !== 'queued') row = decideCommand(row, { type: 'tick' }, nowMs);
      const due = lateResults.filter((result) => result.atMs <= nowMs);
      for (const result of due)
        if (bug !== 'forgets-late-results' || row.state !== 'unknown')
          row = decideCommand(row, { type: 'result', result: result.verdict }, nowMs);
      if (!calm && chance(0.03)) outageEndsMs = nowMs + random() * 2500;
      const up = calm || (nowMs >= outageEndsMs && chance(0.85));
      if (!up) {
        if (inFlight !== undefined) {
          inFlight = undefined;
          row = decideCommand(row, { type: 'answer-lost', reason: 'disconnected' }, nowMs);
        }
        continue;
      }
      if (inFlight !== undefined) {
        const { answer } = inFlight;
        inFlight = undefined;
        row =
          answer === undefined
            ? decideCommand(row, { type: 'answer-lost', reason: 'timeout' }, nowMs)
            : decideCommand(row, { type: 'answered', response: answer }, nowMs);
        continue;
      }
      if (row.state === 'queued') {
        const before = row;
        row = decideCommand(row, { type: 'turn' }, nowMs);
        if (bug === 'sends-after-expiry' && row.state === 'expired')
          row = { ...before, state: 'sent', attempts: before.attempts + 1 };
        if (row.state !== 'sent') continue;
        if (!calm && chance(0.05)) {
          row = decideCommand(row, { type: 'not-sent' }, nowMs);
          continue;
        }
        const answer = chance(calm ? 1 : 0.8) ? arrive() : undefined;
        inFlight = { answer: calm || chance(0.8) ? answer : undefined };
        continue;
      }
      if (row.state === 'unknown' && chance(0.6)) {
        if (bug === 'resends-blindly' || bug === 'new-id') {
          if (row.resultDueAtMs === undefined) row = { ...row, state: 'queued' };
          continue;
        }
        const known = server.taken.get(wireId);
        if (known === undefined) row = decideCommand(row, { type: 'status-unknown' }, nowMs);
        else {
          const response: Response =
            known.doneAtMs === Infinity
              ? { verdict: 'refused', reason: 'too late' }
              : { verdict: 'accepted', resultTimeoutMs: 200 };
          const result: CommandResult | undefined =
            known.doneAtMs === Infinity ||
            lateResults.some((late) => late.atMs > nowMs) ||
            (bug === 'forgets-late-results' && chance(0.99))
              ? undefined
              : known.ok
                ? { verdict: 'done' }
                : { verdict: 'refused', reason: 'occupied' };
          row = decideCommand(row, { type: 'status-known', response, result }, nowMs);
        }
      }
      if (!isOpenState(row.state) && lateResults.every((late) => late.atMs <= nowMs)) break;
    }
    states[row.state] = (states[row.state] ?? 0) + 1;
    if (left <= 0 && isOpenState(row.state)) break;
    judge(row.state, effects(), faults);
    nowMs += 1000;
  }
  return { commands, states, faults };
}

function judge(state: OutboxState, effects: number, faults: string[]): void {
  if (effects > 1) faults.push(`took effect ${effects} times`);
  if (isOpenState(state)) faults.push(`still ${state} long after everything calmed down`);
  if (state === 'done' && effects !== 1) faults.push(`done, but took effect ${effects} times`);
  if ((state === 'refused' || state === 'expired') && effects !== 0) faults.push(`${state}, but took effect`);
}

describe('the model', () => {
  const seed = chooseSeed();
  const steps = process.env['SWITCHYARD_LONG'] === '1' ? 10_000_000 : 300_000;

  test('takes effect exactly once, whatever breaks', () => {
    const { commands, states, faults } = runModel(steps, seed, undefined);
    printFigures('model', { seed, steps, commands, states });
    expect(faults, `seed ${seed}`).toEqual([]);
    expect(commands).toBeGreaterThan(1000);
  });

  test.for(['sends-after-expiry', 'forgets-late-results', 'new-id'] as const)(
    'the planted bug “%s” is caught',
    (bug) => {
      expect(runModel(100_000, seed, bug).faults.length, `seed ${seed}`).toBeGreaterThan(0);
    },
  );

  test('even a blind resend cannot double the effect, as long as the id stays', () => {
    expect(runModel(100_000, seed, 'resends-blindly').faults.filter((fault) => fault.includes('times'))).toEqual([]);
  });
});
