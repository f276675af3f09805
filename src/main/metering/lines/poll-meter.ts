/**
 * What to ask one meter next: the part of polling that knows no line and no timer. It reads again when an answer is in
 * doubt, and asks a silent meter less and less often, so that it does not starve the others on its line.
 *
 * Invariants: no reading is judged before it is known which instrument answers: at first contact, after the line was opened
 * and after a silence the serial number is asked for first. A reading is all of its blocks, asked one after the other with no
 * other meter in between; when one of them is not answered the others are forgotten, so that nothing judged is of two times.
 */
import { lowerTimeout, raiseTimeout } from '../../../shared/domain/metering/answer-time-out.ts';
import { SILENT_AFTER_FAILURES } from '../../../shared/domain/metering/meter-health.ts';
import { assert } from '../../../shared/kernel/assert.ts';
import type { Refusal, Result } from '../../../shared/kernel/result.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import type { RegisterAnswer, RegisterQuestion, RtuEvent, RtuFailure } from '../../serial/modbus/rtu-question.ts';
import { decodeSerialNumber } from '../codec/decode-registers.ts';
import type { ModbusProfile } from '../codec/meter-profile.ts';
import type { JudgeAnswer } from './judge-answer.ts';
import type { NewMeterEvent } from '../meter-event-table.ts';
import type { MeterBook } from '../meters/meter-records.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';

export type PolledMeter = {
  readonly unitAddress: number;
  /** Monotonic instant before which it is not asked. */
  readonly dueAtMs: () => number;
  readonly nextQuestion: () => RegisterQuestion;
  /** What became of that question. */
  readonly take: (result: Result<RegisterAnswer, RtuFailure>, askedAtMs: number) => void;
  readonly hear: (event: RtuEvent) => void;
  /** The line was opened: somebody may have put another instrument there meanwhile. */
  readonly lineOpened: () => void;
};

const POLL_EVERY_MS = 2_000;
const SERIAL_NUMBER_EVERY_MS = 5 * 60_000;
const RETRY_AFTER_MS = 250;
/**
 * After so many failures the serial number is asked for instead: it is short, it shows whether the meter is there, and one
 * length of the reading stays unused for when it is (an answer that was never heard blocks its length for a while).
 */
const PROBE_AFTER_FAILURES = 2;
const LONGEST_PAUSE_MS = 30_000;
/** A meter that refuses to tell its serial number so often in a row has none. */
const REFUSALS_OF_SERIAL = 2;

