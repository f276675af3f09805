/** A real Socket.IO server that misbehaves in every way we could think of: the console sets aside, counts, and lives. */
import { describe, expect, test } from 'vitest';
import { readQuarantine } from '../../../src/main/marketplace-link/quarantine-table.ts';
import { AT, greeting, item, serve, startConsole, type Ask } from '../../support/scripted-marketplace.ts';
import { waitUntil } from '../../support/wait-until.ts';
import {
  sampleEvse,
  sampleLocation,
  samplePosition,
  sampleSession,
  sampleVehicle,
} from '../../support/wire-samples.ts';

/** Serves one stream's items as pages of the given sizes and collects the answers. */
function serveItems(stream: string, items: readonly unknown[], answers: unknown[] = []) {
  return serve((socket) => {
    const ask: Ask = ({ stream: asked, since }, answer) => {
      answer({ ok: true, head: asked === stream ? items.length : 0 });
      if (asked !== stream || since >= items.length) return;
      socket.emit('page', { stream, items: items.slice(since), head: items.length }, (reply: unknown) =>
        answers.push(reply),
      );
    };
    socket.on('subscribe', ask);
    socket.emit('hello', greeting({ [stream]: items.length }));
  });
}

describe('items that cannot be used', () => {
  const bad: readonly (readonly [string, string, string, unknown, RegExp])[] = [
    ['an unknown kind', 'network', 'evse.explode', {}, /not known here/u],
    ['a kind that is a prototype’s', 'network', '__proto__', {}, /not known here/u],
    ['no body', 'network', 'location.put', null, /does not fit/u],
    ['a wrong type', 'network', 'location.put', { ...sampleLocation('L1'), id: 7 }, /“id”/u],
    [
      'several faults at once',
      'network',
      'location.put',
      { ...sampleLocation(''), country_code: 'de', party_id: '', name: '' },
      /“country_code”.*“party_id”.*“id”.*And 1 more/u,
    ],
    [
      'an id that is markup beyond its bound',
      'fleet',
      'vehicle.put',
      sampleVehicle('<script>alert(1)</script>'.repeat(3)),
      /“id”/u,
    ],
    ['a number that overflows', 'sessions', 'session.put', sampleSession('S', { kwh: 1e300 }), /“kwh”/u],
    ['NaN, which JSON carries as null', 'sessions', 'session.put', sampleSession('S', { kwh: Number.NaN }), /“kwh”/u],
    [
      'a time before 2015',
      'sessions',
      'session.put',
      sampleSession('S', { start_date_time: '1970-01-01T00:00:00Z' }),
      /“start_date_time”/u,
    ],
    [
      'a name of a megabyte’s kind',
      'network',
      'location.put',
      { ...sampleLocation('L1'), name: 'x'.repeat(300_000) },
      /“name”/u,
    ],
    [
      'a status for nobody',
      'network',
      'evse.status',
      { location_id: 'L9', evse_uid: 'E', status: 'AVAILABLE', last_updated: AT },
      /never announced/u,
    ],
    [
      'a patch for nobody',
      'sessions',
      'session.patch',
      { country_code: 'DE', party_id: 'TST', id: 'S', last_updated: AT },
      /never announced/u,
    ],
    [
      'positions from the future',
      'telemetry',
      'positions',
      { positions: [samplePosition('V', Date.now() + 3_600_000)] },
      /five minutes/u,
    ],
  ];

  test.for(bad)('%s is set aside with a reason, and the next item is taken', async ([, stream, kind, body, reason]) => {
    const good: Record<string, [string, unknown]> = {
      network: ['location.put', sampleLocation('L1')],
      fleet: ['vehicle.put', sampleVehicle('V1')],
      sessions: ['session.put', sampleSession('S1')],
      telemetry: ['positions', { positions: [samplePosition('V1', Date.now())] }],
    };
    const [goodKind, goodBody] = good[stream] ?? ['', {}];
    const { url } = await serveItems(stream, [item(1, kind, body), item(2, goodKind, goodBody)]);
    const started = startConsole(url);
    await waitUntil('the stream to be read', () => started.link.status().state === 'live');
    const [held, ...rest] = readQuarantine(started.store, undefined, 10);
    expect(rest).toEqual([]);
    expect(held).toMatchObject({ stream, offset: 1, kind, reason: expect.stringMatching(reason) });
    expect(held?.raw.length).toBeLessThanOrEqual(20_000);
    expect(started.link.status()).toMatchObject({ quarantined: 1, reconnects: 0 });
    expect(started.link.status().streams.find(({ name }) => name === stream)?.committed).toBe(2);
  });

  test('nesting without end is set aside, although it cannot even be written down', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const { url } = await serve((socket) => {
      const ask: Ask = ({ stream, since }, answer) => {
        answer({ ok: true, head: stream === 'network' ? 1 : 0 });
        // Past the server's own writer, which would not survive it.
        if (stream === 'network' && since === 0)
          socket.conn.send(
            `2["page",{"stream":"network","head":1,"items":[{"offset":1,"at":"${AT}","kind":"location.put","body":${deep}}]}]`,
          );
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ network: 1 }));
    });
    const started = startConsole(url);
    await waitUntil('live', () => started.link.status().state === 'live');
    expect(readQuarantine(started.store, undefined, 1)).toMatchObject([
      { offset: 1, kind: 'location.put', raw: '(nested too deeply to be written down)' },
    ]);
  });

  test('markup in a name is text like any other', async () => {
    const name = '<img src=x onerror="alert(1)">';
    const { url } = await serveItems('network', [
      item(1, 'location.put', { ...sampleLocation('L1'), name }),
      item(2, 'evse.put', { location_id: 'L1', evse: sampleEvse('E1') }),
    ]);
    const started = startConsole(url);
    await waitUntil('live', () => started.link.status().state === 'live');
    expect(started.store.prepare('SELECT name FROM location').get()).toEqual({ name });
  });

  test('an item that makes our own code throw is set aside, once, and does not stop the stream', async () => {
    const { url } = await serveItems(
      'network',
      [1, 2, 3, 4].map((n) => item(n, 'location.put', sampleLocation(`L${n}`))),
    );
    const started = startConsole(url, {
      wrapStream: (definition) => ({
        ...definition,
        kinds: Object.fromEntries(
          Object.entries(definition.kinds).map(([kind, it]) => [
            kind,
            {
              ...it,
              apply: (tx, body, meta) => {
                if (meta.offset === 3) throw new Error('a defect of ours');
                return it.apply(tx, body, meta);
              },
            },
          ]),
        ),
      }),
    });
    await waitUntil('live', () => started.link.status().state === 'live');
    expect(readQuarantine(started.store, undefined, 10)).toMatchObject([
      { offset: 3, reason: expect.stringContaining('a defect of ours') },
    ]);
    expect(started.store.prepare('SELECT count(*) AS count FROM location').get()).toEqual({ count: 3 });
  });
});

