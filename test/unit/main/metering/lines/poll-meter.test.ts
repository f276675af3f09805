/** One meter's questions and answers without a line: registers are given as the master would give them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';
import { accept, refuse } from '../../../../../src/shared/kernel/result.ts';
import { judgeAnswers } from '../../../../../src/main/metering/lines/judge-answer.ts';
import { openMeterBook } from '../../../../../src/main/metering/meters/meter-records.ts';
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import { pollMeter } from '../../../../../src/main/metering/lines/poll-meter.ts';
import type { NewReading } from '../../../../../src/main/metering/readings/write-readings.ts';
import type { RtuFailure } from '../../../../../src/main/serial/modbus/rtu-question.ts';
import { aLine } from '../../../../support/metering-console.ts';
import { rememberFooting } from '../../../../support/remembered-footing.ts';

const WALL = 1_780_000_000_000;

function openPoller() {
  let nowMs = 0;
  const lineClock = { wallMs: () => WALL + nowMs, monotonicMs: () => nowMs, after: () => () => {} };
  const profile = openMeterProfiles().of('eastron-sdm630');
  const [declared] = aLine(1, [5]).meters;
  if (!profile.ok || profile.value.protocol !== 'modbus-rtu' || declared === undefined)
    throw new Error('The profile is shipped, the meter declared.');
  const meter = { ...declared, number: 1, unitAddress: 5 };
  const book = openMeterBook(meter, 'SDM630', lineClock, () => {});
  const readings: NewReading[] = [];
  const events: string[] = [];
  const shared = {
    meter,
    profile: profile.value,
    book,
    lineClock,
    note: ({ kind }: { readonly kind: string }) => void events.push(kind),
  };
  const remembered = rememberFooting(profile.value);
  const judge = judgeAnswers({
    ...shared,
    footing: remembered.footing,
    clock: { nowMs: () => WALL + nowMs },
    addReading: (reading) => {
      remembered.add(reading);
      readings.push(reading);
    },
  });
  const poller = pollMeter({ ...shared, judge });

  function serial(number: number): Uint8Array {
    const view = new DataView(new ArrayBuffer(4));
    view.setUint32(0, number);
    return new Uint8Array(view.buffer);
  }
  function registers(importKwh: number): Uint8Array {
    const view = new DataView(new ArrayBuffer(152));
    for (const register of [0, 2, 4]) view.setFloat32(register * 2, 230);
    view.setFloat32(0x46 * 2, 50);
    view.setFloat32(0x48 * 2, importKwh);
    return new Uint8Array(view.buffer);
  }
  /** Asks when it is due and answers with these registers; says what was asked. */
  function answer(
    bytes: Uint8Array | ((kind: 'serial-number' | 'reading') => Uint8Array),
  ): 'serial-number' | 'reading' {
    nowMs = Math.max(nowMs, poller.dueAtMs());
    const kind = poller.nextQuestion().functionCode === 3 ? 'serial-number' : 'reading';
    const askedAtMs = nowMs;
    nowMs += 200;
    const registers = bytes instanceof Uint8Array ? bytes : bytes(kind);
    poller.take(accept({ registers, heardAtMonotonicMs: nowMs }), askedAtMs);
    return kind;
  }
  function fail(code: RtuFailure, tookMs = 1_000): number {
    nowMs = Math.max(nowMs, poller.dueAtMs());
    poller.nextQuestion();
    const askedAtMs = nowMs;
    nowMs += tookMs;
    poller.take(refuse(code, 'It did not answer.'), askedAtMs);
    return poller.dueAtMs() - nowMs;
  }
  const pass = (ms: number) => (nowMs += ms);
  return { poller, book, readings, events, serial, registers, answer, fail, pass, nowMs: () => nowMs };
}

