import { describe, expect, it } from 'vitest';
import { judgeFailure, mayPublish } from '../../../../../src/shared/domain/insight/judge-failure.ts';

const start = { kind: 'START_SESSION', state: 'refused' } as const;

describe('a failed command', () => {
  it.each([
    ['BLOCKED', 'evse-blocked'],
    ['INOPERATIVE', 'evse-broken'],
    ['OUTOFORDER', 'evse-broken'],
    ['CHARGING', 'queue'],
    ['RESERVED', 'queue'],
  ] as const)('at a charge point that is %s proves %s', (evseStatus, kind) => {
    expect(judgeFailure({ command: start, evseStatus, awayM: undefined })).toBe(kind);
    expect(judgeFailure({ command: { ...start, kind: 'RESERVE_NOW' }, evseStatus, awayM: 5000 })).toBe(kind);
  });

  it('at a charge point that said it was free is the network’s failure only where the vehicle stood there', () => {
    expect(judgeFailure({ command: start, evseStatus: 'AVAILABLE', awayM: 40 })).toBe('start-failed');
    expect(judgeFailure({ command: start, evseStatus: 'AVAILABLE', awayM: 900 })).toBeUndefined();
    expect(judgeFailure({ command: start, evseStatus: 'AVAILABLE', awayM: undefined })).toBeUndefined();
  });

  it.each(['done', 'unknown', 'expired', 'queued', 'sent', 'accepted'] as const)(
    'that is %s proves nothing',
    (state) => {
      expect(
        judgeFailure({ command: { kind: 'START_SESSION', state }, evseStatus: 'BLOCKED', awayM: 0 }),
      ).toBeUndefined();
    },
  );

  it('of another kind proves nothing', () => {
    const command = { kind: 'UNLOCK_CONNECTOR', state: 'refused' } as const;
    expect(judgeFailure({ command, evseStatus: 'BLOCKED', awayM: 0 })).toBeUndefined();
  });
});

it('a signal is published once: not while it may be there', () => {
  const states = ['draft', 'dismissed', 'publishing', 'published', 'refused', 'unknown'];
  expect(states.filter(mayPublish)).toEqual(['draft', 'refused']);
});
