/**
 * The demo as a process of its own, under Electron's utilityProcess or plain Node. Options come as JSON in argv[2];
 * it tells the parent when it is ready and ends with it.
 */
import { startDemo, type DemoOptions, type RunningDemo } from './start-demo.ts';

type Port = {
  postMessage: (message: unknown) => void;
  on: (event: 'message', listen: (event: { data: unknown }) => void) => void;
};

const port = (process as unknown as { parentPort?: Port }).parentPort;

function tell(message: unknown): void {
  if (port) port.postMessage(message);
  else process.send?.(message);
}

async function run(): Promise<void> {
  let running: RunningDemo | undefined;
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void (running?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
  };
  const listen = (message: unknown): void => {
    if ((message as { type?: unknown } | null)?.type === 'stop') end();
  };
  port?.on('message', (event) => listen(event.data));
  process.on('message', listen);
  process.on('disconnect', end);
  process.on('SIGTERM', end);
  try {
    const options = JSON.parse(process.argv[2] ?? 'null') as DemoOptions | null;
    if (typeof options?.directory !== 'string')
      throw new TypeError('The demo needs its options as JSON, with a directory.');
    running = await startDemo(options);
    const { url, token, seed, vehicles } = running;
    if (ending) await running.stop();
    else tell({ type: 'ready', url, token, seed, vehicles });
  } catch (error) {
    tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 200);
  }
}

void run();
