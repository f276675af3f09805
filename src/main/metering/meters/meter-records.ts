/**
 * What the windows see of each meter: its counts, which live here, and its newest readings, which come only after they are
 * stored. Invariant: `latest` and `refusal` are never ahead of the disk.
 */
import { FIRST_TIMEOUT_MS } from '../../../shared/domain/metering/answer-time-out.ts';
import {
  countAnswer,
  countFailure,
  countRefusal,
  countSound,
  noteFault,
  NOTHING_COUNTED,
  type MeterCounts,
  type MeterSound,
  type QuestionFailure,
} from '../../../shared/domain/metering/meter-health.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import type { NumberedMeter } from './meter-table.ts';

export type CommittedReading = Pick<NonNullable<MeterRecord['latest']>, 'atMs' | 'values'> & {
  readonly serialNumber: string | undefined;
  readonly refusal: { readonly code: string; readonly message: string } | undefined;
};

/** One meter's page: whoever polls it writes here what it sees. */
export type MeterBook = {
  readonly timeoutMs: () => number;
  readonly failuresInARow: () => number;
  readonly answered: (timeoutMs: number) => void;
  readonly failed: (failure: QuestionFailure, sentence: string) => void;
  readonly heard: (sound: MeterSound) => void;
  readonly waitsFor: (timeoutMs: number) => void;
  readonly refused: (message: string) => void;
  /** Something went wrong that is no matter of the line. */
  readonly fault: (sentence: string) => void;
  /** A reading was committed, accepted or refused. */
  readonly stored: (reading: CommittedReading) => void;
  readonly record: () => MeterRecord;
  /** The meter as it is declared now. */
  readonly declare: (meter: NumberedMeter, model: string) => void;
};

export function openMeterBook(
  declared: NumberedMeter,
  declaredModel: string,
  lineClock: LineClock,
  changed: (record: MeterRecord) => void,
): MeterBook {
  let meter = declared;
  let model = declaredModel;
  let counts: MeterCounts = NOTHING_COUNTED;
  let timeoutMs = FIRST_TIMEOUT_MS;
  let serialNumber: string | undefined;
  let latest: MeterRecord['latest'];
  let refusal: MeterRecord['refusal'];

  function record(): MeterRecord {
    const { number: _number, ratedCurrentA: _rated, ...declared } = meter;
    const health = { ...counts, timeoutMs };
    return { ...declared, model, serialNumber, latest, refusal, health };
  }

  function count(next: MeterCounts): void {
    counts = next;
    changed(record());
  }

  return {
    timeoutMs: () => timeoutMs,
    failuresInARow: () => counts.failuresInARow,
    answered: (waitMs) => {
      timeoutMs = waitMs;
      count(countAnswer(counts, lineClock.wallMs()));
    },
    failed: (failure, sentence) => count(countFailure(counts, failure, sentence, lineClock.wallMs())),
    heard: (sound) => count(countSound(counts, sound)),
    waitsFor: (waitMs) => {
      timeoutMs = waitMs;
      changed(record());
    },
    refused: (message) => count(countRefusal(counts, message, lineClock.wallMs())),
    fault: (sentence) => count(noteFault(counts, sentence, lineClock.wallMs())),
    stored: ({ atMs, values, serialNumber: answering, refusal: refused }) => {
      if (refused === undefined) {
        serialNumber = answering;
        latest = { atMs, values };
        refusal = undefined;
      } else refusal = { atMs, ...refused };
      changed(record());
    },
    record,
    declare: (next, nextModel) => {
      meter = next;
      model = nextModel;
      changed(record());
    },
  };
}
