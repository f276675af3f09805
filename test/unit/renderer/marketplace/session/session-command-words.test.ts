import { describe, expect, test } from 'vitest';
import { adviceFor, describeCommand } from '../../../../../src/renderer/marketplace/session/session-command-words.ts';
import type { CommandState } from '../../../../../src/shared/domain/marketplace/session-command.ts';

const told = (state: CommandState, reason?: string) =>
  ({ kind: 'START_SESSION', state, reason, setAsideAtMs: undefined }) as const;

describe('words never claim more than is known', () => {
  test.for(['queued', 'sent', 'accepted', 'unknown'] as const)('%s does not say that it happened', (state) => {
    const { sentence, shape } = describeCommand(told(state), true);
    expect(sentence).not.toMatch(/has started|Not started/u);
    expect(shape).not.toBe('done');
  });
  test('unknown says both that it may have and that it may not have', () => {
    expect(describeCommand(told('unknown'), true).sentence).toContain('may or may not have started');
  });
  test('queued without a link says how long it will wait', () => {
    expect(describeCommand(told('queued'), false).sentence).toContain('at most 30 s');
    expect(describeCommand(told('queued'), true).sentence).not.toContain('30 s');
  });
  test('a refusal carries its reason and what to do', () => {
    expect(describeCommand(told('refused', 'The bay is reserved.'), true).sentence).toBe(
      'Not started: The bay is reserved.',
    );
    expect(adviceFor(told('refused'))).toBeDefined();
    expect(adviceFor(told('done'))).toBeUndefined();
  });
});
