/** The master, against a line that does exactly what each of its rules is for. */
import { describe, expect, test } from 'vitest';
import { withCrc } from '../../../../../src/main/serial/modbus/crc16.ts';
import { questionBytes } from '../../../../../src/main/serial/modbus/rtu-frame.ts';
import { NAIVE_RULES, stageMaster } from '../../../../support/rtu-stage.ts';
import { answerFrame, exceptionFrame } from '../../../../support/scripted-line.ts';

describe('an answer', () => {
  test('is given with what was needed of it, whatever the length it was asked with', async () => {
    const { clock, line, master } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, 0x0102));
    const question = {
      unitAddress: 1,
      functionCode: 4,
      firstRegister: 0,
      neededCount: 2,
      allowedCounts: [5, 6, 7],
      timeoutMs: 300,
    } as const;
    const outcome = master.ask(question);
    await clock.pass(100);
    expect(await outcome).toEqual({
      ok: true,
      value: { registers: Uint8Array.from([1, 2, 1, 2]), heardAtMonotonicMs: 630 },
    });
  });

  test('may come in single bytes', async () => {
    const { clock, line, ask, events } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      [...answerFrame(1, registerCount, 7)].forEach((byte, at) => line.hear(30 + at, [byte]));
    };
    const outcomes = ask();
    await clock.pass(400);
    expect(outcomes).toEqual(['value 7']);
    expect(events).toEqual([]);
  });

  test('that has begun in time is let finish', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      const answer = answerFrame(1, registerCount, 7);
      line.hear(299, answer.slice(0, 5));
      line.hear(330, answer.slice(5));
    };
    const outcomes = ask();
    await clock.pass(400);
    expect(outcomes).toEqual(['value 7']);
  });

  test('comes behind the echo of a two-wire adapter, once', async () => {
    const { clock, line, ask, events } = await stageMaster();
    line.onSent = ({ bytes, registerCount }) => {
      line.hear(5, bytes);
      line.hear(40, answerFrame(1, registerCount, 7));
    };
    const outcomes = ask();
    await clock.pass(400);
    expect(outcomes).toEqual(['value 7']);
    expect(events).toEqual([]);
  });

  test('comes behind an echo that has noise around it: we are no other master to ourselves', async () => {
    const { clock, line, ask, seen, discarded } = await stageMaster();
    line.onSent = ({ bytes, registerCount }) => {
      line.hear(5, [0xff, ...bytes, 0xff, 0xfe]);
      if (line.sent.length > 1) line.hear(40, answerFrame(1, registerCount, 7));
    };
    const outcomes = [ask(), ask()];
    await clock.pass(2000);
    expect(outcomes).toEqual([['timed-out'], ['value 7']]);
    expect(seen('foreign-request')).toEqual([]);
    expect(discarded()).toBe(2 * 3);
  });

  test('is told from noise before and behind it, which is counted', async () => {
    const { clock, line, ask, seen, discarded } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      line.hear(30, [0, 0xff]);
      line.hear(40, [...answerFrame(1, registerCount, 7), 0xff, 0xff, 0xff]);
    };
    const outcomes = ask();
    await clock.pass(400);
    const more = ask();
    await clock.pass(400);
    expect([...outcomes, ...more]).toEqual(['value 7', 'value 7']);
    expect(discarded()).toBe(2 * 5);
    expect(seen('crc-error')).toEqual([]);
  });
});

