/** What a person reads when a question has failed: what happened, and what to look at. */
import { refuse, type Refusal } from '../../../shared/kernel/result.ts';
import type { RtuFailure } from './rtu-question.ts';
import type { ExchangeEnd } from './run-exchange.ts';

/** MODBUS Application Protocol V1.1b3, 7. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  1: 'illegal function',
  2: 'illegal data address',
  3: 'illegal data value',
  4: 'server device failure',
  5: 'acknowledge',
  6: 'server device busy',
  8: 'memory parity error',
  10: 'gateway path unavailable',
  11: 'gateway target device failed to respond',
};

export function exceptionName(exceptionCode: number): string {
  return EXCEPTIONS[exceptionCode] ?? 'unknown';
}

export function sayTimedOut(unitAddress: number, timeoutMs: number): Refusal<RtuFailure> {
  return refuse(
    'timed-out',
    `Unit ${unitAddress} did not answer within ${timeoutMs} ms: check its supply, its address and its wiring.`,
  );
}

type Spoiling = Extract<ExchangeEnd, { kind: 'spoiled' }>['why'] | 'doubtful-exception' | 'never-silent';

export function saySpoiled(unitAddress: number, why: Spoiling): Refusal<RtuFailure> {
  const what = {
    'wrong-crc': `The answer of unit ${unitAddress} was damaged (wrong CRC): check shield, termination and baud rate.`,
    'cut-short': `The answer of unit ${unitAddress} broke off: check its wiring and supply.`,
    'other-bytes': `Something else was heard where unit ${unitAddress} should answer: it is asked again; should it stay so, check for noise and other masters.`,
    'doubtful-exception': `Unit ${unitAddress} refused a question, perhaps an earlier one: it is asked again.`,
    'never-silent': `The line was never silent, so that unit ${unitAddress} was not asked: check for noise and other masters.`,
  }[why];
  return refuse('spoiled', what);
}

export function sayExcepted(unitAddress: number, exceptionCode: number): Refusal<RtuFailure> {
  return refuse(
    'excepted',
    `Unit ${unitAddress} refused the question (Modbus exception ${exceptionCode}, ${exceptionName(exceptionCode)}): check that its profile fits the meter.`,
  );
}

export function sayResting(unitAddress: number): Refusal<RtuFailure> {
  return refuse(
    'resting',
    `Unit ${unitAddress} is left alone for a while: answers to its last questions may still come, and would be mistaken for the next.`,
  );
}

export function sayLineLost(reason: string): Refusal<RtuFailure> {
  return refuse('line-lost', reason);
}

export function sayQueueFull(limit: number): Refusal<RtuFailure> {
  return refuse('queue-full', `${limit} questions wait for this line already: ask its meters less often.`);
}
