/**
 * What one meter's answer means: decoded by its profile, decided by `accept-reading`, given to the store. A refused reading
 * is kept as evidence with its code and never stands for the meter.
 */
import {
  acceptReading,
  type Doubt,
  type MeterLimits,
  type SeriesCause,
  type Standing,
} from '../../../shared/domain/metering/accept-reading.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import type { RegisterAnswer } from '../../serial/modbus/rtu-question.ts';
import { decodeReading } from '../codec/decode-registers.ts';
import type { MeterProfile } from '../codec/meter-profile.ts';
import type { NewMeterEvent } from '../meter-event-table.ts';
import type { MeterBook } from '../meters/meter-records.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';
import { HISTORY_EVERY_MS } from '../readings/store-readings.ts';
import type { NewReading } from '../readings/write-readings.ts';

/** A refusal that comes and goes is said once in so long; each is counted. */
const SAY_REFUSAL_EVERY_MS = 10 * 60_000;

/** @param serialNumber of the instrument that answered; undefined when it has none */
export type JudgeAnswer = (
  answer: RegisterAnswer,
  serialNumber: string | undefined,
) => 'read-again' | 'ask-serial-number' | 'settled';

export function judgeAnswers(parts: {
  readonly meter: NumberedMeter;
  readonly profile: MeterProfile;
  readonly standing: Standing | undefined;
  readonly book: MeterBook;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly addReading: (reading: NewReading) => void;
  readonly note: (event: NewMeterEvent) => void;
}): JudgeAnswer {
  const { meter, profile, book, clock, lineClock } = parts;
  const limits: MeterLimits = {
    ...profile.plausible,
    ratedCurrentA: meter.ratedCurrentA ?? profile.rated.currentA,
    ratedVoltageV: profile.rated.voltageV,
  };
  let standing = parts.standing;
  let doubt: Doubt | undefined;
  /** When each refusal was last said, by its code; and when one was last kept. */
  const saidAtMs = new Map<string, number>();
  let keptCode: string | undefined;
  let keptAtMs: EpochMs = -Infinity;

  function note(kind: string, text: string): void {
    parts.note({ atMs: lineClock.wallMs(), lineId: meter.lineId, meterId: meter.id, kind, note: text });
  }

  /** Evidence is kept of each new refusal, and of one that lasts or comes again as often as of what is accepted. */
  function refuse(refusal: { readonly code: string; readonly message: string }, refused: NewReading): void {
    const { code, message } = refusal;
    book.refused(message);
    const nowMs = lineClock.monotonicMs();
    if (nowMs - (saidAtMs.get(code) ?? -Infinity) >= SAY_REFUSAL_EVERY_MS) {
      saidAtMs.set(code, nowMs);
      note('reading-refused', `${meter.name}: ${message}`);
    }
    if (code === keptCode && Math.abs(refused.atMs - keptAtMs) < HISTORY_EVERY_MS) return;
    keptCode = code;
    keptAtMs = refused.atMs;
    parts.addReading({ ...refused, quality: 'refused', refusal: { code, message } });
  }

  function saySeries(cause: SeriesCause, serialNumber: string | undefined): string {
    const number = serialNumber === undefined ? 'without a serial number' : `with serial number ${serialNumber}`;
    if (cause === 'first-reading') return `${meter.name}, ${number}, is read for the first time.`;
    if (cause === 'other-instrument') return `Another instrument, ${number}, answers as ${meter.name}.`;
    return `The energy registers of ${meter.name} began again.`;
  }

  return ({ registers, heardAtMonotonicMs: monotonicMs }, serialNumber) => {
    const { values, resolutionWh } = decodeReading(profile, registers);
    const reading = { atMs: Math.round(clock.nowMs()), monotonicMs, serialNumber, values };
    const decision = acceptReading(standing, { reading, resolutionWh }, limits, doubt);
    if (decision.outcome === 'read-again') {
      doubt = decision.doubt;
      return 'read-again';
    }
    const unjudged: NewReading = {
      ...reading,
      meterNumber: meter.number,
      profile: profile.name,
      wallAtMs: lineClock.wallMs(),
      registers,
      newSeries: undefined,
      quality: 'plain',
      refusal: undefined,
    };
    if (decision.outcome === 'refused') {
      doubt = decision.doubt;
      refuse(decision, unjudged);
      return decision.code === 'serial-number-missing' ? 'ask-serial-number' : 'settled';
    }
    doubt = undefined;
    standing = { reading, sameRun: true };
    const { newSeries, confirmed } = decision;
    if (newSeries !== undefined) note('series-began', saySeries(newSeries, serialNumber));
    parts.addReading({ ...unjudged, newSeries, quality: confirmed ? 'confirmed' : 'plain' });
    return 'settled';
  };
}
