/** What the processes note of themselves (see `process-probe`), and what Electron tells of their memory. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from 'playwright';

export type LoopNote = { readonly atMs: number; readonly late: readonly number[]; readonly heapBytes: number };

/** Resident bytes of each part at one moment. */
export type MemoryNote = { readonly atMs: number; readonly bytes: Readonly<Record<string, number>> };

/** As the shell names its children. */
export const BACKEND = 'Switchyard backend';

export function readLoopNotes(folder: string, process: string): readonly LoopNote[] {
  const file = path.join(folder, `${process}.jsonl`);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoopNote);
}

/** How late the main process's own loop is, in milliseconds; asked for again with `readMainLoop`. */
export async function watchMainLoop(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const late: number[] = [];
    const TICK_MS = 10;
    let expectedMs = performance.now() + TICK_MS;
    const tick = (): void => {
      const nowMs = performance.now();
      // As in `process-probe`: a stall is felt by everything that wanted to happen during it.
      for (let lateMs = Math.max(0, nowMs - expectedMs); ; lateMs -= TICK_MS) {
        late.push(lateMs);
        if (lateMs <= TICK_MS) break;
      }
      expectedMs = nowMs + TICK_MS;
      setTimeout(tick, TICK_MS);
    };
    setTimeout(tick, TICK_MS);
    Object.assign(globalThis, { switchyardBenchLate: late });
  });
}

export async function readMainLoop(app: ElectronApplication): Promise<readonly number[]> {
  return app.evaluate(() => (globalThis as unknown as { switchyardBenchLate: number[] }).switchyardBenchLate.splice(0));
}

export async function readMemory(app: ElectronApplication): Promise<MemoryNote> {
  const parts = await app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .map(({ type, name, memory }) => [type === 'Utility' ? (name ?? type) : type, memory.workingSetSize] as const),
  );
  const bytes: Record<string, number> = {};
  // Electron counts in kilobytes. There is one window, one backend and one demo.
  for (const [part, kilobytes] of parts) bytes[part] = (bytes[part] ?? 0) + kilobytes * 1024;
  return { atMs: Date.now(), bytes };
}
