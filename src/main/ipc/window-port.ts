/**
 * One window's conversation with the backend. The shell checked the window (own origin, main frame) before it handed out
 * the port; here every message is checked for shape, and a window has a bounded number of subscriptions.
 */
import { CONTRACT_VERSION, windowMessage, type BackendMessage, type WindowMessage } from '../../shared/ipc/messages.ts';
import type { FeedHub } from '../feed/feed-hub.ts';
import type { FrameFeed, FrameSubscription } from '../feed/frame-feed.ts';
import type { Answers } from './answers.ts';

/** What both Electron's and Node's message ports offer, after a one-line adapter. */
export type WindowPort = {
  readonly send: (message: BackendMessage) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
};

export type WindowPortParts = {
  readonly answers: Answers;
  readonly feeds: FeedHub;
  readonly frames: ReadonlyMap<string, FrameFeed>;
  readonly operator: string;
  readonly log: (line: string, detail: unknown) => void;
};

const MAX_SUBSCRIPTIONS = 200;

export function serveWindow(port: WindowPort, parts: WindowPortParts): void {
  const subscriptions = new Map<number, FrameSubscription>();

  function subscribe(id: number, name: string): void {
    subscriptions.get(id)?.stop();
    subscriptions.delete(id);
    const frameFeed = parts.frames.get(name);
    if (subscriptions.size >= MAX_SUBSCRIPTIONS || (frameFeed === undefined && !parts.feeds.has(name))) {
      port.send({ type: 'error', id, error: { code: 'not-offered', message: `The feed “${name}” is not offered.` } });
      return;
    }
    if (frameFeed !== undefined) {
      subscriptions.set(
        id,
        frameFeed.subscribe((frame) => port.send({ type: 'frame', id, frame })),
      );
      return;
    }
    const stop = parts.feeds.subscribe(name, {
      snapshot: (snapshot) => port.send({ type: 'snapshot', id, snapshot }),
      delta: (delta) => port.send({ type: 'delta', id, delta }),
    });
    subscriptions.set(id, { stop, taken: () => {} });
  }

  async function take(message: WindowMessage): Promise<void> {
    switch (message.type) {
      case 'query': {
        const result = await parts.answers.runQuery(message.name, message.input);
        if ('error' in result) port.send({ type: 'error', id: message.id, error: result.error });
        else port.send({ type: 'answer', id: message.id, value: result.value });
        return;
      }
      case 'command': {
        const answer = await parts.answers.runCommand(message.name, message.input, { operator: parts.operator });
        port.send({ type: 'command-answer', id: message.id, answer });
        return;
      }
      case 'subscribe':
        try {
          subscribe(message.id, message.name);
        } catch (error) {
          // Whoever subscribed must hear that nothing will come, or it waits for ever.
          const reason = `The feed “${message.name}” could not be read.`;
          port.send({ type: 'error', id: message.id, error: { code: 'failed', message: reason } });
          throw error;
        }
        return;
      case 'unsubscribe':
        subscriptions.get(message.id)?.stop();
        subscriptions.delete(message.id);
        return;
      case 'frame-taken':
        subscriptions.get(message.id)?.taken();
    }
  }

  port.onMessage((raw) => {
    const parsed = windowMessage.safeParse(raw);
    if (!parsed.success) {
      parts.log('A window sent what is no message of the contract; it was dropped.', parsed.error.issues);
      return;
    }
    take(parsed.data).catch((error: unknown) => parts.log('A window’s request failed.', error));
  });
  port.onClose(() => {
    for (const subscription of subscriptions.values()) subscription.stop();
    subscriptions.clear();
  });
  port.send({ type: 'ready', contractVersion: CONTRACT_VERSION });
}
