/**
 * What can truly be said of a meter at this moment: whether its newest reading may stand as the present, and in which words
 * its line and its answers are told. A value is the present only while it is fresh *and* could be measured again now.
 */
import type { Freshness } from '../../../shared/domain/fleet/freshness.ts';
import { SILENT_AFTER_FAILURES } from '../../../shared/domain/metering/meter-health.ts';
import { assertNever } from '../../../shared/kernel/assert.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { wholeAge } from '../../instruments/clock/profile-clock.ts';
import { grouped } from '../../instruments/number/format-number.ts';

/** How long a fault that healed is still worth a word. */
export const FAULT_IS_NEWS_MS = 60_000;

export type StandingKind =
  | 'line-unknown'
  | 'line-lost'
  | 'line-opening'
  | 'refused'
  | 'not-asked'
  | 'silent'
  | 'missed'
  | 'troubled'
  | 'answering';

export type MeterStanding = {
  readonly kind: StandingKind;
  /** Two or three words, for a grid. */
  readonly word: string;
  /** What an operator needs to know of it, in one line. */
  readonly sentence: string;
  /** 3: somebody should look, nothing is in danger. undefined: normal, and grey. */
  readonly priority: 3 | undefined;
  /** The newest accepted reading may be shown as the present. */
  readonly isCurrent: boolean;
};

type StandingFacts = {
  readonly meter: MeterRecord;
  readonly line: LineRecord | undefined;
  /** Of the newest accepted reading, by the profile's clock. */
  readonly freshness: Freshness;
  readonly wallNowMs: EpochMs;
};

export function judgeMeter(facts: StandingFacts): MeterStanding {
  const kind = kindOf(facts);
  return {
    kind,
    word: WORDS[kind],
    sentence: say(kind, facts),
    priority: NEEDS_A_LOOK.has(kind) ? 3 : undefined,
    isCurrent: facts.freshness === 'fresh' && !LINE_IS_AWAY.has(kind),
  };
}

const NEEDS_A_LOOK: ReadonlySet<StandingKind> = new Set(['line-lost', 'refused', 'silent']);
/** While the line is away nothing is measured: however young the last value is, it is the last one. */
const LINE_IS_AWAY: ReadonlySet<StandingKind> = new Set(['line-lost', 'line-opening', 'line-unknown']);

const WORDS: Readonly<Record<StandingKind, string>> = {
  'line-unknown': 'line not known',
  'line-lost': 'line lost',
  'line-opening': 'line opening',
  refused: 'reading refused',
  'not-asked': 'not asked yet',
  silent: 'no valid answer',
  missed: 'answer missed',
  troubled: 'answering, faults',
  answering: 'answering',
};

function kindOf({ meter, line, wallNowMs }: StandingFacts): StandingKind {
  const { health } = meter;
  if (line === undefined) return 'line-unknown';
  if (line.state === 'lost') return 'line-lost';
  if (line.state === 'opening') return 'line-opening';
  if (health.failuresInARow >= SILENT_AFTER_FAILURES) return 'silent';
  if (meter.refusal !== undefined) return 'refused';
  if (health.failuresInARow > 0) return 'missed';
  if (health.answered === 0) return 'not-asked';
  return isNews(health.lastFault?.atMs, wallNowMs) ? 'troubled' : 'answering';
}

function isNews(faultAtMs: EpochMs | undefined, wallNowMs: EpochMs): boolean {
  return faultAtMs !== undefined && wallNowMs - faultAtMs < FAULT_IS_NEWS_MS;
}

function say(kind: StandingKind, { meter, line, wallNowMs }: StandingFacts): string {
  const { health } = meter;
  const since = (atMs: EpochMs) => wholeAge(wallNowMs - atMs);
  switch (kind) {
    case 'line-unknown':
      return 'Nothing is heard of its line at this moment';
    case 'line-lost':
      return `Line lost for ${since(line?.sinceMs ?? wallNowMs)}, retrying`;
    case 'line-opening':
      return `Line opening for ${since(line?.sinceMs ?? wallNowMs)}`;
    case 'refused':
      return `Newest reading refused: ${meter.refusal?.message ?? ''}`;
    case 'not-asked':
      return 'Line open; the meter has not been asked yet';
    case 'silent':
      return `${grouped(health.failuresInARow)} questions without a valid answer`;
    case 'missed':
      return health.failuresInARow === 1 ? 'One answer missed; asking again' : 'Two answers missed; asking again';
    case 'troubled':
      return `Meter answering; last fault ${since(health.lastFault?.atMs ?? wallNowMs)} ago`;
    case 'answering':
      return 'Meter answering';
    default:
      return assertNever(kind);
  }
}
