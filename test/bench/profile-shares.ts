/** Where the time of some work went, by part of the code: what a bench prints beside a figure that is short of its aim. */
import { Session } from 'node:inspector/promises';

export type ProfileShare = { readonly part: string; readonly share: number };

/** `parts` are tried in order; what fits none is not counted, so that what the bench itself does stays out. */
export async function profileShares(
  work: () => void,
  parts: readonly (readonly [part: string, files: RegExp])[],
): Promise<readonly ProfileShare[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  work();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const partOf = new Map<number, string | undefined>();
  const partOfFile = (url: string) => parts.find(([, files]) => files.test(url))?.[0];
  // Children come after their parents; what has no file, such as a driver's native code, is its caller's.
  for (const { id, callFrame, children = [] } of profile.nodes) {
    const part = callFrame.url === '' ? partOf.get(id) : partOfFile(callFrame.url);
    partOf.set(id, part);
    for (const child of children) partOf.set(child, part);
  }
  const spent = new Map<string, number>();
  let whole = 0;
  profile.samples?.forEach((id, at) => {
    const part = partOf.get(id);
    const us = profile.timeDeltas?.[at] ?? 0;
    if (part === undefined) return;
    whole += us;
    spent.set(part, (spent.get(part) ?? 0) + us);
  });
  return parts.map(([part]) => ({ part, share: (spent.get(part) ?? 0) / whole }));
}
