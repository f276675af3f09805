/**
 * The answers that may still be under way, and the choice of a length for the next question that none of them has. An
 * answer tells nothing of its question but unit, function and length: two questions of one unit with the same length
 * can not be told apart, so the second is not asked until the first was answered or is forgotten. A slave answers one question
 * after the other: what it was asked before the question it has answered comes no more.
 */
import type { RtuRules } from './rtu-rules.ts';

export type OutstandingAnswer = {
  readonly unitAddress: number;
  readonly functionCode: number;
  readonly registerCount: number;
  readonly askedAtMs: number;
  /** When we gave it up; undefined for another master's question. */
  readonly deadlineMs: number | undefined;
};

export type OutstandingAnswers = {
  /** One of the counts that no answer under way has; undefined when there is none. */
  readonly chooseCount: (unitAddress: number, allowedCounts: readonly number[], nowMs: number) => number | undefined;
  readonly isAwaited: (unitAddress: number, nowMs: number) => boolean;
  readonly add: (answer: OutstandingAnswer) => void;
  /**
   * The question asked then was answered, and a slave answers in the order it was asked: what was asked of it before is
   * settled. Only the awaited answer says so; one that came late may be the answer to another master.
   */
  readonly settleBefore: (unitAddress: number, askedAtMs: number) => void;
  /** An answer was heard that nobody awaited: the oldest question it fits is settled. */
  readonly settle: (unitAddress: number, functionCode: number, registerCount: number) => OutstandingAnswer | undefined;
  /** An exception was heard. It has no length: it settles a question only where it can be no other's. */
  readonly settleException: (unitAddress: number, functionCode: number) => OutstandingAnswer | undefined;
};

export function createOutstandingAnswers(rules: RtuRules): OutstandingAnswers {
  let outstanding: OutstandingAnswer[] = [];
  /** The order in which each unit's counts were last used, newest last. */
  const usedCounts = new Map<number, number[]>();

  function ofUnit(unitAddress: number, nowMs: number): OutstandingAnswer[] {
    outstanding = outstanding.filter((one) => nowMs - one.askedAtMs < rules.forgetAfterMs);
    return outstanding.filter((one) => one.unitAddress === unitAddress);
  }

  function settleBefore(unitAddress: number, askedAtMs: number): void {
    outstanding = outstanding.filter((one) => one.unitAddress !== unitAddress || one.askedAtMs >= askedAtMs);
  }

  function remove(settled: OutstandingAnswer | undefined): OutstandingAnswer | undefined {
    outstanding = outstanding.filter((one) => one !== settled);
    return settled;
  }

  return {
    chooseCount: (unitAddress, allowedCounts, nowMs) => {
      if (!rules.freshLength) return allowedCounts[0];
      const used = usedCounts.get(unitAddress) ?? [];
      const underWay = new Set(ofUnit(unitAddress, nowMs).map((one) => one.registerCount));
      const free = allowedCounts.filter((count) => !underWay.has(count) && count !== used.at(-1));
      // The count that was used longest ago, so that as much time as can be lies between two answers of one length.
      const [chosen] = free.toSorted((a, b) => used.indexOf(a) - used.indexOf(b));
      if (chosen !== undefined) usedCounts.set(unitAddress, [...used.filter((count) => count !== chosen), chosen]);
      return chosen;
    },
    isAwaited: (unitAddress, nowMs) => ofUnit(unitAddress, nowMs).length > 0,
    add: (answer) => {
      outstanding.push(answer);
    },
    settleBefore,
    settle: (unitAddress, functionCode, registerCount) =>
      remove(
        outstanding.find(
          (one) =>
            one.unitAddress === unitAddress && one.functionCode === functionCode && one.registerCount === registerCount,
        ),
      ),
    settleException: (unitAddress, functionCode) => {
      const candidates = outstanding.filter(
        (one) => one.unitAddress === unitAddress && one.functionCode === functionCode,
      );
      return candidates.length === 1 ? remove(candidates[0]) : undefined;
    },
  };
}
