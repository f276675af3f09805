/** What the page's main thread does while the console runs: by function, because the build keeps their names. */
import type { Page } from 'playwright';

export type PageProfile = {
  /** Of a second. */
  readonly busyMs: number;
  /** Longest first, own time without what they call. `(program)` is the browser's own: styles, paint, messages. */
  readonly functions: readonly { readonly name: string; readonly ms: number }[];
};

const FOR_MS = 10_000;
const SAMPLE_US = 500;
const MOST_FUNCTIONS = 8;

export async function profilePage(page: Page): Promise<PageProfile> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Profiler.enable');
  await cdp.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  await cdp.send('Profiler.start');
  await page.waitForTimeout(FOR_MS);
  const { profile } = await cdp.send('Profiler.stop');
  await cdp.detach();
  const nameOf = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame.functionName || '(unnamed)']));
  const spentMs = new Map<string, number>();
  profile.samples?.forEach((id, at) => {
    const name = nameOf.get(id) ?? '(unknown)';
    const ms = (profile.timeDeltas?.[at] ?? 0) / (FOR_MS / 1000) / 1000;
    spentMs.set(name, (spentMs.get(name) ?? 0) + ms);
  });
  const idleMs = spentMs.get('(idle)') ?? 0;
  spentMs.delete('(idle)');
  const functions = [...spentMs].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
  return {
    busyMs: 1000 - idleMs,
    functions: functions.slice(0, MOST_FUNCTIONS),
  };
}
