import { expect, test } from 'vitest';
import type { LinkStatus } from '../../../../../src/shared/ipc/link-contract.ts';
import { isNeverConnected, linkMeaning, linkWords } from '../../../../../src/renderer/pages/links/links-words.ts';

const status: LinkStatus = {
  id: 'marketplace',
  name: 'City',
  state: 'live',
  sinceMs: 0,
  lastMessageAtMs: 1,
  nextTryAtMs: undefined,
  reason: undefined,
  queuedCommands: 0,
  oldestQueuedAtMs: undefined,
  reconnects: 0,
  quarantined: 0,
  replayed: 0,
  lostItems: 0,
  streams: [],
};

test('never says that everything was read where items were lost', () => {
  expect(linkMeaning(status)).toBe('Connected, everything read.');
  expect(linkMeaning({ ...status, lostItems: 2 })).toBe('Connected. Everything still held was read; 2 lost.');
});

test('says how long a start or stop waits, and that none is sent to one who refuses', () => {
  expect(linkWords('lost').stillWorks).toContain('waits at most 30 s');
  expect(linkWords('refused').stillWorks).toContain('are not sent');
});

test('tells never connected from lost', () => {
  expect(isNeverConnected({ ...status, state: 'lost' })).toBe(false);
  expect(isNeverConnected({ ...status, state: 'lost', lastMessageAtMs: undefined })).toBe(true);
  expect(isNeverConnected({ ...status, lastMessageAtMs: undefined })).toBe(false);
});
