/** Frames out of a stream: nothing is lost, nothing throws, and a whole frame is found wherever it stands. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withCrc } from '../../../../../src/main/serial/modbus/crc16.ts';
import { createFrameReader, questionBytes, type RtuPiece } from '../../../../../src/main/serial/modbus/rtu-frame.ts';
import { answerFrame, exceptionFrame } from '../../../../support/scripted-line.ts';

const join = (pieces: readonly RtuPiece[]) => pieces.flatMap((piece) => [...piece.bytes]);
const frames = (pieces: readonly RtuPiece[]) =>
  pieces.flatMap((piece) => (piece.kind === 'frame' ? [piece.frame] : []));
const readAll = (...chunks: ArrayLike<number>[]) => {
  const reader = createFrameReader();
  return [...chunks.flatMap((chunk) => reader.push(Uint8Array.from(chunk))), ...reader.flush()];
};

test('a question is as the specification shows it', () => {
  expect(Buffer.from(questionBytes(1, 4, 0, 2)).toString('hex')).toBe('0104000000 0271cb'.replace(' ', ''));
  expect(Buffer.from(questionBytes(17, 3, 0x6b, 3)).toString('hex')).toBe('1103006b00037687');
});

describe('what is heard', () => {
  test('a question of another master', () => {
    expect(frames(readAll(questionBytes(7, 3, 0x5b00, 40)))).toEqual([
      { kind: 'request', unitAddress: 7, functionCode: 3, registerCount: 40 },
    ]);
  });
  test.for([
    ['one register', [7, 6, 0, 1, 0, 3], 6],
    ['several registers', [7, 16, 0, 1, 0, 2, 4, 0, 1, 0, 2], 16],
    ['the answer to that', [7, 16, 0, 1, 0, 2], 16],
  ] as const)('an order of another master: %s', ([, order, functionCode]) => {
    expect(frames(readAll(withCrc(order)))).toEqual([
      { kind: 'request', unitAddress: 7, functionCode, registerCount: undefined },
    ]);
  });
  test('an answer and an exception, one behind the other, with noise around them', () => {
    const answer = answerFrame(2, 3, 0x1234);
    const pieces = readAll([0xff, 0, 9], [...answer, ...exceptionFrame(2, 2)], [0x55]);
    expect(frames(pieces)).toEqual([
      { kind: 'answer', unitAddress: 2, functionCode: 4, data: answer.slice(3, -2) },
      { kind: 'exception', unitAddress: 2, functionCode: 4, exceptionCode: 2 },
    ]);
  });
  test('a frame cut short before a whole one', () => {
    const pieces = readAll(answerFrame(2, 80, 1).slice(0, 90), answerFrame(3, 2, 5));
    expect(frames(pieces)).toMatchObject([{ kind: 'answer', unitAddress: 3 }]);
  });
});

describe('any bytes in any pieces', () => {
  // No byte of the data is a function code, so that chance can not put a second valid frame into the first.
  const count = fc.integer({ min: 10, max: 60 });
  const value = fc.nat(0xffff).map((some) => (some & 0x5f5f) | 0x2020);
  const unit = fc.integer({ min: 0x20, max: 0x7f });
  const valid = fc.oneof(
    fc.tuple(unit, count, value).map((some) => answerFrame(...some)),
    fc.tuple(unit, fc.constantFrom(1, 2, 3, 4)).map((some) => exceptionFrame(...some)),
    fc.tuple(unit, value).map(([of, first]) => questionBytes(of, 3, first, 0x24)),
  );

  test('come out once and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), valid)), (chunks) => {
        expect(join(readAll(...chunks))).toEqual(chunks.flatMap((chunk) => [...chunk]));
      }),
    );
  });

  test('give the same frames in single bytes as at once', () => {
    fc.assert(
      fc.property(fc.array(valid, { maxLength: 6 }), (parts) => {
        const stream = parts.flatMap((part) => [...part]);
        expect(frames(readAll(...stream.map((byte) => [byte])))).toEqual(frames(readAll(stream)));
      }),
    );
  });

  test('a whole frame is found behind noise that is no frame and begins none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0xff, 0xfe, 0xf8), { maxLength: 30 }), valid, (noise, frame) => {
        const pieces = readAll(noise, frame);
        expect(pieces.at(-1)).toMatchObject({ kind: 'frame', bytes: frame });
      }),
    );
  });
});
