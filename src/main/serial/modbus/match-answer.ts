/**
 * Judges what was heard since a question was sent. An answer must be the first thing heard, save an echo of our own
 * question (two-wire adapters hear themselves) and a few stray bytes: what else comes first shows that somebody else is
 * speaking, and then the bytes that fit may be theirs too.
 *
 * An exact copy of our question is taken for its echo, even should another master have asked the very same: the registers
 * are the same, then.
 */
import { hasValidCrc } from './crc16.ts';

export type AwaitedAnswer = {
  readonly question: Uint8Array;
  readonly unitAddress: number;
  readonly functionCode: number;
  readonly registerCount: number;
};

/** Where the frame lies in what was heard. */
type Place = { readonly start: number; readonly end: number };

export type Match =
  | ({ readonly kind: 'answer'; readonly data: Uint8Array } & Place)
  | ({ readonly kind: 'exception'; readonly exceptionCode: number } & Place)
  /** It may still come; `begun` says that its address and function were heard. */
  | { readonly kind: 'waiting'; readonly begun: boolean }
  /** It can come no more. `wrongCrc` says that a whole frame with the right head was there. */
  | { readonly kind: 'spoiled'; readonly wrongCrc: boolean };

export function answerLength(registerCount: number): number {
  return 5 + 2 * registerCount;
}

export type Echo = { readonly start: number; readonly end: number };

/** Where our own question was heard, first or behind a few stray bytes, and as a whole. */
export function findEcho(heard: Uint8Array, question: Uint8Array, strayBytesAllowed: number): Echo | undefined {
  for (let start = 0; start <= strayBytesAllowed && start + question.length <= heard.length; start += 1) {
    if (question.every((byte, at) => heard[start + at] === byte)) return { start, end: start + question.length };
  }
  return undefined;
}

export function matchAnswer(heard: Uint8Array, awaited: AwaitedAnswer, strayBytesAllowed: number): Match {
  const echo = findEcho(heard, awaited.question, strayBytesAllowed);
  let mayCome = mayBecomeEcho(heard, awaited.question, strayBytesAllowed);
  let begun = false;
  let wrongCrc = false;
  for (const from of echo === undefined ? [0] : [0, echo.end]) {
    for (let stray = 0; stray <= strayBytesAllowed && from + stray <= heard.length; stray += 1) {
      const here = heard.subarray(from + stray);
      const found = matchHere(here, awaited);
      if (typeof found === 'object') {
        const place = { start: from + stray, end: from + stray + found.length };
        if (found.exceptionCode !== undefined)
          return { kind: 'exception', exceptionCode: found.exceptionCode, ...place };
        return { kind: 'answer', data: here.slice(3, found.length - 2), ...place };
      }
      mayCome ||= found === 'unfinished';
      begun ||= found === 'unfinished' && here.length >= 2;
      wrongCrc ||= found === 'wrong-crc';
    }
  }
  return mayCome ? { kind: 'waiting', begun } : { kind: 'spoiled', wrongCrc };
}

function mayBecomeEcho(heard: Uint8Array, question: Uint8Array, strayBytesAllowed: number): boolean {
  for (let start = 0; start <= strayBytesAllowed && start <= heard.length; start += 1) {
    const here = heard.subarray(start);
    if (here.length < question.length && here.every((byte, at) => question[at] === byte)) return true;
  }
  return false;
}

/** Whether unit, function and length of the awaited answer were heard, however damaged or short what followed. */
export function wasHeadHeard(heard: Uint8Array, awaited: AwaitedAnswer, strayBytesAllowed: number): boolean {
  const from = findEcho(heard, awaited.question, strayBytesAllowed)?.end ?? 0;
  const head = headOf(awaited);
  for (let at = from; at <= from + strayBytesAllowed && at + head.length <= heard.length; at += 1) {
    if (beginsLike(heard.subarray(at), head)) return true;
  }
  return false;
}

function headOf({ unitAddress, functionCode, registerCount }: AwaitedAnswer): number[] {
  return [unitAddress, functionCode, registerCount * 2];
}

type Here = { readonly length: number; readonly exceptionCode: number | undefined };

function matchHere(bytes: Uint8Array, awaited: AwaitedAnswer): Here | 'unfinished' | 'wrong-crc' | undefined {
  const exception = [awaited.unitAddress, awaited.functionCode + 0x80];
  if (beginsLike(bytes, exception) && bytes.length > 1) {
    if (bytes.length < 5) return 'unfinished';
    return hasValidCrc(bytes.subarray(0, 5)) ? { length: 5, exceptionCode: bytes[2] } : 'wrong-crc';
  }
  if (!beginsLike(bytes, headOf(awaited))) return undefined;
  const length = answerLength(awaited.registerCount);
  if (bytes.length < length) return 'unfinished';
  return hasValidCrc(bytes.subarray(0, length)) ? { length, exceptionCode: undefined } : 'wrong-crc';
}

/** As far as both go. */
function beginsLike(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, at) => at >= bytes.length || bytes[at] === byte);
}
