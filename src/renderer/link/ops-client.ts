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

const BROKEN: ContractError = {
  code: 'link-broken',
  message: 'The console’s backend restarted before it answered. Look whether it happened before you try again.',
};

export function createOpsClient(): OpsClient & { readonly attach: (port: MessagePort) => void } {
  let port: MessagePort | undefined;
  let lastId = 0;
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, Subscription>();

  const post = (message: WindowMessage) => port?.postMessage(message);

  function receive(message: BackendMessage): void {
    if (message.type === 'ready') {
      if (message.contractVersion !== CONTRACT_VERSION)
        throw new Error('This window and its backend are of different versions. Restart Switchyard.');
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

  function attach(next: MessagePort): void {
    port?.close();
    for (const waiting of pending.values()) waiting.reject(new OpsError(BROKEN));
    pending.clear();
    for (const subscription of subscriptions.values()) subscription.broken();
    port = next;
    port.onmessage = (event: MessageEvent<BackendMessage>) => receive(event.data);
    for (const [id, { name }] of subscriptions) post({ type: 'subscribe', id, name });
  }

  async function request(message: WindowMessage & { readonly id: number }): Promise<BackendMessage> {
    if (port === undefined) throw new OpsError(BROKEN);
    return new Promise((resolve, reject) => {
      pending.set(message.id, { resolve, reject });
      post(message);
    });
  }

  function open(subscription: Subscription): Unsubscribe {
    const id = ++lastId;
    subscriptions.set(id, subscription);
    post({ type: 'subscribe', id, name: subscription.name });
    return () => {
      subscriptions.delete(id);
      post({ type: 'unsubscribe', id });
    };
  }

  return {
    attach,
    query: async <N extends QueryName>(name: N, input: QueryInput<N>) => {
      const answer = await request({ type: 'query', id: ++lastId, name, input });
      if (answer.type !== 'answer') throw new OpsError(BROKEN);
      return answer.value as QueryOutput<N>;
    },
    command: async (name, input) => {
      const commandId = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
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

const client = createOpsClient();
export const ops: OpsClient = client;

/** Takes the ports the preload passes on. Called once, by the entry. */
export function listenForPorts(): void {
  window.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source === window && event.data === 'switchyard-port' && port !== undefined) client.attach(port);
  });
}
