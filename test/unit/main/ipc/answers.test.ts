import { describe, expect, it } from 'vitest';
import { createAnswers } from '../../../../src/main/ipc/answers.ts';

const COMMAND_ID = '01901234-5678-7000-8000-000000000000';

function stage() {
  const lines: string[] = [];
  const answers = createAnswers((line) => lines.push(line));
  return { answers, lines };
}

describe('answers', () => {
  it('lets nothing pass that the schema of the contract does not allow', async () => {
    const { answers } = stage();
    let ran = 0;
    answers.command('demo/set-speed', () => {
      ran += 1;
      return { outcome: 'accepted' };
    });
    for (const input of [
      undefined,
      {},
      { rate: 7, commandId: COMMAND_ID },
      { rate: 10 },
      { rate: 10, commandId: COMMAND_ID, more: 1 },
    ])
      expect(await answers.runCommand('demo/set-speed', input, { operator: 'a' })).toMatchObject({
        outcome: 'refused',
        error: { code: 'bad-input' },
      });
    expect(ran).toBe(0);
    expect(await answers.runCommand('demo/set-speed', { rate: 10, commandId: COMMAND_ID }, { operator: 'a' })).toEqual({
      outcome: 'accepted',
    });
    expect(ran).toBe(1);
  });

  it('refuses names nobody registered, inherited ones too', async () => {
    const { answers } = stage();
    for (const name of ['toString', '__proto__', 'link/events', ''])
      expect(await answers.runQuery(name, {})).toMatchObject({ error: { code: 'not-offered' } });
  });

  it('turns what a noun throws into data, logged once', async () => {
    const { answers, lines } = stage();
    answers.query('console/about', () => {
      throw new Error('the disk is gone');
    });
    expect(await answers.runQuery('console/about', {})).toMatchObject({
      error: { code: 'failed', detail: 'the disk is gone' },
    });
    expect(lines).toEqual(['console/about failed']);
  });
});
