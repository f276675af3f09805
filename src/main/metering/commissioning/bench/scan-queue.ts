/**
 * What a scan has still to try, and what becomes of it when a step ends. Knows no line and no time.
 *
 * Invariant: a step leaves the queue only when it was tried; one that was cut off by a lost line is tried again.
 */
import { describeSettings } from '../../../serial/describe-line.ts';
import { afterFinding, costOf, type ScanStep } from './plan-scan.ts';

export type QueuedStep = {
  readonly step: ScanStep;
  /** It answered too late before, or was damaged. */
  readonly isRepeated: boolean;
};

export type ScanQueue = {
  /** Stays the next until it has ended. */
  readonly next: () => QueuedStep | undefined;
  readonly begin: (queued: QueuedStep) => void;
  readonly tried: (queued: QueuedStep, outcome: { readonly found: boolean; readonly garbage: boolean }) => void;
  /** Somebody answered after he was given up: he is asked once more, with patience. */
  readonly answeredLate: (unitAddress: number) => void;
  /** Whether an answer to what was asked last may still come while nothing is asked: before other settings, and at the end. */
  readonly mayHearLate: () => boolean;
  readonly left: () => number;
  /** Of all that was tried, and of all that is left, when nobody answers. */
  readonly costMs: () => { readonly done: number; readonly left: number };
  /** Settings at which bytes came that make nothing whole. */
  readonly garbageAt: () => readonly string[];
};

export function queueScan(steps: readonly ScanStep[]): ScanQueue {
  let remaining = steps;
  let doneMs = 0;
  let last: ScanStep | undefined;
  const again: ScanStep[] = [];
  const askedAgain = new Set<ScanStep>();
  /** By address; the same address under other settings is another step. */
  const asked = new Map<number, ScanStep>();
  const garbageAt = new Set<string>();

  function next(): QueuedStep | undefined {
    const [repeated] = again;
    if (repeated !== undefined) return { step: repeated, isRepeated: true };
    const [first] = remaining;
    return first === undefined ? undefined : { step: first, isRepeated: false };
  }

  function askAgain(step: ScanStep | undefined): void {
    if (step?.kind !== 'ask' || askedAgain.has(step)) return;
    askedAgain.add(step);
    again.push(step);
  }

  return {
    next,
    begin: ({ step }) => {
      last = step;
      if (step.kind === 'ask') asked.set(step.unitAddress, step);
    },
    tried: ({ step, isRepeated }, { found, garbage }) => {
      if (isRepeated) again.splice(again.indexOf(step), 1);
      else remaining = remaining.filter((one) => one !== step);
      doneMs += costOf(step);
      if (found) remaining = afterFinding(step, remaining);
      if (!garbage) return;
      garbageAt.add(describeSettings(step.settings));
      askAgain(step);
    },
    answeredLate: (unitAddress) => askAgain(asked.get(unitAddress)),
    mayHearLate: () => last?.kind === 'ask' && next()?.step.settings !== last.settings,
    left: () => again.length + remaining.length,
    costMs: () => ({ done: doneMs, left: [...again, ...remaining].reduce((sum, step) => sum + costOf(step), 0) }),
    garbageAt: () => [...garbageAt],
  };
}
