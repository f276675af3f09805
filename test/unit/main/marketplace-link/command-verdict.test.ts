/** OCPI's words for what became of a command. */
import { expect, test } from 'vitest';
import { readResponse, readResult } from '../../../../src/main/marketplace-link/command-verdict.ts';
import { commandResult } from '../../../../src/main/marketplace-link/wire/v1/commands.ts';

const id = '0195f8d0-0000-7000-8000-000000000001';

test('every result has its verdict, and every refusal its sentence', () => {
  for (const result of commandResult.shape.result.options) {
    const verdict = readResult({ command_id: id, result, last_updated: '2026-06-09T04:10:00Z' });
    expect(verdict.verdict).toBe(result === 'ACCEPTED' ? 'done' : result === 'TIMEOUT' ? 'unclear' : 'refused');
    expect('reason' in verdict ? verdict.reason : 'Done.').toMatch(/\.$/u);
  }
});
test('the other side’s words are one quoted line', () => {
  expect(readResponse({ command_id: id, result: 'REJECTED', timeout_s: 0, message: 'no\n\u202e<b>way</b>' })).toEqual({
    verdict: 'refused',
    reason: 'The marketplace rejected it. It says: “no <b>way</b>”',
  });
  expect(readResponse({ command_id: id, result: 'ACCEPTED', timeout_s: 30 })).toEqual({
    verdict: 'accepted',
    resultTimeoutMs: 30_000,
  });
});
