/**
 * The one master of a line: asks one question after the other, and takes for an answer only what can be nothing else. It
 * lives as long as the line is kept; each opening gives it a fresh source.
 *
 * Invariants: at most one question is under way; every question ends once; nothing is sent while an answer, a guard or
 * another master's exchange is under way. Which rules make a late answer harmless stands in `rtu-rules.ts`.
 */
import { assert } from '../../../shared/kernel/assert.ts';
import type { LineSource } from '../keep-line.ts';
import type { LineSettings } from '../line-address.ts';
import { REAL_LINE_CLOCK, type LineClock } from '../line-clock.ts';
import { listenUnasked } from './listen-unasked.ts';
import { createOutstandingAnswers, type OutstandingAnswer } from './outstanding-answers.ts';
import { watchQuiet } from './quiet-line.ts';
import { questionBytes } from './rtu-frame.ts';
import type { RegisterQuestion, RtuEvent, RtuMaster } from './rtu-question.ts';
import { RTU_RULES, type RtuRules } from './rtu-rules.ts';
import { runExchange, type Exchange, type ExchangeEnd } from './run-exchange.ts';
import { sayLineLost, sayQueueFull, sayResting, saySpoiled } from './say-failure.ts';
import { faultEvent, judgeExchange, type Outcome } from './judge-exchange.ts';

export type RtuMasterOptions = {
  /** A kept line: gives a fresh source after each opening. */
  readonly line: { readonly use: (take: (source: LineSource) => void) => void };
  readonly settings: LineSettings;
  readonly onEvent: (event: RtuEvent) => void;
  readonly rules?: RtuRules | undefined;
  readonly clock?: LineClock | undefined;
  /** Questions that may wait besides the one under way. */
  readonly queueLimit?: number | undefined;
};

type Waiting = {
  readonly question: RegisterQuestion;
  readonly end: (outcome: Outcome) => void;
  /** Since when it has been the next one. */
  nextSinceMs: number | undefined;
};
type Running = Waiting & { readonly registerCount: number; readonly askedAtMs: number; readonly exchange: Exchange };

const NOT_OPEN = 'The line is not open, so that nothing can be asked.';

