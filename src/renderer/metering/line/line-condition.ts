/**
 * How a serial line does, by its own state and by what its meters answer: an open port says nothing of who is on the other
 * end of the cable. Invariant: "all answering" is said only where every meter's last question was answered.
 */
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { judgeMeter, type StandingKind } from '../meter/meter-standing.ts';

export type LineCondition = {
  readonly kind:
    | 'opening'
    | 'lost'
    | 'no-meters'
    | 'silent'
    | 'partly'
    | 'waiting'
    | 'missed'
    | 'troubled'
    | 'answering';
  readonly word: string;
  readonly priority: 3 | undefined;
};

const DOES_ANSWER: ReadonlySet<StandingKind> = new Set(['answering', 'troubled', 'refused', 'missed']);

export function judgeLine(line: LineRecord, meters: readonly MeterRecord[], wallNowMs: EpochMs): LineCondition {
  if (line.state === 'lost') return { kind: 'lost', word: 'lost', priority: 3 };
  if (line.state === 'opening') return { kind: 'opening', word: 'opening', priority: undefined };
  if (meters.length === 0) return { kind: 'no-meters', word: 'open, no meter on it', priority: undefined };
  // The freshness of values is not asked here, only who answers.
  const kinds = meters.map((meter) => judgeMeter({ meter, line, freshness: 'never', wallNowMs }).kind);
  const answering = kinds.filter((kind) => DOES_ANSWER.has(kind)).length;
  const silent = kinds.filter((kind) => kind === 'silent').length;
  if (silent === meters.length) return { kind: 'silent', word: 'open, no meter answers', priority: 3 };
  if (silent > 0) return { kind: 'partly', word: `${answering} of ${meters.length} meters answer`, priority: 3 };
  if (answering < meters.length) return { kind: 'waiting', word: 'open, waiting for answers', priority: undefined };
  if (kinds.includes('missed')) return { kind: 'missed', word: 'open, answers missed', priority: undefined };
  if (kinds.some((kind) => kind !== 'answering'))
    return { kind: 'troubled', word: 'answering, with faults', priority: undefined };
  return {
    kind: 'answering',
    word: meters.length === 1 ? 'its meter answers' : `all ${meters.length} meters answer`,
    priority: undefined,
  };
}

/** When the meter of this line that was heard longest ago last answered; undefined: one never did. */
export function leastRecentAnswer(meters: readonly MeterRecord[]): EpochMs | undefined {
  const answers = meters.map((meter) => meter.health.lastAnswerAtMs);
  if (answers.length === 0 || answers.includes(undefined)) return undefined;
  return Math.min(...answers.map((atMs) => atMs ?? 0));
}
