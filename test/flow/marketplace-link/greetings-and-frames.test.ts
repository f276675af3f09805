/** Greetings that are none, frames that are none, logs that begin anew or have lost their beginning. */
import { describe, expect, test } from 'vitest';
import { greeting, item, LOG, serve, startConsole, type Ask } from '../../support/scripted-marketplace.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed, seededRandom } from '../../support/seeded-random.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sampleEvse, sampleLocation, samplePosition } from '../../support/wire-samples.ts';

test('random frames end connections at most; the console comes back and still works', { timeout: 60_000 }, async () => {
  const seed = chooseSeed();
  const random = seededRandom(seed);
  const starts = [
    '2["page"',
    '2["page",',
    '21["page",{}]',
    '451-["page",{"_placeholder":true,"num":0}]',
    '3',
    '39[1]',
    '4{"data":1}',
    '0{"sid":1}',
    '1',
    '9',
    '',
    '2[7]',
    '2{"a":1}',
    '2["connect"]',
    '2["disconnect"]',
  ];
  let frames = 0;
  const { url, connections } = await serve((socket, count) => {
    socket.on('subscribe', ((_question, answer) => answer({ ok: true, head: 0 })) satisfies Ask);
    socket.emit('hello', greeting());
    if (count > 60) return;
    for (let n = 0; n < 20; n++) {
      const junk = Array.from({ length: Math.floor(random() * 60) }, () =>
        String.fromCharCode(Math.floor(random() * 0x2ff)),
      ).join('');
      socket.conn.send(
        random() < 0.1 ? Buffer.from(junk) : (starts[Math.floor(random() * starts.length)] ?? '') + junk,
      );
      frames += 1;
    }
    setTimeout(() => socket.disconnect(true), 30);
  });
  const started = startConsole(url);
  await waitUntil('the good connection', () => connections() > 60 && started.link.status().state === 'live', 50_000);
  printFigures('frames', { seed, frames, connections: connections(), quarantined: started.link.status().quarantined });
  expect(frames).toBe(1200);
});

describe('greetings and logs', () => {
  test.for([
    ['not an object', 'hello', /not understood/u],
    ['no streams', greeting({}, { streams: [] }), /“streams”/u],
    ['an unsafe head', greeting({ network: 1e300 }), /head/u],
  ] as const)('a greeting with %s is not taken', async ([, hello, reason]) => {
    const { url } = await serve((socket) => void socket.emit('hello', hello));
    const started = startConsole(url);
    await waitUntil('lost', () => started.link.status().state === 'lost');
    expect(started.link.status().reason).toMatch(reason);
  });

  test('another protocol is refused, and the console waits for a person', async () => {
    const { url, connections } = await serve((socket) => void socket.emit('hello', greeting({}, { protocol: 2 })));
    const started = startConsole(url);
    await waitUntil('refused', () => started.link.status().state === 'refused');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(connections()).toBe(1);
    expect(started.link.status().reason).toContain('protocol 2');
  });

  test('silence instead of a greeting, and silence after it, are noticed in bounded time', async () => {
    const mute = await serve(() => {});
    const started = startConsole(mute.url, { timing: { helloTimeoutMs: 200 } });
    await waitUntil('lost', () => started.link.status().state === 'lost');
    expect(started.link.status().reason).toBe('The marketplace did not answer.');
    const halfOpen = await serve((socket) => void socket.emit('hello', greeting()));
    const second = startConsole(halfOpen.url, { timing: { silenceLimitMs: 300 } });
    await waitUntil('lost', () => second.link.status().reason === 'The marketplace fell silent.');
  });

  test('a new log is read from the start; what the old one alone knew is gone', async () => {
    let logId = LOG;
    let items = [
      item(1, 'location.put', sampleLocation('OLD')),
      item(2, 'evse.put', { location_id: 'OLD', evse: sampleEvse('E1') }),
    ];
    const { url, server } = await serve((socket) => {
      const ask: Ask = ({ stream, since }, answer) => {
        answer({ ok: true, head: stream === 'network' ? items.length : 0 });
        if (stream === 'network' && since < items.length)
          socket.emit('page', { stream, items: items.slice(since), head: items.length }, () => {});
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ network: items.length }, { log_id: logId }));
    });
    const started = startConsole(url);
    await waitUntil('live', () => started.link.status().state === 'live');
    logId = '0195f8d0-0000-7000-8000-000000000002';
    items = [item(1, 'location.put', sampleLocation('NEW'))];
    server.disconnectSockets(true);
    await waitUntil(
      'live again',
      () => started.link.status().reconnects === 1 && started.link.status().state === 'live',
    );
    expect(started.store.prepare('SELECT id FROM location').all()).toEqual([{ id: 'NEW' }]);
    expect(started.store.prepare('SELECT key FROM evse').all()).toEqual([]);
  });

  test('what a fresh console never asked for is not lost to it', async () => {
    const { url } = await serve((socket) => {
      const ask: Ask = ({ stream, since }, answer) => {
        if (stream !== 'telemetry') return answer({ ok: true, head: 0 });
        if (since >= 10) return answer({ ok: true, head: 10 });
        answer({ ok: true, head: 10, gap: { from: since + 1, to: 9 } });
        socket.emit(
          'page',
          { stream, items: [item(10, 'positions', { positions: [samplePosition('V', Date.now())] })], head: 10 },
          () => {},
        );
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ telemetry: 10 }));
    });
    const started = startConsole(url);
    await waitUntil('live', () => started.link.status().state === 'live');
    expect(started.link.status()).toMatchObject({
      lostItems: 0,
      streams: expect.arrayContaining([{ name: 'telemetry', committed: 10, head: 10 }]),
    });
  });
});
