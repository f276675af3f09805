import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFeedHub } from '../../../../src/main/feed/feed-hub.ts';
import { openFrameFeed } from '../../../../src/main/feed/frame-feed.ts';
import { createAnswers } from '../../../../src/main/ipc/answers.ts';
import { serveWindow } from '../../../../src/main/ipc/window-port.ts';
import type { BackendMessage } from '../../../../src/shared/ipc/messages.ts';

function stage() {
  const sent: BackendMessage[] = [];
  const dropped: unknown[] = [];
  let deliver: (message: unknown) => void = () => {};
  let close: () => void = () => {};
  const feeds = createFeedHub();
  feeds.open('fleet/depots', { load: () => [] });
  feeds.open('marketplace/evses', {
    load: () => {
      throw new Error('the store is away');
    },
  });
  const frames = openFrameFeed({ maxRateHz: 5, encode: () => new ArrayBuffer(1) });
  serveWindow(
    {
      send: (message) => sent.push(message),
      onMessage: (listener) => (deliver = listener),
      onClose: (listener) => (close = listener),
    },
    {
      answers: createAnswers(() => {}),
      feeds,
      frames: new Map([['fleet/telemetry', frames]]),
      operator: 'a',
      log: (_line, detail) => dropped.push(detail),
    },
  );
  return { sent, dropped, deliver: (message: unknown) => deliver(message), close: () => close() };
}

describe('window port', () => {
  it('says its contract version first, then answers a subscription with a snapshot', () => {
    const { sent, deliver } = stage();
    deliver({ type: 'subscribe', id: 1, name: 'fleet/depots' });
    expect(sent.map((message) => message.type)).toEqual(['ready', 'snapshot']);
  });

  it('takes any message without throwing and answers none that has no shape of the contract', () => {
    const { sent, deliver, dropped } = stage();
    let count = 0;
    fc.assert(
      fc.property(fc.anything(), (message) => {
        deliver(message);
        count += 1;
      }),
    );
    deliver({ type: 'query', id: -1, name: 'console/about', input: {} });
    expect(sent.map((message) => message.type)).toEqual(['ready']);
    expect(dropped.length).toBe(count + 1);
  });

  it('answers names that nobody registered, so that no window waits for ever', async () => {
    const { sent, deliver } = stage();
    deliver({ type: 'query', id: 1, name: 'toString', input: {} });
    deliver({ type: 'subscribe', id: 2, name: '__proto__' });
    await new Promise(setImmediate);
    expect(sent.slice(1)).toMatchObject([
      { type: 'error', id: 2, error: { code: 'not-offered' } },
      { type: 'error', id: 1, error: { code: 'not-offered' } },
    ]);
  });

  it('tells a window whose feed cannot be read, and keeps no subscription of it', async () => {
    const { sent, dropped, deliver } = stage();
    deliver({ type: 'subscribe', id: 7, name: 'marketplace/evses' });
    await new Promise(setImmediate);
    expect(sent.at(-1)).toMatchObject({ type: 'error', id: 7, error: { code: 'failed' } });
    expect(dropped).toEqual([new Error('the store is away')]);
  });

  it('refuses a subscription beyond its bound', () => {
    const { sent, deliver, close } = stage();
    for (let id = 1; id <= 201; id++) deliver({ type: 'subscribe', id, name: 'fleet/telemetry' });
    expect(sent.filter((message) => message.type === 'frame').length).toBe(200);
    expect(sent.at(-1)).toMatchObject({ type: 'error', id: 201, error: { code: 'not-offered' } });
    close();
  });
});
