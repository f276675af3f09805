/**
 * What one meter's answer or telegram means: decoded by its profile, decided by `accept-reading`, given to the store. A refused
 * reading is kept as evidence with its code and never stands for the meter. What no checksum protects waits until the
 * next one agrees with it.
 */
import { acceptReading, type Doubt } from '../../../shared/domain/metering/accept-reading.ts';
import { confirmReading, type Unconfirmed } from '../../../shared/domain/metering/confirm-reading.ts';

import { judgeValues, type MeterLimits } from '../../../shared/domain/metering/plausible-values.ts';
import { clockStep, type Candidate } from '../../../shared/domain/metering/reading-sequence.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import type { MeterProfile } from '../codec/meter-profile.ts';
import type { NewMeterEvent } from '../meter-event-table.ts';
import type { MeterBook } from '../meters/meter-records.ts';
import type { Footing } from '../meters/meter-standings.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';
import { HISTORY_EVERY_MS } from '../readings/store-readings.ts';
import type { NewReading } from '../readings/write-readings.ts';
import { sayClockStep, saySeries } from './say-series.ts';

/** A refusal that comes and goes is said once in so long; each is counted. */
const SAY_REFUSAL_EVERY_MS = 10 * 60_000;

export type HeardAnswer = {
  /** As `decodeReading` takes them: registers, or one telegram. */
  readonly registers: Uint8Array;
  readonly heardAtMonotonicMs: number;
  /** How long before now the meter measured it, where a telegram takes its time. */
  readonly ageMs?: number | undefined;
};

/** @param serialNumber of the instrument that answered; undefined when it has none */
export type JudgeAnswer = (
  answer: HeardAnswer,
  serialNumber: string | undefined,
) => 'read-again' | 'ask-serial-number' | 'settled';

/** A reading on its way to a decision, with all that is stored of it. */
type Judged = Candidate & { readonly reading: NewReading; readonly isUnsealed?: boolean | undefined };

export function judgeAnswers(parts: {
  readonly meter: NumberedMeter;
  readonly profile: MeterProfile;
  /** What the next reading follows; asked at each. */
  readonly footing: () => Footing;
  readonly book: MeterBook;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly addReading: (reading: NewReading) => void;
  readonly note: (event: NewMeterEvent) => void;
}): JudgeAnswer {
  const { meter, profile, book, clock, lineClock } = parts;
  const limits = limitsOf(meter, profile);
  let doubt: Doubt | undefined;
  let unconfirmed: Unconfirmed<Judged> | undefined;
  /** When each refusal was last said, and when it was last kept, by its code: two may take turns. */
  const saidAtMs = new Map<string, number>();
  const keptAtMs = new Map<string, EpochMs>();

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
    if (Math.abs(refused.atMs - (keptAtMs.get(code) ?? -Infinity)) < HISTORY_EVERY_MS) return;
    keptAtMs.set(code, refused.atMs);
    parts.addReading({ ...refused, quality: 'refused', refusal: { code, message } });
  }

  function take(answer: HeardAnswer, serialNumber: string | undefined): Judged {
    const { registers, heardAtMonotonicMs: monotonicMs, ageMs = 0 } = answer;
    const { values, ...scale } = decodeReading(profile, registers, meter.ctRatio);
    const reading: NewReading = {
      atMs: Math.round(clock.nowMs() - ageMs),
      monotonicMs,
      serialNumber,
      values,
      meterNumber: meter.number,
      profile: profile.name,
      ctRatio: meter.ctRatio,
      wallAtMs: Math.round(lineClock.wallMs() - ageMs),
      registers,
      newSeries: undefined,
      quality: 'plain',
      refusal: undefined,
    };
    return { reading, wallAtMs: reading.wallAtMs, ...scale };
  }

  function decide(judged: Judged): ReturnType<JudgeAnswer> {
    const { standing, begins } = parts.footing();
    const decision = acceptReading(standing, judged, limits, doubt, begins);
    if (decision.outcome === 'read-again') {
      doubt = decision.doubt;
      return 'read-again';
    }
    if (decision.outcome === 'refused') {
      doubt = decision.doubt;
      refuse(decision, judged.reading);
      return decision.code === 'serial-number-missing' ? 'ask-serial-number' : 'settled';
    }
    doubt = undefined;
    const { newSeries, confirmed } = decision;
    if (newSeries !== undefined) note('series-began', saySeries(newSeries, meter, judged.reading.serialNumber));
    const stepMs = standing === undefined ? undefined : clockStep(standing, judged);
    if (stepMs !== undefined) note('clock-changed', sayClockStep(stepMs, meter));
    const quality = confirmed || judged.isUnsealed === true ? 'confirmed' : 'plain';
    parts.addReading({ ...judged.reading, newSeries, quality });
    return 'settled';
  }

  return (answer, serialNumber) => {
    const judged = take(answer, serialNumber);
    // What cannot be by itself needs nobody's confirmation to be refused.
    if (judged.isUnsealed !== true || judgeValues(judged.reading, limits) !== undefined) return decide(judged);
    const { confirmed, contradicted, next } = confirmReading(parts.footing().standing, unconfirmed, judged, limits);
    unconfirmed = next;
    if (contradicted !== undefined)
      refuse(
        {
          code: 'not-confirmed',
          message:
            'The telegram after it says something that cannot follow, and nothing protects them on their way. Look at the head and the cable if this happens often.',
        },
        contradicted.reading,
      );
    return confirmed === undefined ? 'read-again' : decide(confirmed);
  };
}

function limitsOf(meter: NumberedMeter, profile: MeterProfile): MeterLimits {
  return {
    ...profile.plausible,
    ratedCurrentA: meter.ratedCurrentA ?? profile.rated.currentA,
    ratedVoltageV: profile.rated.voltageV,
    ...(profile.protocol === 'modbus-rtu'
      ? { phaseCount: profile.values.voltageV.length }
      : { phaseCount: 3, mayLackPower: true }),
  };
}