describe('what is asked', () => {
  it('is the serial number first, then a reading every two seconds, then the serial number again', () => {
    const { answer, serial, registers, readings, poller, nowMs } = openPoller();
    expect(answer(serial(1001))).toBe('serial-number');
    expect(answer(registers(10))).toBe('reading');
    expect(poller.dueAtMs() - nowMs()).toBe(1_800);
    let readingsUntilSerial = 1;
    while (answer(registers(10)) === 'reading') readingsUntilSerial += 1;
    expect(readingsUntilSerial).toBeGreaterThan(120);
    expect(readingsUntilSerial).toBeLessThanOrEqual(150);
    expect(readings[0]).toMatchObject({ serialNumber: '1001', newSeries: 'first-reading', quality: 'plain' });
  });

  it('is the serial number after the line was opened', () => {
    const { answer, serial, registers, poller } = openPoller();
    answer(serial(1001));
    answer(registers(10));
    poller.lineOpened();
    expect(answer(serial(1001))).toBe('serial-number');
  });

  it('is less and less while the meter is silent, at least every half minute', () => {
    const { answer, fail, serial, registers, events, book } = openPoller();
    answer(serial(1001));
    answer(registers(10));
    const pauses = Array.from({ length: 9 }, () => fail('timed-out'));
    expect(pauses).toEqual([250, 250, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(events.filter((kind) => kind === 'meter-silent')).toHaveLength(1);
    // Somebody may have put another one there.
    expect(answer(serial(1001))).toBe('serial-number');
    expect(events.at(-1)).toBe('meter-answers');
    expect(book.failuresInARow()).toBe(0);
  });

  it('is nothing that counts while answers may still be under way', () => {
    const { fail, book } = openPoller();
    fail('resting', 0);
    expect(book.record().health).toMatchObject({ asked: 0, failuresInARow: 0 });
    fail('spoiled');
    expect(book.record().health).toMatchObject({ asked: 1, spoiled: 1 });
  });

  it('goes on without a serial number when the meter refuses to tell one', () => {
    const { answer, fail, registers, readings } = openPoller();
    fail('excepted', 50);
    fail('excepted', 50);
    expect(answer(registers(10))).toBe('reading');
    expect(readings[0]).toMatchObject({ serialNumber: undefined, newSeries: 'first-reading' });
  });
});

describe('what is answered', () => {
  it('is read again at once, with the serial number, when it is unlikely', () => {
    const { answer, serial, registers, readings, events, poller, nowMs } = openPoller();
    answer(serial(1001));
    answer(registers(5_000));
    expect(answer(registers(4_000))).toBe('reading');
    expect(poller.dueAtMs()).toBe(nowMs());
    expect(answer(serial(1001))).toBe('serial-number');
    answer(registers(5_000.0625));
    expect(readings.map(({ values }) => values.importWh)).toEqual([5_000_000, 5_000_062.5].map(energyWh));
    expect(events).toEqual(['series-began']);
  });

  it('is asked for its serial number at once when it no longer said one', () => {
    const { answer, fail, serial, registers, readings, events } = openPoller();
    answer(serial(1001));
    answer(registers(5_000));
    fail('spoiled', 50);
    fail('spoiled', 50);
    fail('excepted', 50);
    fail('excepted', 50);
    answer(registers(5_000));
    expect(readings.at(-1)).toMatchObject({ refusal: { code: 'serial-number-missing' } });
    expect(answer(serial(1001))).toBe('serial-number');
    answer(registers(5_000));
    expect(readings.at(-1)).toMatchObject({ serialNumber: '1001', refusal: undefined });
    expect(events.filter((kind) => kind === 'reading-refused')).toHaveLength(1);
  });

  it('begins a series when the serial number explains the fall', () => {
    const { answer, serial, registers, readings } = openPoller();
    answer(serial(1001));
    answer(registers(5_000));
    answer(registers(400));
    answer(serial(2002));
    answer(registers(400));
    answer(serial(2002));
    answer(registers(400));
    expect(readings.at(-1)).toMatchObject({
      serialNumber: '2002',
      newSeries: 'other-instrument',
      quality: 'confirmed',
    });
  });

  it('is kept as evidence when it is refused, once and then now and then', () => {
    const { answer, serial, registers, readings, events, book } = openPoller();
    answer(serial(1001));
    answer(registers(5_000));
    for (let asked = 0; asked < 25; asked++) answer((kind) => (kind === 'reading' ? registers(4_000) : serial(1001)));
    const refused = readings.filter(({ refusal }) => refusal !== undefined);
    expect(new Set(refused.map(({ refusal }) => refusal?.code))).toEqual(new Set(['energy-fell']));
    expect(refused.map(({ quality }) => quality)).toContain('refused');
    // Two seconds apart, of which every fifth is kept.
    expect(book.record().health.refused).toBeGreaterThan(15);
    expect(refused.length).toBe(Math.ceil(book.record().health.refused / 5));
    expect(events.filter((kind) => kind === 'reading-refused')).toHaveLength(1);
  });

  it('raises what is waited for when it came late, and lowers it again', () => {
    const { poller, answer, serial, book, events } = openPoller();
    poller.hear({ kind: 'late-answer', unitAddress: 5, lateByMs: 200 });
    expect(book.timeoutMs()).toBe(1_800);
    expect(poller.nextQuestion().timeoutMs).toBe(1_800);
    expect(events).toEqual(['time-out-raised']);
    answer(serial(1001));
    expect(book.timeoutMs()).toBeLessThan(1_800);
    expect(book.record().health.lateAnswers).toBe(1);
  });
});

describe('a meter of several blocks', () => {
  /** A Schneider, whose reading is three blocks; what reaches the judge is kept as it came. */
  function openBlocks() {
    let nowMs = 0;
    const lineClock = { wallMs: () => WALL + nowMs, monotonicMs: () => nowMs, after: () => () => {} };
    const profile = openMeterProfiles().of('schneider-iem3000');
    const [declared] = aLine(1, [5]).meters;
    if (!profile.ok || profile.value.protocol !== 'modbus-rtu' || declared === undefined)
      throw new Error('It is shipped.');
    const meter = { ...declared, number: 1, unitAddress: 5 };
    const book = openMeterBook(meter, 'iEM3000', lineClock, () => {});
    const judged: { registers: string; heardAtMonotonicMs: number }[] = [];
    const poller = pollMeter({
      meter,
      profile: profile.value,
      book,
      lineClock,
      note: () => {},
      judge: ({ registers, heardAtMonotonicMs }) => {
        judged.push({ registers: Buffer.from(registers).toString('hex'), heardAtMonotonicMs });
        return 'settled';
      },
    });
    /** The next question is answered after 100 ms with registers that all say this; undefined is no answer. */
    function next(filling: number | undefined): number {
      nowMs = Math.max(nowMs, poller.dueAtMs());
      const { firstRegister, neededCount } = poller.nextQuestion();
      const askedAtMs = nowMs;
      nowMs += 100;
      const answer = { registers: new Uint8Array(2 * neededCount).fill(filling ?? 0), heardAtMonotonicMs: nowMs };
      poller.take(filling === undefined ? refuse('timed-out', 'It is silent.') : accept(answer), askedAtMs);
      return firstRegister;
    }
    return { poller, judged, book, next, nowMs: () => nowMs, pass: (ms: number) => (nowMs += ms) };
  }
  const reading = [0x0bb7, 0x0c25, 0x0c83];

  it('is asked for all of them at once, and judged when the last has come, at its instant', () => {
    const { next, judged, poller, nowMs } = openBlocks();
    expect(next(7)).toBe(0x0081);
    const beganAtMs = nowMs();
    expect([next(1), next(2)]).toEqual(reading.slice(0, 2));
    // Whoever is due for longest is asked: this meter still.
    expect(poller.dueAtMs()).toBeLessThanOrEqual(beganAtMs);
    expect(judged).toEqual([]);
    expect(next(3)).toBe(0x0c83);
    const registers = '01'.repeat(124) + '02'.repeat(4) + '03'.repeat(16);
    expect(judged).toEqual([{ registers, heardAtMonotonicMs: beganAtMs + 300 }]);
    expect(poller.dueAtMs()).toBe(beganAtMs + 2_000);
  });

  it('is begun anew when one of them is lost: nothing judged is of two readings', () => {
    const { next, judged } = openBlocks();
    next(7);
    for (const lost of [0, 1, 2]) {
      for (let block = 0; block < lost; block += 1) next(1);
      next(undefined);
    }
    expect(judged).toEqual([]);
    expect([next(4), next(4), next(4)]).toEqual(reading);
    expect(judged).toHaveLength(1);
    expect(judged[0]?.registers).toBe('04'.repeat(144));
  });

  it('is begun anew when the line was opened meanwhile, with the serial number first', () => {
    const { next, judged, poller } = openBlocks();
    next(7);
    next(1);
    poller.lineOpened();
    expect([next(7), next(2), next(2), next(2)]).toEqual([0x0081, ...reading]);
    expect(judged.map(({ registers }) => registers)).toEqual(['02'.repeat(144)]);
  });

  it('finishes a reading before its serial number is asked for again', () => {
    const { next, pass } = openBlocks();
    next(7);
    next(1);
    pass(10 * 60_000);
    expect([next(1), next(1), next(7)]).toEqual([0x0c25, 0x0c83, 0x0081]);
  });

  it('is asked no more often for what it refuses', () => {
    const { poller, next, nowMs } = openBlocks();
    next(7);
    next(1);
    poller.nextQuestion();
    poller.take(refuse('excepted', 'There is no such register.'), nowMs());
    expect(poller.dueAtMs() - nowMs()).toBe(2_000);
  });

  it('is judged only what was answered without a gap, whatever is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (answers) => {
        const { next, judged } = openBlocks();
        let expected = 0;
        let run: number[] = [];
        for (const [index, isAnswered] of answers.entries()) {
          const first = next(isAnswered ? index % 255 : undefined);
          if (first === 0x0081) continue;
          run = isAnswered && first === reading[run.length] ? [...run, index % 255] : [];
          if (run.length < reading.length) continue;
          expected += 1;
          const [a = 0, b = 0, c = 0] = run;
          const bytes = [...Array<number>(124).fill(a), ...Array<number>(4).fill(b), ...Array<number>(16).fill(c)];
          expect(judged.at(-1)?.registers).toBe(Buffer.from(bytes).toString('hex'));
          run = [];
        }
        expect(judged).toHaveLength(expected);
      }),
    );
  });
});
