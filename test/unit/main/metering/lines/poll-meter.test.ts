/** One meter's questions and answers without a line: registers are given as the master would give them. */
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

const WALL = 1_780_000_000_000;

function openPoller() {
  let nowMs = 0;
  const lineClock = { wallMs: () => WALL + nowMs, monotonicMs: () => nowMs, after: () => () => {} };
  const profile = openMeterProfiles().of('eastron-sdm630');
  const [declared] = aLine(1, [5]).meters;
  if (!profile.ok || declared === undefined) throw new Error('The profile is shipped, the meter declared.');
  const meter = { ...declared, number: 1 };
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
  const judge = judgeAnswers({
    ...shared,
    standing: undefined,
    clock: { nowMs: () => WALL + nowMs },
    addReading: (reading) => readings.push(reading),
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
