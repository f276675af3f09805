/** What the console's own judgement makes of altered messages among true ones, in the order a line would bring them. */
import { decodeReading } from '../../../src/main/metering/codec/decode-reading.ts';
import { decodeTelegram } from '../../../src/main/metering/codec/decode-telegram.ts';
import type { MeterProfile } from '../../../src/main/metering/codec/meter-profile.ts';
import { judgeAnswers } from '../../../src/main/metering/lines/judge-answer.ts';
import { openMeterBook } from '../../../src/main/metering/meters/meter-records.ts';
import type { NewReading } from '../../../src/main/metering/readings/write-readings.ts';
import { aLine } from '../../support/metering-console.ts';
import { rememberFooting } from '../../support/remembered-footing.ts';

export type Believed = {
  /** From what the meter had counted then. */
  readonly errorWh: number;
  /** Its energies lie between those of the true reading before it and of the one after it. */
  readonly isBetween: boolean;
};

const EVERY_MS = 1_000;
const START_MS = 1_780_000_000_000;
const TRUE_BEFORE = 3;
const TRUE_BEHIND = 3;

/**
 * @param stepWh what the meter counts from one message to the next
 * @param data what is stored of a message
 */
export function believedEnergies(
  profile: MeterProfile,
  {
    write,
    stepWh,
    altered,
    data,
  }: {
    readonly write: (countedWh: number) => Uint8Array;
    readonly stepWh: number;
    readonly altered: readonly Uint8Array[];
    readonly data: (message: Uint8Array) => Uint8Array;
  },
): readonly Believed[] {
  const [declared] = aLine(1, [5]).meters;
  if (declared === undefined) throw new Error('The line has a meter.');
  let nowMs = 0;
  const lineClock = { wallMs: () => START_MS + nowMs, monotonicMs: () => nowMs, after: () => () => {} };
  const meter = { ...declared, number: 1 };
  const remembered = rememberFooting(profile);
  const accepted: NewReading[] = [];
  const judge = judgeAnswers({
    meter,
    profile,
    footing: remembered.footing,
    book: openMeterBook(meter, profile.model, lineClock, () => {}),
    clock: { nowMs: lineClock.wallMs },
    lineClock,
    addReading: (reading) => {
      remembered.add(reading);
      if (reading.refusal === undefined) accepted.push(reading);
    },
    note: () => {},
  });
  const hear = (registers: Uint8Array): void => {
    const serialNumber = profile.protocol === 'modbus-rtu' ? '1' : decodeTelegram(profile, registers).serialNumber;
    judge({ registers, heardAtMonotonicMs: nowMs }, serialNumber);
    nowMs += EVERY_MS;
  };
  const energies = (registers: Uint8Array) => {
    const { importWh, exportWh } = decodeReading(profile, registers, 1).values;
    return [importWh ?? NaN, exportWh ?? NaN] as const;
  };
  // The altered ones stand where the message at `stepWh` stood.
  for (let before = TRUE_BEFORE; before > 0; before -= 1) hear(data(write(stepWh - before * stepWh)));
  const damaged = altered.map((bytes) => bytes.slice());
  for (const bytes of damaged) hear(bytes);
  for (let behind = 1; behind <= TRUE_BEHIND; behind += 1) hear(data(write(stepWh + behind * stepWh)));

  const truth = energies(data(write(stepWh)));
  const [least, most] = [energies(data(write(0))), energies(data(write(2 * stepWh)))];
  return accepted
    .filter(({ registers }) => damaged.some((bytes) => bytes === registers))
    .map(({ registers }) => {
      const told = energies(registers);
      const isBetween = told.every(
        (energy, at) => Object.is(energy, truth[at]) || (energy >= (least[at] ?? NaN) && energy <= (most[at] ?? NaN)),
      );
      const errors = told.map((energy, at) =>
        Object.is(energy, truth[at]) ? 0 : Math.abs(energy - (truth[at] ?? NaN)),
      );
      return { errorWh: errors.some(Number.isNaN) ? Infinity : Math.max(...errors), isBetween };
    });
}
