import { describe, expect, it } from 'vitest';
import { createRestartPolicy } from '../../../../../src/main/shell/processes/restart-policy.ts';

function policyAt() {
  let now = 0;
  return {
    policy: createRestartPolicy(() => now),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('createRestartPolicy', () => {
  it('waits longer each time and gives up at the fifth death within a minute', () => {
    const { policy, pass } = policyAt();
    const pauses = [1, 2, 3, 4, 5].map(() => {
      policy.started();
      pass(1000);
      return policy.died();
    });
    expect(pauses).toEqual([250, 500, 1000, 2000, undefined]);
  });

  it('does not forgive for a start, only for a minute of life', () => {
    const { policy, pass } = policyAt();
    policy.died();
    policy.started();
    pass(59_000);
    expect(policy.died()).toBe(500);
    policy.started();
    pass(60_000);
    expect(policy.died()).toBe(250);
  });

  it('goes on at ten seconds with what dies seldom', () => {
    const { policy, pass } = policyAt();
    const pauses = Array.from({ length: 9 }, () => {
      policy.started();
      pass(30_000);
      return policy.died();
    });
    expect(pauses.slice(-2)).toEqual([10_000, 10_000]);
  });

  it('gives up what never came to life, however slowly it died', () => {
    const { policy, pass } = policyAt();
    const pauses = [1, 2, 3, 4, 5].map(() => {
      pass(50_000);
      return policy.died();
    });
    expect(pauses.map((pause) => pause === undefined)).toEqual([false, false, false, false, true]);
  });
});