describe('what comes too late', () => {
  test('by less than the guard is heard in it, told, and never taken', async () => {
    const { clock, line, ask, events } = await stageMaster();
    let value = 0;
    line.onSent = ({ registerCount }) => line.hear((value += 1) === 1 ? 700 : 30, answerFrame(1, registerCount, value));
    const [first, second] = [ask(), ask()];
    await clock.pass(2000);
    expect([first, second]).toEqual([['timed-out'], ['value 2']]);
    expect(events).toEqual([
      { kind: 'discarded', byteCount: 9 },
      { kind: 'late-answer', unitAddress: 1, lateByMs: expect.closeTo(390.8, 0) as number },
    ]);
  });

  test('by more than the guard spoils the next exchange, is told, and never taken', async () => {
    const { clock, line, ask, seen } = await stageMaster();
    let value = 0;
    line.onSent = ({ registerCount }) =>
      line.hear((value += 1) === 1 ? 1000 : 300, answerFrame(1, registerCount, value));
    const outcomes = [ask(), ask(), ask()];
    await clock.pass(4000);
    expect(outcomes).toEqual([['timed-out'], ['spoiled'], ['value 3']]);
    expect(seen('late-answer')).toHaveLength(1);
  });

  test('is taken by a master without the rules', async () => {
    const { clock, line, ask } = await stageMaster(NAIVE_RULES);
    let value = 0;
    line.onSent = ({ registerCount }) => line.hear(400, answerFrame(1, registerCount, (value += 1)));
    const outcomes = [ask(), ask(), ask()];
    await clock.pass(4000);
    expect(outcomes).toEqual([['timed-out'], ['value 1'], ['value 2']]);
  });
});

describe('the length of a question', () => {
  test('is never that of the one before, nor of one whose answer may still come', async () => {
    const { clock, line, ask } = await stageMaster();
    const outcomes = Array.from({ length: 5 }, () => ask({ unitAddress: 1, allowedCounts: [2, 3, 4] }));
    await clock.pass(2600);
    outcomes.push(ask({ allowedCounts: [2, 3, 4] }));
    await clock.pass(2000);
    expect(line.sent.map((one) => one.registerCount)).toEqual([2, 3, 4]);
    expect(outcomes.map(([outcome]) => outcome)).toEqual([
      'timed-out',
      'timed-out',
      'timed-out',
      'resting',
      'resting',
      'resting',
    ]);
    await clock.pass(30_000);
    ask({ allowedCounts: [2, 3, 4] });
    await clock.pass(1000);
    expect(line.sent.map((one) => one.registerCount)).toEqual([2, 3, 4, 2]);
  });

  test('is free again when the late answer was heard', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(500, answerFrame(1, registerCount, 9));
    const outcomes = Array.from({ length: 4 }, () => ask({ allowedCounts: [2, 3, 4] }));
    await clock.pass(6000);
    expect(outcomes.flat()).toEqual(['timed-out', 'timed-out', 'timed-out', 'timed-out']);
    expect(line.sent.map((one) => one.registerCount)).toEqual([2, 3, 4, 2]);
  });

  test('is free again when a later question was answered: a slave answers in order', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      if (line.sent.length === 3) line.hear(20, answerFrame(1, registerCount, 9));
    };
    const outcomes = Array.from({ length: 5 }, () => ask({ allowedCounts: [2, 3, 4] }));
    await clock.pass(6000);
    expect(outcomes.flat()).toEqual(['timed-out', 'timed-out', 'value 9', 'timed-out', 'timed-out']);
    expect(line.sent.map((one) => one.registerCount)).toEqual([2, 3, 4, 2, 3]);
  });

  test('of another unit does not matter', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ bytes, registerCount }) => line.hear(20, answerFrame(bytes[0] ?? 0, registerCount, 5));
    ask({ unitAddress: 1 });
    ask({ unitAddress: 2 });
    await clock.pass(500);
    expect(line.sent.map((one) => one.registerCount)).toEqual([2, 2]);
  });
});