describe('pages that cannot be taken', () => {
  test('a hole is refused, the stream asked for again, and then read', async () => {
    const answers: unknown[] = [];
    let asked = 0;
    const { url } = await serve((socket) => {
      const ask: Ask = ({ stream, since }, answer) => {
        answer({ ok: true, head: stream === 'network' ? 2 : 0 });
        if (stream !== 'network' || since >= 2) return;
        asked += 1;
        const first = asked < 3 ? since + 2 : since + 1;
        const items =
          asked === 2
            ? [item(1, 'location.put', sampleLocation('L1')), item(3, 'location.put', sampleLocation('L3'))]
            : [first, first + 1].map((n) => item(n, 'location.put', sampleLocation(`L${n}`)));
        socket.emit('page', { stream, items, head: 2 }, (reply: unknown) => answers.push(reply));
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ network: 2 }));
    });
    const started = startConsole(url);
    await waitUntil('three answers', () => answers.length === 3);
    expect(answers).toEqual([
      { ok: false, reason: 'gap', committed: 0 },
      { ok: false, reason: 'malformed', committed: 0 },
      { ok: true, committed: 2 },
    ]);
    expect(readQuarantine(started.store, undefined, 10).map(({ reason }) => reason)).toEqual([
      'The page’s offsets have a hole: expected 2, found 3.',
    ]);
  });

  test('items that fell out of the window meanwhile are counted as lost, and the stream goes on', async () => {
    const answers: unknown[] = [];
    const fix = (offset: number) => item(offset, 'positions', { positions: [samplePosition('V1', Date.now())] });
    const { url } = await serve((socket) => {
      const send = (items: unknown[]): void =>
        void socket.emit('page', { stream: 'telemetry', items, head: 7 }, (reply: unknown) => answers.push(reply));
      const ask: Ask = ({ stream, since }, answer) => {
        if (stream !== 'telemetry') return answer({ ok: true, head: 0 });
        if (answers.length === 0) {
          answer({ ok: true, head: 1 });
          send([fix(1)]);
          // Items 2 to 5 are dropped before they could be sent.
          return send([fix(6)]);
        }
        answer({ ok: true, head: 7, gap: { from: since + 1, to: 5 } });
        send([fix(6), fix(7)]);
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ telemetry: 1 }));
    });
    const started = startConsole(url);
    await waitUntil('three answers', () => answers.length === 3);
    expect(answers).toEqual([
      { ok: true, committed: 1 },
      { ok: false, reason: 'gap', committed: 1 },
      { ok: true, committed: 7 },
    ]);
    expect(started.link.status()).toMatchObject({ lostItems: 4, quarantined: 0 });
  });

  test('a page of a stream that was not offered is refused, also when it was followed once', async () => {
    const answers: unknown[] = [];
    const { url, server } = await serve((socket, count) => {
      socket.on('subscribe', ((_question, answer) => answer({ ok: true, head: 0 })) satisfies Ask);
      const { streams, ...rest } = greeting();
      socket.emit('hello', { ...rest, streams: streams.filter(({ name }) => count === 1 || name !== 'network') });
      if (count > 1)
        socket.emit(
          'page',
          { stream: 'network', items: [item(1, 'location.put', sampleLocation('L1'))], head: 1 },
          (reply: unknown) => answers.push(reply),
        );
    });
    const started = startConsole(url);
    await waitUntil('live', () => started.link.status().state === 'live');
    server.disconnectSockets(true);
    await waitUntil('an answer', () => answers.length === 1);
    expect(answers).toEqual([{ ok: false, reason: 'not-subscribed', committed: 0 }]);
  });

  test('a page a second time is counted and changes nothing', async () => {
    const { url } = await serve((socket) => {
      const ask: Ask = ({ stream, since }, answer) => {
        answer({ ok: true, head: stream === 'network' ? 1 : 0 });
        if (stream !== 'network' || since > 0) return;
        for (let n = 0; n < 5; n++)
          socket.emit('page', { stream, items: [item(1, 'location.put', sampleLocation('L1'))], head: 1 }, () => {});
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ network: 1 }));
    });
    const started = startConsole(url);
    await waitUntil('the replays', () => started.link.status().replayed === 4);
    expect(started.link.status()).toMatchObject({ state: 'live', quarantined: 0 });
  });

  test('a flood of nonsense ends the connection; the console comes back, and its memory of it is bounded', async () => {
    const { url, connections } = await serve((socket, count) => {
      socket.on('subscribe', ((_question, answer) => answer({ ok: true, head: 0 })) satisfies Ask);
      socket.emit('hello', greeting());
      if (count === 1)
        for (let n = 0; n < 5_000; n++) socket.emit('page', { stream: 'network', items: [{ n }], head: n });
    });
    const started = startConsole(url);
    await waitUntil(
      'the second connection',
      () => connections() >= 2 && started.link.status().state === 'live',
      20_000,
    );
    expect(started.link.status().quarantined).toBeGreaterThan(100);
  });

  test('a message over a megabyte ends the connection and says so', async () => {
    const { url } = await serve((socket, count) => {
      socket.on('subscribe', ((_question, answer) => answer({ ok: true, head: 0 })) satisfies Ask);
      socket.emit('hello', greeting());
      if (count === 1)
        socket.emit('page', { stream: 'network', items: [item(1, 'location.put', 'x'.repeat(1_500_000))], head: 1 });
    });
    const started = startConsole(url);
    await waitUntil(
      'the reconnect',
      () => started.link.status().reconnects === 1 && started.link.status().state === 'live',
    );
    const notes = started.store
      .prepare<[], { note: string }>('SELECT note FROM link_event')
      .all()
      .map((row) => row.note);
    expect(notes).toContain(
      'The marketplace sent a message of more than 1 000 000 bytes, so the connection was closed.',
    );
  });

  test('a server that breaks off after every greeting is tried more and more seldom, though telemetry comes through', async () => {
    const triedAtMs: number[] = [];
    let head = 0;
    const { url } = await serve((socket) => {
      triedAtMs.push(Date.now());
      head += 1;
      const ask: Ask = ({ stream, since }, answer) => {
        answer({ ok: true, head: stream === 'telemetry' ? head : stream === 'network' ? 1 : 0 });
        if (stream === 'network')
          socket.emit('page', { stream, items: [item(1, 'location.put', 'x'.repeat(1_500_000))], head: 1 });
        if (stream !== 'telemetry' || since >= head) return;
        const positions = [samplePosition('V1', Date.now())];
        socket.emit('page', { stream, items: [item(head, 'positions', { positions })], head }, () => {});
      };
      socket.on('subscribe', ask);
      socket.emit('hello', greeting({ telemetry: head, network: 1 }));
    });
    const started = startConsole(url, { timing: { backOff: { firstMs: 40, maxMs: 10_000 } } });
    await waitUntil('the sixth try', () => triedAtMs.length === 6, 10_000);
    const pauses = triedAtMs.slice(1).map((atMs, index) => atMs - (triedAtMs[index] ?? 0));
    // Each at least half of its step: 40, 80, 160, 320, 640 ms.
    expect(pauses.map((pause, index) => pause >= 20 * 2 ** index)).toEqual([true, true, true, true, true]);
    const committed = started.link.status().streams.find(({ name }) => name === 'telemetry')?.committed ?? 0;
    expect(committed).toBeGreaterThan(0);
  });

  test('after a connection that lasted and helped, the pauses begin anew', async () => {
    const triedAtMs: number[] = [];
    const { url, server } = await serve((socket, count) => {
      triedAtMs.push(Date.now());
      socket.on('subscribe', ((_question, answer) => answer({ ok: true, head: 0 })) satisfies Ask);
      // Four that are of no use, then a good one.
      if (count <= 4) socket.disconnect(true);
      else socket.emit('hello', greeting());
    });
    const started = startConsole(url, { timing: { backOff: { firstMs: 40, maxMs: 640 } } });
    await waitUntil('live', () => started.link.status().state === 'live');
    await new Promise((resolve) => setTimeout(resolve, 750));
    const brokenAtMs = Date.now();
    server.disconnectSockets(true);
    await waitUntil('the next try', () => triedAtMs.length === 6);
    // The fifth pause would be 320 ms at least.
    expect((triedAtMs[5] ?? 0) - brokenAtMs).toBeLessThan(250);
  });

  test('binary, acks that are none, unknown events, two greetings: ignored', async () => {
    const { url } = await serve((socket) => {
      socket.on('subscribe', ((_question, answer) => answer({ ok: true, head: 0 })) satisfies Ask);
      socket.emit('hello', greeting());
      socket.emit('hello', greeting({}, { log_id: '0195f8d0-0000-7000-8000-00000000000f' }));
      socket.emit('page', Buffer.from('nonsense'));
      socket.emit('page');
      socket.emit('page', null, 1, 2, 3);
      socket.emit('constructor', { __proto__: 1 });
      socket.emit('telemetry', new Uint8Array(1000));
    });
    const started = startConsole(url);
    await waitUntil('all to be seen', () => started.link.status().quarantined === 3);
    expect(started.link.status()).toMatchObject({ state: 'live', reconnects: 0 });
  });
});
