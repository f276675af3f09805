/** Two lines with meters of the same addresses; both adapters are pulled and come back, each under the other's old name. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitUntil } from '../wait-until.ts';
import { nowNs, pause, pollMeters } from './poll-meters.ts';
import { startSerialLine } from './serial-line.ts';

export async function runSwappedAdapters(seed: number, swaps = 2) {
  const folder = await mkdtemp(path.join(tmpdir(), 'switchyard-line-'));
  const shared = { folder, units: [1, 2], baudRate: 9600, seed };
  const lines = await Promise.all([1, 2].map((number) => startSerialLine({ ...shared, number })));
  const listAdapters = async () => lines.flatMap((line) => line.listed());
  const polled = lines.map((line) => pollMeters(line, listAdapters));
  let polls = true;
  let polling: readonly Promise<void>[] = [];
  try {
    polling = polled.map(({ pollWhile }) => pollWhile(() => polls));
    for (let swap = 0; swap <= swaps; swap++) {
      const sinceNs = nowNs();
      await Promise.all(lines.map((line, number) => line.plug(`ttyUSB${(number + swap) % 2}`)));
      const answered = (): boolean => polled.every(({ haveAllAnsweredSince }) => haveAllAnsweredSince(sinceNs));
      await waitUntil('every meter to answer after a swap', answered, 15_000);
      await pause(1000);
      if (swap < swaps) for (const line of lines) line.unplug();
    }
    polls = false;
    await Promise.all(polling);
    await pause(200);
    const tallies = polled.map(({ judgeAll }) => judgeAll());
    return { wrongOnes: tallies.flatMap((tally) => tally.wrongOnes), right: tallies.map((tally) => tally.right) };
  } finally {
    polls = false;
    await Promise.all(polled.map(async ({ stop }) => stop()));
    await Promise.all(polling);
    await Promise.all(lines.map(async ({ stop }) => stop()));
    await rm(folder, { recursive: true, force: true });
  }
}