describe('what is damaged', () => {
  test.for([
    ['damaged', 1e9, ['spoiled', 'spoiled', 'spoiled', 'spoiled', 'spoiled']],
    ['cut short', 8, ['spoiled', 'spoiled', 'spoiled', 'spoiled', 'spoiled']],
    ['cut before its length', 2, ['spoiled', 'spoiled', 'spoiled', 'resting', 'resting']],
  ] as const)('an answer that was heard %s is out no more', async ([, cutTo, expected]) => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, 7).with(5, 99).slice(0, cutTo));
    const outcomes = Array.from({ length: 5 }, () => ask({ allowedCounts: [2, 3, 4] }));
    await clock.pass(6000);
    expect(outcomes.flat()).toEqual(expected);
  });

  test('a late answer that is damaged into ours does not settle ours', async () => {
    const { clock, line, ask } = await stageMaster();
    const answers = [
      { inMs: 1000, bytes: answerFrame(1, 2, 1).with(2, 6) },
      { inMs: 1500, bytes: answerFrame(1, 3, 2) },
      { inMs: 2000, bytes: answerFrame(1, 4, 3) },
    ];
    line.onSent = () => {
      const answer = answers[line.sent.length - 1];
      if (answer) line.hear(answer.inMs, answer.bytes);
    };
    const outcomes = Array.from({ length: 4 }, () => ask({ allowedCounts: [2, 3, 4] }));
    await clock.pass(20_000);
    expect(outcomes.flat().filter((outcome) => outcome.startsWith('value'))).toEqual([]);
  });

  test('a wrong CRC is told, and a guard follows', async () => {
    const { clock, line, ask, seen } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      const answer = answerFrame(1, registerCount, 7);
      line.hear(30, line.sent.length === 1 ? answer.with(5, 1) : answer);
    };
    const outcomes = [ask(), ask()];
    await clock.pass(2000);
    expect(outcomes).toEqual([['spoiled'], ['value 7']]);
    expect(seen('crc-error')).toEqual([{ kind: 'crc-error', unitAddress: 1 }]);
    expect((line.sent[1]?.atMs ?? 0) - (line.sent[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(530);
  });

  test('a frame cut short is told', async () => {
    const { clock, line, ask, seen } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, 7).slice(0, 6));
    const outcomes = ask();
    await clock.pass(1000);
    expect(outcomes).toEqual(['spoiled']);
    expect(seen('short-frame')).toEqual([{ kind: 'short-frame', unitAddress: 1 }]);
  });

  test('noise within an answer spoils it', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      const answer = [...answerFrame(1, registerCount, 7)];
      line.hear(30, [...answer.slice(0, 4), 0xff, ...answer.slice(4)]);
    };
    const outcomes = ask();
    await clock.pass(1000);
    expect(outcomes).toEqual(['spoiled']);
  });

  test('a line that is never silent is not spoken on', async () => {
    const { clock, line, ask } = await stageMaster();
    for (let ms = 0; ms < 3000; ms += 20) line.hear(ms, [0xff]);
    await clock.pass(10);
    const outcomes = ask();
    await clock.pass(3000);
    expect(outcomes).toEqual(['spoiled']);
    expect(line.sent).toEqual([]);
  });
});

describe('somebody else', () => {
  test('an answer of another unit spoils the exchange', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(2, registerCount, 7));
    const outcomes = ask();
    await clock.pass(1000);
    expect(outcomes).toEqual(['spoiled']);
  });

  test('another master’s question and its answer, of our very length, are counted and not taken', async () => {
    const { clock, line, ask, seen } = await stageMaster();
    line.onSent = ({ registerCount }) => {
      if (line.sent.length > 1) return line.hear(30, answerFrame(1, registerCount, 7));
      line.hear(10, questionBytes(1, 4, 0x34, registerCount));
      line.hear(60, answerFrame(1, registerCount, 666));
    };
    const outcomes = [ask(), ask()];
    await clock.pass(3000);
    expect(outcomes).toEqual([['spoiled'], ['value 7']]);
    expect(seen('foreign-request')).toEqual([{ kind: 'foreign-request', unitAddress: 1 }]);
  });

  test('another master’s question makes us wait for its answer, and avoid its length while that is out', async () => {
    const { clock, line, ask } = await stageMaster();
    line.hear(0, questionBytes(1, 4, 0x34, 2));
    await clock.pass(5);
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, 7));
    const outcomes = ask();
    await clock.pass(400);
    expect(line.sent).toEqual([]);
    await clock.pass(600);
    expect(outcomes).toEqual(['value 7']);
    expect(line.sent.map((one) => one.registerCount)).toEqual([3]);
  });

  test('another master’s order is counted, too', async () => {
    const { clock, line, seen } = await stageMaster();
    line.hear(0, withCrc([3, 6, 0, 1, 0, 3]));
    await clock.pass(100);
    expect(seen('foreign-request')).toEqual([{ kind: 'foreign-request', unitAddress: 3 }]);
  });
});

