import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../../src/main/shell/turns.ts';

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

describe('createTurns', () => {
  it('never has two at work, and tells the older that it was overtaken', async () => {
    const { take } = createTurns();
    const seen: string[] = [];
    const work = (name: string) => async (overtaken: AbortSignal) => {
      seen.push(`${name} begins`);
      await pause();
      seen.push(overtaken.aborted ? `${name} was overtaken` : `${name} ends`);
    };
    const first = take('open', work('open'));
    await Promise.resolve();
    const second = take('leave', work('leave'));
    await Promise.all([first, second]);
    expect(seen).toEqual(['open begins', 'open was overtaken', 'leave begins', 'leave ends']);
  });

  it('skips what was overtaken before it began', async () => {
    const { take } = createTurns();
    const seen: string[] = [];
    const note = (name: string) => async () => {
      await pause();
      seen.push(name);
    };
    const first = take('a', note('a'));
    await Promise.resolve();
    await Promise.all([first, take('b', note('b')), take('c', note('c'))]);
    expect(seen).toEqual(['a', 'c']);
  });

  it('lets the same request join the one under way, and begin anew once that has ended', async () => {
    const { take } = createTurns();
    let runs = 0;
    const work = async () => {
      runs++;
      await pause();
    };
    await Promise.all([take('demo', work), take('demo', work)]);
    expect(runs).toBe(1);
    await take('demo', work);
    expect(runs).toBe(2);
  });

  it('tells a failure to whoever asked, and goes on with the next', async () => {
    const { take } = createTurns();
    const failing = take('open', async () => {
      await pause();
      throw new Error('No token.');
    });
    await Promise.resolve();
    const next = take('leave', pause);
    await expect(failing).rejects.toThrow('No token.');
    await expect(next).resolves.toBeUndefined();
  });
});
