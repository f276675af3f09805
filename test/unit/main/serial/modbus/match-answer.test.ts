/** What may be taken for the answer to a question. */
import { describe, expect, test } from 'vitest';
import { matchAnswer } from '../../../../../src/main/serial/modbus/match-answer.ts';
import { questionBytes } from '../../../../../src/main/serial/modbus/rtu-frame.ts';
import { answerFrame, exceptionFrame } from '../../../../support/scripted-line.ts';

const question = questionBytes(1, 4, 0x30, 10);
const awaited = { question, unitAddress: 1, functionCode: 4, registerCount: 10 };
const right = answerFrame(1, 10, 7);
const judge = (...parts: ArrayLike<number>[]) =>
  matchAnswer(Uint8Array.from(parts.flatMap((part) => Array.from(part))), awaited, 3);

test.for([
  ['as it is', [], 0],
  ['behind one stray byte', [0], 1],
  ['behind three', [0xff, 0, 0xff], 3],
  ['behind a byte like its own first', [1], 1],
  ['behind two like its own first', [1, 4], 2],
  ['behind the echo of the question', question, 8],
  ['behind the echo with stray bytes before it', [0xff, 0, ...question], 10],
  ['behind the echo and three stray bytes', [...question, 0, 0, 0], 11],
] as const)('the answer %s', ([, before, start]) => {
  expect(judge(before, right, [9])).toMatchObject({ kind: 'answer', start, end: start + right.length });
  for (let length = 0; length < before.length + right.length; length += 1) {
    const part = [...before, ...right].slice(0, length);
    expect(judge(part), `${length} bytes of it`).toMatchObject({ kind: 'waiting' });
  }
});

test('an exception, which names its code', () => {
  expect(judge([0], exceptionFrame(1, 2))).toMatchObject({ kind: 'exception', exceptionCode: 2, start: 1, end: 6 });
});

describe('is not taken', () => {
  test.for([
    ['behind four stray bytes', [0, 0, 0, 0, ...right]],
    ['of another unit', [...answerFrame(2, 10, 7)]],
    ['to another function', [...answerFrame(1, 10, 7, 3)]],
    ['of another length', [...answerFrame(1, 12, 7)]],
    ['behind two echoes', [...question, ...question, ...right]],
    ['behind an echo with a wrong byte', [...question.with(7, 0), ...right]],
    ['behind the question of another master', [...questionBytes(1, 4, 0x40, 10), ...right]],
    ['behind another answer', [...answerFrame(2, 1, 7), ...right]],
  ] as const)('an answer %s', ([, heard]) => {
    expect(judge(heard)).toEqual({ kind: 'spoiled', wrongCrc: false });
  });
  test('one with a wrong byte anywhere', () => {
    for (let at = 3; at < right.length; at += 1) {
      expect(judge(right.with(at, (right[at] ?? 0) ^ 0x10))).toEqual({ kind: 'spoiled', wrongCrc: true });
    }
  });
  test('an exception with a wrong byte', () => {
    expect(judge(exceptionFrame(1, 2).with(2, 3))).toEqual({ kind: 'spoiled', wrongCrc: true });
  });
});

test('what has begun is told from what only may come', () => {
  expect(judge([0, 0])).toEqual({ kind: 'waiting', begun: false });
  expect(judge(question)).toEqual({ kind: 'waiting', begun: false });
  expect(judge(right.slice(0, 20))).toEqual({ kind: 'waiting', begun: true });
});
