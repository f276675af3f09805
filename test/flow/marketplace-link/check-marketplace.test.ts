/** The tool for whoever writes a marketplace, run as it is run by hand: its report and its exit. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import { greeting, item, serve, type Ask } from '../../support/scripted-marketplace.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { sampleEvse, sampleLocation, sampleVehicle } from '../../support/wire-samples.ts';

const TOOL = path.resolve(import.meta.dirname, '../../../src/main/tool/tool.ts');

type Report = {
  verdict: string;
  reasons: string[];
  finally: { state: string };
  understood: Record<string, number>;
  setAside: {
    total: number;
    groups: {
      kind: string;
      reason: string;
      count: number;
      faults: string[];
      sample: { offset: number; raw: string };
    }[];
  };
  commands?: { what: string; ok: boolean; fault?: string; answer: unknown }[];
};

function check(url: string, ...more: string[]): Promise<{ exit: number; report: Report; stderr: string }> {
  const args = [TOOL, 'check-marketplace', '--url', url, '--token', 't', '--seconds', '1', ...more];
  return new Promise((resolve) =>
    execFile(process.execPath, args, (error, stdout, stderr) =>
      resolve({ exit: Number(error?.code ?? 0), report: JSON.parse(stdout) as Report, stderr }),
    ),
  );
}

type Commands = { command?: (command: Record<string, unknown>) => unknown; status?: (ids: string[]) => unknown };

function serveStreams(streams: Record<string, unknown[]>, commands: Commands = {}) {
  const heads = Object.fromEntries(Object.entries(streams).map(([name, items]) => [name, items.length]));
  return serve((socket) => {
    const ask: Ask = ({ stream, since }, answer) => {
      const items = streams[stream] ?? [];
      answer({ ok: true, head: items.length });
      if (since < items.length)
        socket.emit('page', { stream, items: items.slice(since), head: items.length }, () => {});
    };
    socket.on('subscribe', ask);
    socket.on('command', (command: Record<string, unknown>, answer: (reply: unknown) => void) => {
      if (commands.command !== undefined) answer(commands.command(command));
    });
    socket.on('command-status', ({ command_ids: ids }: { command_ids: string[] }, answer: (reply: unknown) => void) => {
      if (commands.status !== undefined) answer(commands.status(ids));
    });
    socket.emit('hello', greeting(heads));
  });
}

test('a good server is “ok”, deleted vehicles and removed charge points are not counted', async () => {
  const { url } = await serveStreams({
    fleet: [
      item(1, 'vehicle.put', sampleVehicle('V1')),
      item(2, 'vehicle.put', sampleVehicle('V2')),
      item(3, 'vehicle.delete', { id: 'V2', last_updated: '2026-06-09T04:10:00Z' }),
    ],
    network: [
      item(1, 'location.put', { ...sampleLocation('L1'), evses: [sampleEvse('E1'), sampleEvse('E2', 'REMOVED')] }),
    ],
  });
  const { exit, report, stderr } = await check(url);
  expect(report).toMatchObject({ verdict: 'ok', reasons: [], finally: { state: 'live' }, setAside: { total: 0 } });
  expect(report.understood).toMatchObject({ vehicle: 1, location: 1, evse: 1 });
  expect(report.commands).toBeUndefined();
  expect([exit, stderr]).toEqual([0, '']);
});

test('what was set aside is grouped, with a sample and all its faults, and fails', async () => {
  const bad = { ...sampleLocation(''), country_code: 'de', party_id: '', name: '', address: 'x'.repeat(5_000) };
  const { url } = await serveStreams({
    network: [item(1, 'location.put', bad), item(2, 'location.put', bad), item(3, 'evse.explode', {})],
  });
  const { exit, report, stderr } = await check(url);
  expect(report).toMatchObject({ verdict: 'not-ok', reasons: ['3 items were set aside.'], finally: { state: 'live' } });
  expect(report.setAside.total).toBe(3);
  expect(report.setAside.groups).toMatchObject([
    { kind: 'location.put', count: 2, reason: expect.stringContaining('And 2 more'), sample: { offset: 1 } },
    { kind: 'evse.explode', count: 1, faults: [] },
  ]);
  const [group] = report.setAside.groups;
  expect(group?.faults).toHaveLength(5);
  expect(group?.sample.raw).toHaveLength(2_000);
  expect([exit, stderr]).toEqual([1, '']);
});

test('a server that refuses, or is not there, fails with the whole report', async () => {
  const { url, server } = await serve(() => {});
  server.use((_socket, next) =>
    next(Object.assign(new Error('no'), { data: { code: 'bad-token', message: 'Not known.' } })),
  );
  const refused = await check(url);
  expect(refused).toMatchObject({ exit: 1, stderr: '', report: { verdict: 'not-ok', finally: { state: 'refused' } } });
  expect(refused.report.reasons).toEqual([expect.stringContaining('Not known.')]);
  expect(await check('http://127.0.0.1:9')).toMatchObject({ exit: 1, report: { finally: { state: 'lost' } } });
});

describe('--try-commands', () => {
  const known = (id: string, response: unknown) => ({ command_id: id, known: true, response });

  test('is silent about a server that rejects, repeats itself and knows what it knows', async () => {
    const taken = new Map<string, unknown>();
    const seen: unknown[] = [];
    const { url } = await serveStreams(
      {},
      {
        command: (command) => {
          const id = String(command['command_id']);
          seen.push(command);
          taken.set(id, { command_id: id, result: 'REJECTED', timeout_s: 0, message: 'too late' });
          return taken.get(id);
        },
        status: (ids) => ({
          statuses: ids.map((id) => (taken.has(id) ? known(id, taken.get(id)) : { command_id: id, known: false })),
        }),
      },
    );
    const { exit, report, stderr } = await check(url, '--try-commands');
    expect(report.commands?.map(({ ok }) => ok)).toEqual([true, true, true]);
    expect(report).toMatchObject({ verdict: 'ok', reasons: [] });
    expect([exit, stderr, taken.size, seen.length]).toEqual([0, '', 1, 2]);
    expect(seen[0]).toEqual(seen[1]);
    expect(Date.parse((seen[0] as { expires_at: string }).expires_at)).toBeLessThan(Date.now() - 1_800_000);
  });

  test('names each rule that is broken', async () => {
    let count = 0;
    const { url } = await serveStreams(
      {},
      {
        command: ({ command_id: id }) => ({ command_id: id, result: 'ACCEPTED', timeout_s: ++count }),
        status: (ids) => ({ statuses: ids.map((id) => known(id, undefined)) }),
      },
    );
    const { exit, report } = await check(url, '--try-commands');
    expect(exit).toBe(1);
    expect(report.commands?.map(({ fault }) => fault)).toEqual([
      expect.stringContaining('the answer is ACCEPTED'),
      expect.stringContaining('not the one given the first time'),
      expect.stringContaining('known: false'),
    ]);
    expect(report.reasons).toHaveLength(3);
  });

  test('the demo’s marketplace passes', async () => {
    const demo = await startDemo({ directory: temporaryFolder(), vehicles: 20, token: 't', startAtMs: Date.now() });
    onTestFinished(() => demo.stop());
    const { exit, report } = await check(demo.url, '--try-commands');
    expect([exit, report.verdict, report.reasons]).toEqual([0, 'ok', []]);
  });
});
