/** A rule and conditions of it, as a noun would say them. */
import type { AlarmCondition, AlarmRule } from '../../src/shared/domain/alarm/alarm.ts';

export function madeRule(change: Partial<AlarmRule> = {}): AlarmRule {
  return {
    name: 'line-lost',
    noun: 'metering',
    priority: 2,
    title: 'Line lost',
    response: 'Plug the adapter in again.',
    consequence: 'Nothing is read until then.',
    onDelayMs: 0,
    offDelayMs: 0,
    ...change,
  };
}

export function madeCondition(change: Partial<AlarmCondition> = {}): AlarmCondition {
  return {
    rule: 'line-lost',
    subject: 'L1',
    subjectName: 'Line 1',
    depotId: 'D1',
    sentence: 'The adapter was unplugged.',
    causedBy: undefined,
    link: undefined,
    ...change,
  };
}
