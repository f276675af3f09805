/** The two children of a profile, as Electron starts them: the demo (when it is the demo) and the supervised backend. */
import path from 'node:path';
import { MessageChannelMain, type WebContents } from 'electron';
import type { BackendStartOptions, FromBackend, FromDemo } from '../backend/process-messages.ts';
import type { Log } from '../log.ts';
import { superviseBackend, type BackendEvents, type SupervisedBackend } from './supervise-backend.ts';
import { forkChild, type WatchedChild } from './watched-child.ts';

const START_DEMO_WITHIN_MS = 60_000;

type DemoFacts = Extract<FromDemo, { type: 'ready' }>;

export type RunningDemoProcess = {
  readonly facts: DemoFacts;
  readonly stop: () => Promise<void>;
};

/** @throws Error with the demo's own sentence when it cannot start, or was not wanted any more; it is gone then. */
export async function startDemoProcess(
  options: object,
  folder: string,
  signal: AbortSignal,
  onExit: () => void,
): Promise<RunningDemoProcess> {
  const child = forkChild<FromDemo>(path.join(folder, 'demo-process.js'), options, 'Switchyard demo');
  let facts: DemoFacts;
  try {
    facts = await factsOf(child, signal);
  } catch (error) {
    child.kill();
    await child.stop();
    throw error;
  }
  let stopping = false;
  child.onExit(() => {
    if (!stopping) onExit();
  });
  return {
    facts,
    stop: async () => {
      stopping = true;
      await child.stop();
    },
  };
}

function factsOf(child: WatchedChild<FromDemo>, signal: AbortSignal): Promise<DemoFacts> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The demo did not start within a minute.')), START_DEMO_WITHIN_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('The demo is not wanted any more.'));
    });
    child.onExit((code) => {
      clearTimeout(timer);
      reject(new Error(`The demo ended while it started (code ${code}).`));
    });
    child.onMessage((message) => {
      clearTimeout(timer);
      if (message.type === 'ready') resolve(message);
      else reject(new Error(message.message));
    });
  });
}

export function startBackendProcess(
  options: BackendStartOptions,
  folder: string,
  events: BackendEvents,
  log: Log,
): SupervisedBackend<WebContents> {
  return superviseBackend<WebContents, WatchedChild<FromBackend>>(
    {
      fork: () => forkChild(path.join(folder, 'backend-process.js'), options, 'Switchyard backend'),
      pass: (child, window) => {
        if (!canHear(window)) return;
        const { port1, port2 } = new MessageChannelMain();
        child.post({ type: 'window' }, [port1]);
        window.postMessage('switchyard-port', null, [port2]);
      },
      lose: (window) => {
        if (canHear(window)) window.postMessage('switchyard-port-lost', null);
      },
      onceGone: (window, forget) => window.once('destroyed', forget),
      log,
    },
    events,
  );
}

/** A page that crashed asks for its port by itself once it was loaded again. */
function canHear(window: WebContents): boolean {
  return !window.isDestroyed() && !window.isCrashed();
}
