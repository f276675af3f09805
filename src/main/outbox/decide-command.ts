/**
 * What becomes of a stored command, as a pure function: state x event -> change. No clock, no store, no socket, so a
 * model can run it through a million crashes.
 *
 * Invariants: a command is sent again only after the other side said it does not know it; nothing is sent after its
 * expiry; `done` and `refused` never change; a state never claims more than was heard.
 */
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { assertNever } from '../../shared/kernel/assert.ts';

export type OutboxState = 'queued' | 'sent' | 'accepted' | 'done' | 'refused' | 'unknown' | 'expired';

/** What the decision needs of a stored command. All instants are wall-clock. */
export type CommandFacts = {
  readonly state: OutboxState;
  /** The sentence behind `refused`, `unknown` or `expired`. */
  readonly reason: string | undefined;
  readonly expiresAtMs: EpochMs;
  /** When the result must be there. Set once the other side said it took the command: from then on it is never resent. */
  readonly resultDueAtMs: EpochMs | undefined;
  /** How often it was marked as sent. */
  readonly attempts: number;
  /** Its operator waits for it no more and may have given another one: it is never sent again. */
  readonly setAside?: boolean;
};

export type Response =
  | { readonly verdict: 'accepted'; readonly resultTimeoutMs: number }
  | { readonly verdict: 'refused'; readonly reason: string };

/** `unclear`: the other side itself does not know whether it happened. */
export type CommandResult =
  | { readonly verdict: 'done' }
  | { readonly verdict: 'refused' | 'unclear'; readonly reason: string };

export type CommandEvent =
  /** Time has passed. */
  | { readonly type: 'tick' }
  /** The sender is free and it is this command's turn. */
  | { readonly type: 'turn' }
  /** The sender knows that nothing left the console. */
  | { readonly type: 'not-sent' }
  | { readonly type: 'answer-lost'; readonly reason: string }
  | { readonly type: 'answered'; readonly response: Response }
  | { readonly type: 'status-unknown' }
  | {
      readonly type: 'status-known';
      readonly response: Response | undefined;
      readonly result: CommandResult | undefined;
    }
  | { readonly type: 'result'; readonly result: CommandResult };

export const NOT_SENT_IN_TIME = 'It could not be sent within its time and will not be sent any more.';
export const NEVER_ARRIVED = 'It did not reach the marketplace within its time and will not be sent any more.';
export const RESULT_OVERDUE =
  'The marketplace took it, but its result did not come in time. It may or may not have happened.';
export const TAKEN_THEN_FORGOTTEN =
  'The marketplace took it and now says it does not know it. It may or may not have happened.';

/** The facts after the event; the same object when the event changes nothing. `turn` leading to `sent` is the send. */
export function decideCommand(command: CommandFacts, event: CommandEvent, nowMs: EpochMs): CommandFacts {
  if (command.state === 'done' || command.state === 'refused') return command;
  switch (event.type) {
    case 'tick':
      return decideTick(command, nowMs);
    case 'turn':
      if (command.state !== 'queued') return command;
      if (nowMs >= command.expiresAtMs) return expire(command);
      return { ...command, state: 'sent', reason: undefined, attempts: command.attempts + 1 };
    case 'not-sent':
      return command.state === 'sent' ? { ...command, state: 'queued', attempts: command.attempts - 1 } : command;
    case 'answer-lost':
      return command.state === 'sent' ? { ...command, state: 'unknown', reason: event.reason } : command;
    case 'answered':
      return mayHaveArrived(command) ? applyResponse(command, event.response, nowMs) : command;
    case 'status-unknown':
      return decideStatusUnknown(command, nowMs);
    case 'status-known': {
      if (!mayHaveArrived(command)) return command;
      const answered = event.response === undefined ? command : applyResponse(command, event.response, nowMs);
      return event.result === undefined
        ? answered
        : decideCommand(answered, { type: 'result', result: event.result }, nowMs);
    }
    case 'result':
      return mayHaveArrived(command) ? applyResult(command, event.result, nowMs) : command;
    default:
      return assertNever(event);
  }
}

/** Until its answer is known, a later command of the same order key must wait, or it could overtake this one. */
export function blocksItsOrder(command: CommandFacts, nowMs: EpochMs): boolean {
  if (command.state === 'queued' || command.state === 'sent') return true;
  return command.state === 'unknown' && command.resultDueAtMs === undefined && nowMs < command.expiresAtMs;
}

export function isOpenState(state: OutboxState): boolean {
  return state === 'queued' || state === 'sent' || state === 'accepted' || state === 'unknown';
}

function decideTick(command: CommandFacts, nowMs: EpochMs): CommandFacts {
  if (command.state === 'queued' && nowMs >= command.expiresAtMs) return expire(command);
  if (command.state === 'accepted' && command.resultDueAtMs !== undefined && nowMs >= command.resultDueAtMs)
    return { ...command, state: 'unknown', reason: RESULT_OVERDUE };
  return command;
}

function expire(command: CommandFacts): CommandFacts {
  return { ...command, state: 'expired', reason: command.attempts === 0 ? NOT_SENT_IN_TIME : NEVER_ARRIVED };
}

/** The other side promises that it never took the command: so it may go again, or is over when its time is up. */
function decideStatusUnknown(command: CommandFacts, nowMs: EpochMs): CommandFacts {
  if (command.state !== 'unknown' && command.state !== 'accepted') return command;
  if (command.resultDueAtMs !== undefined)
    return command.reason === TAKEN_THEN_FORGOTTEN
      ? command
      : { ...command, state: 'unknown', reason: TAKEN_THEN_FORGOTTEN };
  return nowMs < command.expiresAtMs && command.setAside !== true
    ? { ...command, state: 'queued', reason: undefined }
    : expire(command);
}

/** A command that never left cannot have been answered: such an answer is somebody's mistake and changes nothing. */
function mayHaveArrived(command: CommandFacts): boolean {
  return command.attempts > 0;
}

function applyResponse(command: CommandFacts, response: Response, nowMs: EpochMs): CommandFacts {
  if (response.verdict === 'refused') {
    // Once taken, only a result can say that it did not happen.
    if (command.resultDueAtMs !== undefined) return command;
    return { ...command, state: 'refused', reason: response.reason };
  }
  if (command.resultDueAtMs !== undefined) return command;
  return { ...command, state: 'accepted', reason: undefined, resultDueAtMs: nowMs + response.resultTimeoutMs };
}

function applyResult(command: CommandFacts, result: CommandResult, nowMs: EpochMs): CommandFacts {
  switch (result.verdict) {
    case 'done':
      return { ...command, state: 'done', reason: undefined };
    case 'refused':
      return { ...command, state: 'refused', reason: result.reason };
    case 'unclear':
      if (command.state === 'unknown' && command.reason === result.reason) return command;
      return { ...command, state: 'unknown', reason: result.reason, resultDueAtMs: command.resultDueAtMs ?? nowMs };
  }
}
