/**
 * Starts and watches the two children of a profile: the demo (when it is the demo) and the backend. A backend that dies
 * is started again after a pause that grows to ten seconds; its windows get new ports and read fresh snapshots.
 */
import path from 'node:path';
import { MessageChannelMain, utilityProcess, type UtilityProcess, type WebContents } from 'electron';
import type { Log } from './log.ts';
import type { BackendStartOptions, FromBackend, FromDemo } from './backend/process-messages.ts';

const STOP_WITHIN_MS = 4000;
const START_DEMO_WITHIN_MS = 60_000;

export type RunningDemoProcess = {
  readonly facts: Extract<FromDemo, { type: 'ready' }>;
  readonly stop: () => Promise<void>;
};

/** @throws Error with the demo's own sentence when it cannot start. */
export async function startDemoProcess(
  options: object,
  folder: string,
  onExit: () => void,
): Promise<RunningDemoProcess> {
  const child = utilityProcess.fork(path.join(folder, 'demo-process.js'), [JSON.stringify(options)], {
    serviceName: 'Switchyard demo',
  });
  const facts = await new Promise<Extract<FromDemo, { type: 'ready' }>>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The demo did not start within a minute.')), START_DEMO_WITHIN_MS);
    child.once('exit', (code) => reject(new Error(`The demo ended while it started (code ${code}).`)));
    child.once('message', (message: FromDemo) => {
      clearTimeout(timer);
      if (message.type === 'ready') resolve(message);
      else reject(new Error(message.message));
    });
  });
  let stopping = false;
  child.once('exit', () => {
    if (!stopping) onExit();
  });
  return {
    facts,
    stop: async () => {
      stopping = true;
      await stopChild(child);
    },
  };
}

export type BackendEvents = {
  readonly onStarted: () => void;
  readonly onFailed: (failure: Extract<FromBackend, { type: 'failed' }>) => void;
};

export type SupervisedBackend = {
  /** Gives this window a port of its own to the backend. A second call replaces the first port. */
  readonly connect: (window: WebContents) => void;
  readonly stop: () => Promise<void>;
};

export function superviseBackend(
  options: BackendStartOptions,
  folder: string,
  events: BackendEvents,
  log: Log,
): SupervisedBackend {
  let child: UtilityProcess | undefined;
  let running = false;
  let stopping = false;
  let pauseMs = 250;
  const windows = new Set<WebContents>();

  function start(): void {
    const started = utilityProcess.fork(path.join(folder, 'backend-process.js'), [JSON.stringify(options)], {
      serviceName: 'Switchyard backend',
    });
    child = started;
    let failed = false;
    started.on('message', (message: FromBackend) => {
      if (message.type === 'failed') {
        failed = true;
        events.onFailed(message);
        started.kill();
      }
      if (message.type !== 'started') return;
      running = true;
      pauseMs = 250;
      events.onStarted();
      for (const window of windows) pass(window);
    });
    started.once('exit', (code) => {
      running = false;
      if (stopping || failed) return;
      log(`The backend ended by itself (code ${code}); it is started again in ${pauseMs} ms.`);
      setTimeout(start, pauseMs);
      pauseMs = Math.min(10_000, pauseMs * 2);
    });
  }

  function pass(window: WebContents): void {
    if (window.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child?.postMessage({ type: 'window' }, [port1]);
    window.postMessage('switchyard-port', null, [port2]);
  }

  start();
  return {
    connect: (window) => {
      if (!windows.has(window)) {
        windows.add(window);
        window.once('destroyed', () => windows.delete(window));
      }
      if (running) pass(window);
    },
    stop: async () => {
      stopping = true;
      if (child !== undefined) await stopChild(child);
    },
  };
}

async function stopChild(child: UtilityProcess): Promise<void> {
  if (child.pid === undefined) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      child.kill();
      resolve();
    }, STOP_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.postMessage({ type: 'stop' });
  });
}
