/** What a question's asker is told of how its exchange ended, and what whoever counts faults is. */
import { accept, type Result } from '../../../shared/kernel/result.ts';
import type { RegisterAnswer, RegisterQuestion, RtuEvent, RtuFailure } from './rtu-question.ts';
import type { ExchangeEnd } from './run-exchange.ts';
import { sayExcepted, saySpoiled, sayTimedOut } from './say-failure.ts';

export type Outcome = Result<RegisterAnswer, RtuFailure>;

/** `isDoubtful`: an exception may be an earlier question's, so that it is no answer to this one. */
export function judgeExchange(
  { unitAddress, neededCount, timeoutMs }: RegisterQuestion,
  how: ExchangeEnd,
  { isDoubtful, heardAtMonotonicMs }: { readonly isDoubtful: boolean; readonly heardAtMonotonicMs: number },
): Outcome {
  switch (how.kind) {
    case 'answered':
      return accept({ registers: how.data.slice(0, neededCount * 2), heardAtMonotonicMs });
    case 'excepted':
      return isDoubtful ? saySpoiled(unitAddress, 'doubtful-exception') : sayExcepted(unitAddress, how.exceptionCode);
    case 'spoiled':
      return saySpoiled(unitAddress, how.why);
    case 'timed-out':
      return sayTimedOut(unitAddress, timeoutMs);
  }
}

export function faultEvent({ unitAddress }: RegisterQuestion, how: ExchangeEnd): RtuEvent | undefined {
  if (how.kind !== 'spoiled') return undefined;
  if (how.why === 'wrong-crc') return { kind: 'crc-error', unitAddress };
  return how.why === 'cut-short' ? { kind: 'short-frame', unitAddress } : undefined;
}
