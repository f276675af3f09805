/**
 * The product's own polling (line, master, meter, acceptance) on a virtual line under a virtual clock: ten thousand polls
 * take a second. A reading is wrong when its registers are not what that meter answered to the question it was taken for.
 */
import { openMeterProfiles } from '../../../src/main/metering/meters/meter-profiles.ts';
import { openMeterBook } from '../../../src/main/metering/meters/meter-records.ts';
import { judgeAnswers } from '../../../src/main/metering/lines/judge-answer.ts';
import { pollLine } from '../../../src/main/metering/lines/poll-line.ts';
import { pollMeter } from '../../../src/main/metering/lines/poll-meter.ts';
import type { ByteListener, OpenByteSource } from '../../../src/main/serial/byte-source.ts';
import type { Standing } from '../../../src/shared/domain/metering/reading-sequence.ts';
import type { MeterRecord } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { accept } from '../../../src/shared/kernel/result.ts';
import { aLine } from '../metering-console.ts';
import { createScriptedClock } from '../scripted-line.ts';
import { seededRandom } from '../seeded-random.ts';
import type { VirtualFault } from './virtual-faults.ts';
import { createVirtualSlaves } from './virtual-slaves.ts';

export type VirtualOutcome = {
  readonly fault: VirtualFault;
  readonly polls: number;
  /** Readings that were accepted, and those of them that are not their question's. */
  readonly right: number;
  readonly wrong: number;
  /** Readings that were refused by the rules of plausibility. */
  readonly refused: number;
  readonly caused: number;
  /** What the counters of meters and line say went wrong. */
  readonly counted: number;
  readonly reopened: number;
};

const UNITS = [1, 2, 3];
const BAUD_RATE = 9600;
const BYTE_MS = 10_000 / BAUD_RATE;
const STEP_MS = 500;
/** Until what is under way has been heard. */
const STRAGGLERS_MS = 15_000;

export async function runVirtualFault(fault: VirtualFault, polls: number, seed: number): Promise<VirtualOutcome> {
  const clock = createScriptedClock();
  const chance = seededRandom(seed);
  const slaves = createVirtualSlaves(UNITS);
  /** When each meter will have said what it was asked so far: it answers in the order in which it was asked. */
  const saidAtMs = new Map<number, number>();
  const deafUntilMs = new Map<number, number>();
  /** The number of the newest question to each unit. */
  const askedLast = new Map<number, number>();
  const counts = { caused: 0, right: 0, wrong: 0, refused: 0 };
  let on = true;
  let opened = 0;

  const open: OpenByteSource = async () => {
    let listener: ByteListener | undefined;
    opened += 1;
    const hear = (afterMs: number, bytes: Uint8Array): void => void clock.after(afterMs, () => listener?.bytes(bytes));
    return accept({
      place: `virtual${opened}`,
      listen: (given) => {
        listener = given;
      },
      write: (request) => {
        const nowMs = clock.monotonicMs();
        const answer = slaves.answer(request, nowMs);
        if (answer === undefined || nowMs < (deafUntilMs.get(answer.unit) ?? 0)) return;
        askedLast.set(answer.unit, answer.number);
        const isStruck = on && chance() < fault.share;
        if (isStruck) counts.caused += 1;
        if (isStruck && fault.deafMs !== undefined) deafUntilMs.set(answer.unit, nowMs + fault.deafMs);
        const busyMs = fault.overtakes === true ? 0 : Math.max(0, (saidAtMs.get(answer.unit) ?? 0) - nowMs);
        let atMs = Math.max(busyMs, request.length * BYTE_MS) + (4 + 30 * chance()) * BYTE_MS;
        for (const { afterMs, bytes } of isStruck
          ? fault.instead(answer.frame, chance)
          : [{ afterMs: 0, bytes: answer.frame }]) {
          atMs += afterMs + bytes.length * BYTE_MS;
          hear(atMs, bytes);
        }
        saidAtMs.set(answer.unit, nowMs + atMs);
        if (isStruck && fault.unplugs === true)
          clock.after(400 * chance(), () => {
            const last = listener;
            listener = undefined;
            last?.closed('The adapter was unplugged.');
          });
      },
      close: async () => {
        listener = undefined;
      },
    });
  };

  const { line, books, defect } = startPolling(clock, open, (unit, registers, isRefused) => {
    if (isRefused) counts.refused += 1;
    else if (slaves.numberIn(registers) === askedLast.get(unit)) counts.right += 1;
    else counts.wrong += 1;
  });
  const asked = (): number => books.reduce((sum, book) => sum + book().health.asked, 0);
  while (asked() < polls) {
    await clock.pass(STEP_MS);
    const met = defect();
    if (met !== undefined) throw met;
  }
  on = false;
  await clock.pass(STRAGGLERS_MS);
  const record = line.record();
  const counted = books.reduce((sum, book) => sum + troubles(book()), record.foreignRequests + record.bytesDiscarded);
  const { reopened } = record;
  const asking = asked();
  await stop(line, clock);
  return { fault, polls: asking, ...counts, counted, reopened };
}

/** The virtual clock goes on while the line closes. */
async function stop(
  line: { readonly stop: () => Promise<void> },
  clock: { readonly pass: (ms: number) => Promise<void> },
) {
  const stopped = line.stop();
  await clock.pass(STEP_MS);
  await stopped;
}

function troubles({ health }: MeterRecord): number {
  const { timedOut, spoiled, excepted, lineLost, crcErrors, shortFrames, lateAnswers } = health;
  return timedOut + spoiled + excepted + lineLost + crcErrors + shortFrames + lateAnswers;
}

function startPolling(
  clock: ReturnType<typeof createScriptedClock>,
  open: OpenByteSource,
  taken: (unit: number, registers: Uint8Array, isRefused: boolean) => void,
) {
  const profile = openMeterProfiles().of('eastron-sdm630');
  if (!profile.ok || profile.value.protocol !== 'modbus-rtu') throw new Error('The profile is shipped.');
  const modbus = profile.value;
  const declared = aLine(1, UNITS, { settings: { baudRate: BAUD_RATE, dataBits: 8, parity: 'none', stopBits: 1 } });
  const books: (() => MeterRecord)[] = [];
  const meters = UNITS.flatMap((unitAddress, place) => {
    const own = declared.meters[place];
    if (own === undefined) return [];
    const meter = { ...own, number: unitAddress, unitAddress };
    const book = openMeterBook(meter, 'SDM630', clock, () => {});
    books.push(book.record);
    let standing: Standing | undefined;
    const shared = { meter, profile: modbus, book, lineClock: clock, note: () => {} };
    const judge = judgeAnswers({
      ...shared,
      footing: () => ({ standing, begins: 'first-reading' }),
      clock: { nowMs: clock.wallMs },
      addReading: (reading) => {
        if (reading.refusal === undefined) standing = { reading, wallAtMs: reading.wallAtMs, sameRun: true };
        taken(unitAddress, reading.registers, reading.refusal !== undefined);
      },
    });
    return [pollMeter({ ...shared, judge })];
  });
  let defect: Error | undefined;
  const line = pollLine({
    line: declared,
    meters,
    open,
    clock,
    before: undefined,
    note: () => {},
    changed: () => {},
    log: (said, detail) => {
      defect ??= new Error(said, { cause: detail });
    },
  });
  return { line, books, defect: () => defect };
}
