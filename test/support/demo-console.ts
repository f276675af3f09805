/** The console's own backend on a demo, in a process with the test, and its database in a folder of the test's. */
import path from 'node:path';
import type { PlanThread } from '../../src/main/charging/planning/plan-thread.ts';
import type { RunningDemo } from '../../src/main/demo/start-demo.ts';
import { startBackend, type Backend } from '../../src/main/shell/backend/start-backend.ts';
import { openWindowStandIn, type WindowStandIn } from './window-stand-in.ts';

export async function openDemoConsole(
  folder: string,
  demo: RunningDemo,
  planThread?: PlanThread,
): Promise<{ backend: Backend; window: WindowStandIn }> {
  const backend = await startBackend({
    profile: { id: 'demo', kind: 'demo', name: 'Demo' },
    operator: 'Night shift',
    databasePath: path.join(folder, 'console.sqlite'),
    nativeBinding: undefined,
    marketplace: { url: demo.url, token: demo.token },
    demo: { seed: demo.seed, vehicles: demo.vehicles },
    runtime: { version: '0.0.0', name: 'test', electron: '0', chromium: '0' },
    log: () => {},
    planThread,
  });
  return { backend, window: openWindowStandIn(backend.serveWindow) };
}
