/** OCPI's answers to a command (2.2.1, 13.4) as what the outbox needs to know, each with a sentence for the operator. */
import type { CommandResult, Response } from '../outbox/decide-command.ts';
import type { WireCommandResponse, WireCommandResult } from './wire/v1/commands.ts';

const RESPONSE_REASONS = {
  REJECTED: 'The marketplace rejected it.',
  NOT_SUPPORTED: 'The charge point does not support it.',
  UNKNOWN_SESSION: 'The marketplace does not know this session.',
} as const;

const RESULT_REASONS = {
  CANCELED_RESERVATION: 'The reservation was cancelled.',
  EVSE_OCCUPIED: 'The charge point is occupied.',
  EVSE_INOPERATIVE: 'The charge point is out of order.',
  FAILED: 'The charge point tried and failed.',
  NOT_SUPPORTED: 'The charge point does not support it.',
  REJECTED: 'The charge point rejected it.',
  UNKNOWN_RESERVATION: 'The charge point does not know this reservation.',
} as const;

export function readResponse(response: WireCommandResponse): Response {
  if (response.result === 'ACCEPTED') return { verdict: 'accepted', resultTimeoutMs: response.timeout_s * 1000 };
  return { verdict: 'refused', reason: withMessage(RESPONSE_REASONS[response.result], response.message) };
}

export function readResult(result: WireCommandResult): CommandResult {
  if (result.result === 'ACCEPTED') return { verdict: 'done' };
  // The charge point did not answer the marketplace in time; it may act all the same.
  if (result.result === 'TIMEOUT')
    return {
      verdict: 'unclear',
      reason: withMessage('The charge point did not answer in time. It may or may not have happened.', result.message),
    };
  return { verdict: 'refused', reason: withMessage(RESULT_REASONS[result.result], result.message) };
}

/** The other side's own words are shown as words: one line, in quotation marks. */
function withMessage(sentence: string, message: string | undefined): string {
  const words =
    message
      ?.replaceAll(/\p{C}+/gu, ' ')
      .trim()
      .slice(0, 200) ?? '';
  return words === '' ? sentence : `${sentence} It says: “${words}”`;
}
