/** Whose turn it is. */
import { expect, test } from 'vitest';
import type { OutboxState } from '../../../../src/main/outbox/decide-command.ts';
import { chooseTurns } from '../../../../src/main/outbox/drive-commands.ts';

const command = (commandId: string, orderKey: string, state: OutboxState = 'queued', resultDueAtMs?: number) => ({
  commandId,
  orderKey,
  state,
  resultDueAtMs,
  sequence: 1,
  kind: 'X',
  body: '{}',
  reason: undefined,
  attempts: 0,
  issuedAtMs: 0,
  expiresAtMs: 1000,
  changedAtMs: 0,
});
const turns = (...open: ReturnType<typeof command>[]): string[] =>
  chooseTurns(open, new Set(), 3, 500).map((turn) => turn.commandId);

test('one at a time for each key, in order', () => {
  expect(turns(command('a1', 'a'), command('a2', 'a'), command('b1', 'b'))).toEqual(['a1', 'b1']);
});
test('a command in flight or unanswered holds its key', () => {
  expect(turns(command('a1', 'a', 'sent'), command('a2', 'a'))).toEqual([]);
  expect(turns(command('a1', 'a', 'unknown'), command('a2', 'a'))).toEqual([]);
});
test('one that was taken does not', () => {
  expect(turns(command('a1', 'a', 'accepted', 900), command('a2', 'a'))).toEqual(['a2']);
  expect(turns(command('a1', 'a', 'unknown', 400), command('a2', 'a'))).toEqual(['a2']);
});
test('no more than the bound', () => {
  expect(turns(command('a', 'a'), command('b', 'b'), command('c', 'c'), command('d', 'd'))).toEqual(['a', 'b', 'c']);
});