export function pollMeter(parts: {
  readonly meter: NumberedMeter & { readonly unitAddress: number };
  readonly profile: ModbusProfile;
  readonly book: MeterBook;
  readonly lineClock: LineClock;
  readonly judge: JudgeAnswer;
  readonly note: (event: NewMeterEvent) => void;
}): PolledMeter {
  const { meter, profile, book, lineClock, judge } = parts;
  let dueAtMs = -Infinity;
  let silent = false;
  let asking: 'serial-number' | 'reading' = 'serial-number';
  /** The blocks of the present reading that were answered, and when the first of them was asked. */
  let blocks: readonly Uint8Array[] = [];
  let readingSinceMs = 0;
  let serialNumber: string | undefined;
  let serialCheckedAtMs = -Infinity;
  let serialRefusals = 0;

  function note(kind: string, text: string): void {
    parts.note({ atMs: lineClock.wallMs(), lineId: meter.lineId, meterId: meter.id, kind, note: text });
  }

  function nextQuestion(): RegisterQuestion {
    const serialDue = lineClock.monotonicMs() - serialCheckedAtMs >= SERIAL_NUMBER_EVERY_MS;
    const beginsReading = blocks.length === 0;
    asking = profile.serialNumber !== undefined && serialDue && beginsReading ? 'serial-number' : 'reading';
    const block = asking === 'serial-number' ? profile.serialNumber : profile.blocks[blocks.length];
    assert(block !== undefined, 'only what the profile has is asked for');
    const { functionCode, firstRegister, neededCount, allowedCounts } = block;
    const { unitAddress } = meter;
    return { unitAddress, functionCode, firstRegister, neededCount, allowedCounts, timeoutMs: book.timeoutMs() };
  }

  function take(result: Result<RegisterAnswer, RtuFailure>, askedAtMs: number): void {
    if (!result.ok) return fail(result);
    book.answered(lowerTimeout(book.timeoutMs(), result.value.heardAtMonotonicMs - askedAtMs));
    if (silent) note('meter-answers', `${meter.name} answers again.`);
    silent = false;
    if (asking === 'serial-number') {
      serialRefusals = 0;
      checkedSerialNumber(decodeSerialNumber(profile, result.value.registers));
      return;
    }
    if (blocks.length === 0) readingSinceMs = askedAtMs;
    blocks = [...blocks, result.value.registers];
    // It stays the one that has been due longest, so that the next block is asked at once.
    if (blocks.length < profile.blocks.length) return;
    // The next reading is due from when this one was, so that a slow answer does not stretch the rhythm.
    dueAtMs = readingSinceMs + POLL_EVERY_MS;
    const registers = joined(blocks);
    blocks = [];
    const next = judge({ registers, heardAtMonotonicMs: result.value.heardAtMonotonicMs }, serialNumber);
    // Another instrument would explain it.
    if (next !== 'settled') forgetInstrument();
    if (next === 'read-again') dueAtMs = lineClock.monotonicMs();
  }

  function checkedSerialNumber(answered: string | undefined): void {
    serialNumber = answered;
    serialCheckedAtMs = lineClock.monotonicMs();
    dueAtMs = serialCheckedAtMs;
  }

  function fail({ code, message }: Refusal<RtuFailure>): void {
    const nowMs = lineClock.monotonicMs();
    // Whoever refuses will do so again: an exception is an answer, and no reason to hurry.
    const isRefusal = code === 'excepted' && asking === 'reading';
    dueAtMs = nowMs + (isRefusal ? POLL_EVERY_MS : RETRY_AFTER_MS);
    blocks = [];
    // It was not asked, so nothing is counted.
    if (code === 'resting' || code === 'queue-full') return;
    book.failed(code, message);
    // A meter is not silent because its line is gone.
    if (code === 'line-lost') return;
    if (code === 'excepted' && asking === 'serial-number' && ++serialRefusals >= REFUSALS_OF_SERIAL) {
      serialRefusals = 0;
      return checkedSerialNumber(undefined);
    }
    const failures = book.failuresInARow();
    if (failures >= PROBE_AFTER_FAILURES) forgetInstrument();
    if (failures < SILENT_AFTER_FAILURES) return;
    dueAtMs = nowMs + Math.min(LONGEST_PAUSE_MS, POLL_EVERY_MS * 2 ** (failures - SILENT_AFTER_FAILURES));
    if (!silent) note('meter-silent', `${meter.name} gives no valid answer. ${message}`);
    silent = true;
  }

  function forgetInstrument(): void {
    serialCheckedAtMs = -Infinity;
  }

  return {
    unitAddress: meter.unitAddress,
    dueAtMs: () => dueAtMs,
    nextQuestion,
    take,
    hear: (event) => {
      if (event.kind === 'foreign-request' || event.kind === 'discarded') return;
      book.heard(event.kind);
      if (event.kind !== 'late-answer') return;
      const before = book.timeoutMs();
      const after = raiseTimeout(before, event.lateByMs);
      if (after === before) return;
      book.waitsFor(after);
      note(
        'time-out-raised',
        `${meter.name} answered ${Math.round(event.lateByMs)} ms late; ${after} ms are waited for it from now on.`,
      );
    },
    lineOpened: () => {
      forgetInstrument();
      blocks = [];
      dueAtMs = -Infinity;
    },
  };
}

function joined(blocks: readonly Uint8Array[]): Uint8Array {
  const registers = new Uint8Array(blocks.reduce((length, block) => length + block.length, 0));
  let from = 0;
  for (const block of blocks) {
    registers.set(block, from);
    from += block.length;
  }
  return registers;
}
