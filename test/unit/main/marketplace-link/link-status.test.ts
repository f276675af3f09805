/** What the status claims, step by step. */
import { expect, test } from 'vitest';
import { startLinkFacts, stepLink, type LinkStep } from '../../../../src/main/marketplace-link/link-status.ts';

const after = (...steps: LinkStep[]) =>
  steps.reduce((facts, step, at) => stepLink(facts, step, at + 1), startLinkFacts(0));
const lost = { type: 'lost', reason: 'gone', nextTryAtMs: 99 } as const;

test('from the first try to live', () => {
  expect(after({ type: 'trying' })).toMatchObject({ state: 'connecting', sinceMs: 1 });
  expect(after({ type: 'trying' }, { type: 'greeted' })).toMatchObject({ state: 'catching-up', reconnects: 0 });
  expect(after({ type: 'trying' }, { type: 'greeted' }, { type: 'caught-up' })).toMatchObject({
    state: 'live',
    sinceMs: 3,
  });
});
test('an outage counts from its beginning, however many tries fail', () => {
  const out = after({ type: 'greeted' }, lost, { type: 'trying' }, lost, { type: 'trying' }, lost);
  expect(out).toMatchObject({ state: 'lost', sinceMs: 2, reason: 'gone', nextTryAtMs: 99 });
  expect(stepLink(out, { type: 'trying' }, 9)).toMatchObject({ state: 'lost', reason: 'gone', nextTryAtMs: undefined });
  expect(stepLink(out, { type: 'greeted' }, 9)).toMatchObject({
    state: 'catching-up',
    reconnects: 1,
    reason: undefined,
  });
});
test('catching up is not claimed of a link that is gone', () => {
  expect(after({ type: 'greeted' }, lost, { type: 'caught-up' }).state).toBe('lost');
  expect(after({ type: 'refused', reason: 'token' }, { type: 'caught-up' })).toMatchObject({
    state: 'refused',
    reason: 'token',
  });
});
