/**
 * The three verbs, as the window's code uses them, over the MessagePort the shell hands out. When the backend restarts
 * the shell hands out a new port: running subscriptions are asked for again and start from a fresh snapshot; queries and
 * commands in flight are answered with `link-broken`, because nobody can know whether they arrived.
 */
import { makeUuidV7 } from '../../shared/kernel/id.ts';
import type {
  CommandInput,
  CommandName,
  FeedName,
  FeedRecord,
  FrameName,
  QueryInput,
  QueryName,
  QueryOutput,
} from '../../shared/ipc/console-api.ts';
import type { CommandAnswer, ContractError, Delta, Snapshot } from '../../shared/ipc/contract.ts';
import { CONTRACT_VERSION, type BackendMessage, type WindowMessage } from '../../shared/ipc/messages.ts';

export class OpsError extends Error {
  override readonly name = 'OpsError';
  readonly code: string;
  readonly detail: unknown;
  constructor(error: ContractError) {
    super(error.message);
    this.code = error.code;
    this.detail = error.detail;
  }
}

export type FeedListener<R> = {
  readonly snapshot: (snapshot: Snapshot<R>) => void;
  readonly delta: (delta: Delta<R>) => void;
  /** The backend is gone; what is held is from before and must not look fresh. */
  readonly broken: () => void;
};

type Pending = { readonly resolve: (message: BackendMessage) => void; readonly reject: (error: OpsError) => void };
type Subscription = {
  readonly name: string;
  readonly receive: (message: BackendMessage) => void;
  readonly broken: () => void;
};

/** What the store of records and the screens need of the link; one instance a window. */
export type OpsClient = {
  readonly query: <N extends QueryName>(name: N, input: QueryInput<N>) => Promise<QueryOutput<N>>;
  readonly command: <N extends CommandName>(
    name: N,
    input: Omit<CommandInput<N>, 'commandId'>,
  ) => Promise<CommandAnswer & { readonly commandId: string }>;
  readonly subscribe: <N extends FeedName>(name: N, listener: FeedListener<FeedRecord<N>>) => Unsubscribe;
  readonly subscribeFrames: (
    name: FrameName,
    onFrame: (frame: ArrayBuffer) => void,
    onBroken: () => void,
  ) => Unsubscribe;
};
export type Unsubscribe = () => void;

/** Nothing was sent: unlike with a link that broke, it is certain that it did not happen. */
const DOWN: ContractError = {
  code: 'link-down',
  message: 'The console’s backend is restarting, so nothing was sent. Try again once the line at the bottom says live.',
};

const OTHER_VERSION: ContractError = {
  code: 'version-mismatch',
  message: 'This window and its backend are of different versions, so they do not talk. Restart Switchyard.',
};

const BROKEN: ContractError = {
  code: 'link-broken',
  message: 'The console’s backend restarted before it answered. Look whether it happened before you try again.',
};

export type OpsLink = OpsClient & {
  readonly attach: (port: MessagePort) => void;
  /** The backend at the other end of the port is gone; a new port will come. */
  readonly lose: () => void;
};

/** `onRefused`: the link cannot be used at all, and a person must be told. */
export function createOpsClient(onRefused: (error: ContractError) => void = () => {}): OpsLink {
  let port: MessagePort | undefined;
  let lost = false;
  let lastId = 0;
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, Subscription>();

  const post = (message: WindowMessage) => port?.postMessage(message);

  function receive(message: BackendMessage): void {
    if (message.type === 'ready') {
      if (message.contractVersion === CONTRACT_VERSION) return;
      lose();
      onRefused(OTHER_VERSION);
      return;
    }
    const waiting = pending.get(message.id);
    if (waiting !== undefined) {
      pending.delete(message.id);
      if (message.type === 'error') waiting.reject(new OpsError(message.error));
      else waiting.resolve(message);
      return;
    }
    subscriptions.get(message.id)?.receive(message);
  }

  function lose(): void {
    port?.close();
    port = undefined;
    lost = true;
    for (const waiting of pending.values()) waiting.reject(new OpsError(BROKEN));
    pending.clear();
    for (const subscription of subscriptions.values()) subscription.broken();
  }

  function attach(next: MessagePort): void {
    lose();
    port = next;
    lost = false;
    // What the old port still had under way must not be taken for the new backend's.
    next.onmessage = (event: MessageEvent<BackendMessage>) => {
      if (port === next) receive(event.data);
    };
    for (const [id, { name }] of subscriptions) post({ type: 'subscribe', id, name });
  }

  async function request(message: WindowMessage & { readonly id: number }): Promise<BackendMessage> {
    if (port === undefined) throw new OpsError(DOWN);
    return new Promise((resolve, reject) => {
      pending.set(message.id, { resolve, reject });
      post(message);
    });
  }

  function open(subscription: Subscription): Unsubscribe {
    const id = ++lastId;
    subscriptions.set(id, subscription);
    post({ type: 'subscribe', id, name: subscription.name });
    // Whoever comes while there is nobody to ask is told so, once its own opening is through.
    if (lost)
      queueMicrotask(() => {
        if (lost && subscriptions.has(id)) subscription.broken();
      });
    return () => {
      subscriptions.delete(id);
      post({ type: 'unsubscribe', id });
    };
  }

  return {
    attach,
    lose,
    query: async <N extends QueryName>(name: N, input: QueryInput<N>) => {
      const answer = await request({ type: 'query', id: ++lastId, name, input });
      if (answer.type !== 'answer') throw new OpsError(BROKEN);
      return answer.value as QueryOutput<N>;
    },
    command: async (name, input) => {
      const commandId = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
      if (port === undefined) return { outcome: 'refused', error: DOWN, commandId };
      const answer = await request({ type: 'command', id: ++lastId, name, input: { ...input, commandId } });
      if (answer.type !== 'command-answer') throw new OpsError(BROKEN);
      return { ...answer.answer, commandId };
    },
    subscribe: <N extends FeedName>(name: N, listener: FeedListener<FeedRecord<N>>) =>
      open({
        name,
        broken: listener.broken,
        receive: (message) => {
          if (message.type === 'snapshot') listener.snapshot(message.snapshot as Snapshot<FeedRecord<N>>);
          if (message.type === 'delta') listener.delta(message.delta as Delta<FeedRecord<N>>);
        },
      }),
    subscribeFrames: (name, onFrame, onBroken) =>
      open({
        name,
        broken: onBroken,
        receive: (message) => {
          if (message.type !== 'frame') return;
          onFrame(message.frame);
          post({ type: 'frame-taken', id: message.id });
        },
      }),
  };
}

let tellRefusal: (error: ContractError) => void = () => {};
const client = createOpsClient((error) => tellRefusal(error));
export const ops: OpsClient = client;

/** Who is told when the backend cannot be talked to at all. */
export function onLinkRefused(tell: (error: ContractError) => void): void {
  tellRefusal = tell;
}

/** Takes the ports the preload passes on. Called once, by the entry. */
export function listenForPorts(): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window) return;
    const [port] = event.ports;
    if (event.data === 'switchyard-port' && port !== undefined) client.attach(port);
    if (event.data === 'switchyard-port-lost') client.lose();
  });
}
