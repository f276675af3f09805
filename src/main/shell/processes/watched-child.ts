/** A child process whose end is known from the first moment on, and which can always be brought to its end. */
import { utilityProcess, type MessagePortMain } from 'electron';

const ASK_FOR_MS = 4000;
const TERMINATE_FOR_MS = 2000;

export type WatchedChild<Message> = {
  readonly onMessage: (listener: (message: Message) => void) => void;
  readonly onExit: (listener: (code: number) => void) => void;
  readonly post: (message: object, ports: MessagePortMain[]) => void;
  readonly kill: () => void;
  /** Asks it to end, then makes it; settles when it is gone. */
  readonly stop: () => Promise<void>;
};

export function forkChild<Message>(file: string, options: object, serviceName: string): WatchedChild<Message> {
  const child = utilityProcess.fork(file, [JSON.stringify(options)], { serviceName });
  // Electron gives the pid only after the start and takes it away at the end, so it cannot tell one from the other.
  let exited = false;
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => {
      exited = true;
      resolve();
    });
  });

  async function stop(): Promise<void> {
    if (exited) return;
    child.postMessage({ type: 'stop' });
    if (await endsWithin(gone, ASK_FOR_MS)) return;
    child.kill();
    if (await endsWithin(gone, TERMINATE_FOR_MS)) return;
    // Whoever waits opens the same database next; a process that hangs in the kernel is waited for, not forgotten.
    if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    await endsWithin(gone, TERMINATE_FOR_MS);
  }

  return {
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.once('exit', listener),
    post: (message, ports) => child.postMessage(message, ports),
    kill: () => {
      if (!exited) child.kill();
    },
    stop,
  };
}

async function endsWithin(gone: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = await Promise.race([gone.then(() => true), late]);
  clearTimeout(timer);
  return ended;
}
