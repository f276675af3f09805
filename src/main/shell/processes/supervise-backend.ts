/**
 * Watches the backend of one profile. When it dies its windows are told at once, and it is started again after a growing
 * pause; then its windows get new ports and read fresh snapshots. No Electron here, so that every order can be tested.
 */
import type { Log } from '../log.ts';
import type { FromBackend } from '../backend/process-messages.ts';
import { createRestartPolicy, type RestartPolicy } from './restart-policy.ts';

export type BackendFailure = Extract<FromBackend, { type: 'failed' }>;

export type BackendChild = {
  readonly onMessage: (listener: (message: FromBackend) => void) => void;
  readonly onExit: (listener: (code: number) => void) => void;
  readonly kill: () => void;
  /** Settles when the process is gone. */
  readonly stop: () => Promise<void>;
};

export type BackendParts<Window, Child extends BackendChild> = {
  readonly fork: () => Child;
  /** Gives the window a port of its own to the backend; a second one replaces the first. */
  readonly pass: (child: Child, window: Window) => void;
  /** Tells the window that its port leads nowhere any more. */
  readonly lose: (window: Window) => void;
  readonly onceGone: (window: Window, forget: () => void) => void;
  readonly log: Log;
  readonly restarts?: RestartPolicy;
};

export type BackendEvents = {
  readonly onStarted: () => void;
  /** It is not tried again from here. */
  readonly onFailed: (failure: BackendFailure) => void;
};

export type SupervisedBackend<Window> = {
  readonly connect: (window: Window) => void;
  readonly stop: () => Promise<void>;
};

export function superviseBackend<Window, Child extends BackendChild>(
  parts: BackendParts<Window, Child>,
  events: BackendEvents,
): SupervisedBackend<Window> {
  const restarts = parts.restarts ?? createRestartPolicy();
  const windows = new Set<Window>();
  let child: Child | undefined;
  let running = false;
  let everRan = false;
  let over = false;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    if (over) return;
    const started = parts.fork();
    let failure: BackendFailure | undefined;
    child = started;
    started.onMessage((message) => {
      if (over) return;
      if (message.type === 'failed') {
        failure = message;
        started.kill();
        return;
      }
      running = true;
      everRan = true;
      restarts.started();
      events.onStarted();
      for (const window of windows) parts.pass(started, window);
    });
    started.onExit((code) => {
      if (over) return;
      loseWindows();
      decide(code, failure);
    });
  }

  function decide(code: number, failure: BackendFailure | undefined): void {
    // A store that is damaged or locked does not mend itself by being asked again; an accident after a good life may.
    if (failure !== undefined && (failure.code !== 'backend-failed' || !everRan)) {
      giveUp(failure);
      return;
    }
    const pauseMs = restarts.died();
    if (pauseMs === undefined) {
      giveUp(failure ?? endedTooOften(code));
      return;
    }
    parts.log(`The backend ended by itself (code ${code}); it is started again in ${pauseMs} ms.`, failure?.message);
    restart = setTimeout(start, pauseMs);
  }

  function giveUp(failure: BackendFailure): void {
    over = true;
    events.onFailed(failure);
  }

  function loseWindows(): void {
    if (!running) return;
    running = false;
    for (const window of windows) parts.lose(window);
  }

  start();
  return {
    connect: (window) => {
      if (over) return;
      if (!windows.has(window)) {
        windows.add(window);
        parts.onceGone(window, () => windows.delete(window));
      }
      if (running && child !== undefined) parts.pass(child, window);
      else parts.lose(window);
    },
    stop: async () => {
      over = true;
      clearTimeout(restart);
      loseWindows();
      windows.clear();
      await child?.stop();
    },
  };
}

function endedTooOften(code: number): BackendFailure {
  return {
    type: 'failed',
    code: 'backend-failed',
    message: 'The console’s backend ended by itself again and again, so it is not started any more.',
    path: undefined,
    detail: `Its last exit code was ${code}.`,
  };
}