describe('an exception', () => {
  test('is told with its code', async () => {
    const { clock, line, ask, master } = await stageMaster();
    line.onSent = () => line.hear(30, exceptionFrame(1, 2));
    const outcomes = ask();
    await clock.pass(200);
    const outcome = master.ask({
      unitAddress: 1,
      functionCode: 4,
      firstRegister: 0,
      neededCount: 2,
      allowedCounts: [2, 3, 4],
      timeoutMs: 300,
    });
    await clock.pass(200);
    expect(outcomes).toEqual(['excepted']);
    expect(await outcome).toMatchObject({ message: expect.stringContaining('illegal data address') as string });
  });

  test('is doubted while an earlier answer is out', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = () => line.hear(1000, exceptionFrame(1, 4));
    const outcomes = [ask(), ask()];
    await clock.pass(2000);
    expect(outcomes).toEqual([['timed-out'], ['spoiled']]);
  });
});

describe('the line', () => {
  test('that goes away ends what is awaited and what waits, and is used again when it comes back', async () => {
    const { clock, line, ask } = await stageMaster();
    const outcomes = [ask(), ask()];
    await clock.pass(100);
    line.unplug('The adapter was unplugged.');
    await clock.pass(1);
    outcomes.push(ask());
    await clock.pass(1000);
    expect(outcomes).toEqual([['line-lost'], ['line-lost'], ['line-lost']]);
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, 7));
    line.plugIn();
    const again = ask();
    await clock.pass(1000);
    expect(again).toEqual(['value 7']);
    expect(line.sent[1]?.atMs, 'a guard after the opening').toBeGreaterThanOrEqual(2100);
  });

  test('that comes back within a second does not make a late answer the next one', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(1000, answerFrame(1, registerCount, line.sent.length));
    const lost = ask();
    await clock.pass(100);
    line.unplug('The adapter was unplugged.');
    line.plugIn();
    const again = ask({ timeoutMs: 1500 });
    await clock.pass(3000);
    expect([lost, again]).toEqual([['line-lost'], ['spoiled']]);
  });

  test('has a bounded queue, which says when it is full', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, line.sent.length));
    const outcomes = Array.from({ length: 7 }, () => ask());
    await clock.pass(1000);
    expect(outcomes.flat()).toEqual([
      'value 1',
      'value 2',
      'value 3',
      'value 4',
      'value 5',
      'queue-full',
      'queue-full',
    ]);
  });

  test('is silent for 3.5 characters before each question', async () => {
    const { clock, line, ask } = await stageMaster();
    line.onSent = ({ registerCount }) => line.hear(30, answerFrame(1, registerCount, 1));
    ask();
    ask();
    await clock.pass(1000);
    expect(line.sent[1]?.atMs).toBeCloseTo(600 + 30 + (3.5 * 11 * 1000) / 9600, 1);
  });

  test('is asked nothing after the stop', async () => {
    const { clock, line, ask, master } = await stageMaster();
    const outcomes = [ask(), ask()];
    await clock.pass(10);
    master.stop();
    outcomes.push(ask());
    await clock.pass(1000);
    expect(outcomes).toEqual([['line-lost'], ['line-lost'], ['line-lost']]);
    expect(line.sent).toHaveLength(1);
  });
});
