/**
 * A window without a screen: speaks the contract over a port pair as the renderer does, keeps copies of feeds by snapshot
 * and deltas, and fails on a revision gap.
 */
import { makeUuidV7 } from '../../src/shared/kernel/id.ts';
import type {
  CommandInput,
  CommandName,
  FeedName,
  FeedRecord,
  QueryInput,
  QueryName,
  QueryOutput,
} from '../../src/shared/ipc/console-api.ts';
import { consoleApi } from '../../src/shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../src/shared/ipc/contract.ts';
import type { BackendMessage } from '../../src/shared/ipc/messages.ts';
import { decodeTelemetryFrame, type TelemetryFrame } from '../../src/shared/ipc/telemetry-frame.ts';
import type { WindowPort } from '../../src/main/ipc/window-port.ts';

export type WindowStandIn = {
  readonly query: <N extends QueryName>(name: N, input: QueryInput<N>) => Promise<QueryOutput<N>>;
  readonly command: <N extends CommandName>(
    name: N,
    input: Omit<CommandInput<N>, 'commandId'>,
    commandId?: string,
  ) => Promise<CommandAnswer>;
  readonly follow: <N extends FeedName>(name: N) => ReadonlyMap<string, FeedRecord<N>>;
  readonly followFrames: (onFrame: (frame: TelemetryFrame) => void) => void;
  readonly close: () => void;
};

export function openWindowStandIn(serve: (port: WindowPort) => void): WindowStandIn {
  let deliver: (message: unknown) => void = () => {};
  let close: () => void = () => {};
  let lastId = 0;
  const receivers = new Map<number, (message: BackendMessage) => void>();

  serve({
    // What crosses is cloned, as a real port does, so that nobody can share an object by accident.
    send: (message) => {
      const copy = structuredClone(message);
      setImmediate(() => copy.type !== 'ready' && receivers.get(copy.id)?.(copy));
    },
    onMessage: (listener) => (deliver = listener),
    onClose: (listener) => (close = listener),
  });

  async function ask(type: 'query' | 'command', name: string, input: unknown): Promise<BackendMessage> {
    const id = ++lastId;
    return new Promise((resolve) => {
      receivers.set(id, resolve);
      deliver({ type, id, name, input });
    });
  }

  return {
    query: async <N extends QueryName>(name: N, input: QueryInput<N>) => {
      const message = await ask('query', name, input);
      if (message.type !== 'answer') throw new Error(JSON.stringify(message));
      return message.value as QueryOutput<N>;
    },
    command: async (name, input, commandId = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))) => {
      const message = await ask('command', name, { ...input, commandId });
      if (message.type !== 'command-answer') throw new Error(JSON.stringify(message));
      return message.answer;
    },
    follow: <N extends FeedName>(name: N) => {
      type R = FeedRecord<N>;
      const keyOf = consoleApi[name].keyOf as (record: R) => string;
      const records = new Map<string, R>();
      let revision = -1;
      const id = ++lastId;
      receivers.set(id, (message) => {
        if (message.type === 'snapshot') {
          revision = message.snapshot.revision;
          for (const record of message.snapshot.records as readonly R[]) records.set(keyOf(record), record);
        }
        if (message.type !== 'delta') return;
        if (message.delta.from !== revision) throw new Error(`${name}: a gap in the revisions`);
        revision = message.delta.revision;
        for (const record of message.delta.upserted as readonly R[]) records.set(keyOf(record), record);
        for (const key of message.delta.removedKeys) records.delete(key);
      });
      deliver({ type: 'subscribe', id, name });
      return records;
    },
    followFrames: (onFrame) => {
      const id = ++lastId;
      receivers.set(id, (message) => {
        if (message.type !== 'frame') return;
        onFrame(decodeTelemetryFrame(message.frame));
        deliver({ type: 'frame-taken', id });
      });
      deliver({ type: 'subscribe', id, name: 'fleet/telemetry' });
    },
    close: () => close(),
  };
}