export function createRtuMaster(options: RtuMasterOptions): RtuMaster {
  const { onEvent, rules = RTU_RULES, clock = REAL_LINE_CLOCK, queueLimit = 64 } = options;
  const { baudRate } = options.settings;
  const quiet = watchQuiet(rules, baudRate, clock);
  const outstanding = createOutstandingAnswers(rules);
  const unasked = listenUnasked({ outstanding, clock, onEvent, onForeignRequest: quiet.keepGuard });
  let source: LineSource | undefined;
  let waiting: Waiting[] = [];
  let running: Running | undefined;
  let cancelNext: (() => void) | undefined;
  let stopped = false;

  function take(fresh: LineSource): void {
    if (stopped) return;
    source = fresh;
    unasked.flush();
    quiet.keepGuard();
    fresh.listen({
      bytes: (chunk) => {
        if (source === fresh) hear(chunk);
      },
      closed: (reason) => {
        if (source === fresh) lose(reason);
      },
    });
    proceed();
  }

  function hear(chunk: Uint8Array): void {
    if (running !== undefined) {
      quiet.heardAwaited();
      running.exchange.hear(chunk);
    } else {
      hearUnasked(chunk);
      proceed();
    }
  }

  function hearUnasked(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    quiet.heardUnasked();
    unasked.hear(chunk);
  }

  function lose(reason: string): void {
    source = undefined;
    const refusal = sayLineLost(reason);
    if (running !== undefined) {
      running.exchange.drop();
      outstanding.add(whatMayCome(running));
      finish(running, refusal);
    }
    for (const one of waiting.splice(0)) one.end(refusal);
  }

  function finish(ended: Running, outcome: Outcome): void {
    running = undefined;
    ended.end(outcome);
    proceed();
  }

  /** Asks the next question as soon as it may be asked. */
  function proceed(): void {
    cancelNext?.();
    cancelNext = undefined;
    const [next] = waiting;
    if (next === undefined || running !== undefined || source === undefined) return;
    const now = clock.monotonicMs();
    next.nextSinceMs ??= now;
    if (quiet.mayAskAtMs() <= now) {
      waiting = waiting.slice(1);
      ask(next, source, now);
    } else if (now - next.nextSinceMs > quiet.patienceMs(next.question.timeoutMs)) {
      waiting = waiting.slice(1);
      next.end(saySpoiled(next.question.unitAddress, 'never-silent'));
      proceed();
    } else {
      cancelNext = clock.after(quiet.mayAskAtMs() - now, proceed);
    }
  }

  function ask(next: Waiting, to: LineSource, askedAtMs: number): void {
    const { unitAddress, functionCode, firstRegister, allowedCounts, timeoutMs } = next.question;
    unasked.flush();
    const registerCount = outstanding.chooseCount(unitAddress, allowedCounts, askedAtMs);
    if (registerCount === undefined) {
      next.end(sayResting(unitAddress));
      proceed();
      return;
    }
    const question = questionBytes(unitAddress, functionCode, firstRegister, registerCount);
    const exchange = runExchange({
      awaited: { question, unitAddress, functionCode, registerCount },
      timeoutMs,
      baudRate,
      strayBytes: rules.strayBytes,
      clock,
      onEnd: (end) => conclude(asked, end),
    });
    const asked: Running = { ...next, registerCount, askedAtMs, exchange };
    running = asked;
    to.write(question);
  }

  function conclude(ended: Running, how: ExchangeEnd): void {
    const { question } = ended;
    const now = clock.monotonicMs();
    // Two things may be an earlier answer's: an exception, which has no length to know it by, and a damaged frame.
    const isDoubtful = rules.freshLength && outstanding.isAwaited(question.unitAddress, now);
    const outcome = judgeExchange(question, how, { isDoubtful, heardAtMonotonicMs: now });
    if (outcome.ok) {
      outstanding.settleBefore(question.unitAddress, ended.askedAtMs);
    } else if (outcome.code !== 'excepted') {
      const hasCome = how.kind === 'spoiled' && how.wasHeadHeard && !isDoubtful;
      // Else it may still come, and may even be among what was heard.
      if (!hasCome) outstanding.add(whatMayCome(ended));
      quiet.keepGuard();
    }
    const fault = faultEvent(question, how);
    if (fault !== undefined) onEvent(fault);
    for (const bytes of how.unasked) hearUnasked(bytes);
    finish(ended, outcome);
  }

  options.line.use(take);
  return {
    ask: (question) => {
      assertAskable(question);
      if (stopped || source === undefined) return Promise.resolve(sayLineLost(NOT_OPEN));
      if (waiting.length >= queueLimit) return Promise.resolve(sayQueueFull(queueLimit));
      return new Promise((end) => {
        waiting.push({ question, end, nextSinceMs: undefined });
        proceed();
      });
    },
    stop: () => {
      stopped = true;
      cancelNext?.();
      if (source !== undefined) lose('The line was closed.');
    },
  };
}

/** The answer to a question we gave up: also on another opening, because the wire and the slave know nothing of ours. */
function whatMayCome({ question, registerCount, askedAtMs, exchange }: Running): OutstandingAnswer {
  const { unitAddress, functionCode } = question;
  return { unitAddress, functionCode, registerCount, askedAtMs, deadlineMs: exchange.deadlineMs };
}

function assertAskable({ neededCount, allowedCounts }: RegisterQuestion): void {
  const fits = allowedCounts.every((count) => count >= neededCount && count <= 125);
  assert(fits && allowedCounts.length > 0, 'a question names register counts that hold what is needed, at most 125');
}
