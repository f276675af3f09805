import { appendFile, mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEventLog } from '../../../../../src/main/demo/log/event-log.ts';

const IDENTITY = { kind: 'identity', seed: 1 };
let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'demo-log-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const entry = (n: number) =>
  ({ stream: 'sessions', at: '2026-06-09T04:10:00Z', kind: 'session.put', body: { n } }) as const;

describe('the durable log', () => {
  it('gives the same items under the same offsets after any cut of the file', async () => {
    const log = await openEventLog(directory, IDENTITY);
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => log.append([entry(n), entry(n + 100)], [{ kind: 'note', n }])),
    );
    const all = log.read('sessions', 1, 100, Infinity);
    await log.close();
    const file = path.join(directory, 'marketplace-log.jsonl');
    for (let bytes = (await readFile(file)).length; bytes > 400; bytes -= 37) {
      await truncate(file, bytes);
      const again = await openEventLog(directory, IDENTITY);
      expect(again.logId).toBe(log.logId);
      expect(again.read('sessions', 1, 100, Infinity)).toEqual(all.slice(0, again.head('sessions')));
      await again.close();
    }
  });

  it('goes on after a torn last line', async () => {
    const log = await openEventLog(directory, IDENTITY);
    await log.append([entry(1)]);
    await log.close();
    await appendFile(path.join(directory, 'marketplace-log.jsonl'), '{"s":"sessions","i":{"off');
    const again = await openEventLog(directory, IDENTITY);
    await again.append([entry(2)]);
    await again.close();
    const third = await openEventLog(directory, IDENTITY);
    expect(third.logId).toBe(log.logId);
    expect(third.read('sessions', 1, 10, Infinity).map((item) => item.offset)).toEqual([1, 2]);
    await third.close();
  });

  it('begins anew under a new name for another world or a damaged file', async () => {
    const log = await openEventLog(directory, IDENTITY);
    await log.append([entry(1)]);
    await log.close();
    const other = await openEventLog(directory, { kind: 'identity', seed: 2 });
    expect(other.logId).not.toBe(log.logId);
    expect(other.head('sessions')).toBe(0);
    await other.close();
    await appendFile(path.join(directory, 'marketplace-log.jsonl'), 'rubbish\n');
    const afterDamage = await openEventLog(directory, { kind: 'identity', seed: 2 });
    expect(afterDamage.logId).not.toBe(other.logId);
    await afterDamage.close();
  });

  it('shows nothing before it is on the disk', async () => {
    const log = await openEventLog(directory, IDENTITY);
    const written = log.append([entry(1)]);
    expect(log.head('sessions')).toBe(0);
    await written;
    expect(log.head('sessions')).toBe(1);
    await log.close();
  });
});
