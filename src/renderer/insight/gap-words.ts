/** What is said of unmet demand and of the signals made of it. */
import type {
  DemandSignal,
  InfrastructureGap,
  SignalState,
  UnmetKind,
} from '../../shared/domain/insight/demand-signal.ts';
import { grouped } from '../instruments/number/format-number.ts';

export const KIND_WORDS: Readonly<Record<UnmetKind, string>> = {
  'start-failed': 'Start failed',
  'evse-blocked': 'Charge point blocked',
  'evse-broken': 'Charge point broken',
  queue: 'All taken, had to wait',
  detour: 'Had to drive farther',
  'duty-dropped': 'Duty dropped for lack of charge',
  'none-found': 'None found',
};

type StateLook = { readonly word: string; readonly meaning: string; readonly priority: 2 | 3 | undefined };

export const STATE_LOOKS: Readonly<Record<SignalState, StateLook>> = {
  draft: {
    word: 'Draft',
    meaning: 'Reviewed and kept here. The marketplace does not know of it.',
    priority: undefined,
  },
  dismissed: { word: 'Dismissed', meaning: 'A person decided that nothing is to be published.', priority: undefined },
  publishing: { word: 'Publishing', meaning: 'On its way to the marketplace; not confirmed yet.', priority: undefined },
  published: { word: 'Published', meaning: 'The marketplace has confirmed it.', priority: undefined },
  refused: { word: 'Refused', meaning: 'The marketplace did not take it. It may be published again.', priority: 2 },
  unknown: {
    word: 'Not known',
    meaning: 'Nobody can say whether the marketplace has it. It is not given a second time; the answer may still come.',
    priority: 3,
  },
};

export const COMMITMENT_WORDS: Readonly<Record<DemandSignal['commitment'], string>> = {
  none: 'None: for information',
  indicative: 'Indicative: the fleet expects to use it',
  binding: 'Binding: the fleet will use it',
};

/** Most frequent first. */
export function kindsOf({ byKind }: Pick<InfrastructureGap, 'byKind'>): readonly (readonly [UnmetKind, number])[] {
  return (Object.entries(byKind) as [UnmetKind, number][]).toSorted(([, one], [, other]) => other - one);
}

/** Four steps of grey: from three, five, ten and twenty failures. */
export const SEVERITY_FROM = [3, 5, 10, 20] as const;

export function severityOf({ count }: Pick<InfrastructureGap, 'count'>): number {
  return Math.max(0, SEVERITY_FROM.filter((least) => count >= least).length - 1);
}

export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** For those who cannot see the bars. */
export function hoursInWords(byHour: readonly number[]): string {
  const said = byHour.flatMap((count, hour) => (count === 0 ? [] : [`${hourText(hour)} ${grouped(count)}`]));
  return `Failures by local hour: ${said.join(', ')}`;
}

/** What was held back, so that nobody takes an empty map for a good one. */
export function hiddenWords(hiddenCells: number, minimumCount: number): string {
  if (hiddenCells === 0) return '';
  const cells = hiddenCells === 1 ? 'One more cell has' : `${grouped(hiddenCells)} more cells have`;
  return `${cells} fewer than ${minimumCount} failures, or those of one vehicle alone, and ${hiddenCells === 1 ? 'is' : 'are'} not shown: nobody’s way is to be read from it.`;
}

/** The newest review of each cell: the feed tells of every one there was. */
export function newestByCell(signals: Iterable<DemandSignal>): ReadonlyMap<string, DemandSignal> {
  const newest = new Map<string, DemandSignal>();
  for (const signal of signals) {
    const known = newest.get(signal.cell);
    if (known === undefined || known.reviewedAtMs <= signal.reviewedAtMs) newest.set(signal.cell, signal);
  }
  return newest;
}
