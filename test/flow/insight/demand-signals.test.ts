/** Failures over a real link and store: reported, gathered, reviewed by a person, published once, and what the marketplace made of it. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { DemandSignal } from '../../../src/shared/domain/insight/demand-signal.ts';
import type { CommandAnswer } from '../../../src/shared/ipc/contract.ts';
import type { InfrastructureGaps } from '../../../src/shared/ipc/insight-contract.ts';
import { readServerFile, startTestMarketplace } from '../../support/marketplace-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sampleDepot, sampleEvse, sampleLocation, sampleVehicle } from '../../support/wire-samples.ts';

const NOW_MS = Date.parse('2026-06-09T08:07:00Z');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

async function startBoth() {
  const folder = temporaryFolder();
  const serverPath = path.join(folder, 'marketplace.jsonl');
  const server = await startTestMarketplace({ path: serverPath, port: 0, token: 't', random: seededRandom(1) });
  onTestFinished(() => server.stop());
  server.append(
    ...['V1', 'V2'].map((id) => ({ stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle(id) })),
    { stream: 'fleet', kind: 'depot.put', body: sampleDepot('depot-1') },
    { stream: 'network', kind: 'location.put', body: { ...sampleLocation('L1'), evses: [sampleEvse('E1')] } },
  );
  const started = startTestConsole({
    path: path.join(folder, 'profile.sqlite'),
    url: `http://127.0.0.1:${server.port}`,
    token: 't',
    clock: { nowMs: () => NOW_MS },
  });
  onTestFinished(() => started.stop());
  const heads = server.heads();
  await waitUntil('all to be read', () => {
    const { state, streams } = started.link.status();
    return state === 'live' && streams.every(({ name, committed }) => committed === heads[name]);
  });
  const signals = new Map<string, DemandSignal>();
  const take = (record: unknown): void => {
    const signal = record as DemandSignal;
    signals.set(signal.signalId, signal);
  };
  onTestFinished(
    started.feeds.subscribe('insight/signals', {
      snapshot: ({ records }) => records.forEach(take),
      delta: ({ upserted }) => upserted.forEach(take),
    }),
  );
  const run = (name: string, input: object, commandId: string = randomUUID()): Promise<CommandAnswer> =>
    Promise.resolve(started.answers.runCommand(`insight/${name}`, { commandId, ...input }, { operator: 'Asha' }));
  const report = (vehicleId: string, hoursAgo: number, commandId?: string) =>
    run(
      'report-failure',
      { vehicleId, evseKey: 'L1/E1', kind: 'evse-broken', atMs: NOW_MS - hoursAgo * HOUR_MS },
      commandId,
    );
  const gather = async (): Promise<InfrastructureGaps> => {
    const input = { fromMs: NOW_MS - 7 * DAY_MS, toMs: NOW_MS + 1, minimumCount: 3 };
    const answer = await started.answers.runQuery('insight/gaps', input);
    if ('error' in answer) throw new Error(answer.error.message);
    return answer.value as InfrastructureGaps;
  };
  const published = () =>
    [...readServerFile(serverPath).commands.values()].filter(({ command }) => command['kind'] === 'PUBLISH_DEMAND');
  return { run, report, gather, signals, published };
}

const review = (cell: string, decision: 'draft' | 'dismissed') => ({
  cell,
  decision,
  fromHour: 8,
  toHour: 11,
  energyKwhPerDay: 120,
  powerKw: 150,
  windowFromMs: NOW_MS,
  windowToMs: NOW_MS + 90 * DAY_MS,
  commitment: 'indicative',
  note: 'Night buses wait here',
});

test('reports gather into a gap once they are three of two vehicles, and one told twice counts once', async () => {
  const { report, gather } = await startBoth();
  const twice = randomUUID();
  expect(await report('V1', 1, twice)).toEqual({ outcome: 'accepted' });
  expect(await report('V1', 1, twice)).toEqual({ outcome: 'accepted' });
  expect(await report('V1', 2)).toEqual({ outcome: 'accepted' });
  expect(await report('V1', 3)).toEqual({ outcome: 'accepted' });
  expect(await gather()).toMatchObject({ gaps: [], needs: 3, hiddenCells: 1 });
  await report('v2', 4);
  const { gaps, hiddenCells } = await gather();
  expect(hiddenCells).toBe(0);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toMatchObject({ count: 4, vehicles: 2, byKind: { 'evse-broken': 4 }, timeZone: 'Europe/Berlin' });
  // 08:07 UTC is 10:07 in Berlin, in summer.
  expect(gaps[0]?.byHour.flatMap((count, hour) => (count > 0 ? [[hour, count]] : []))).toEqual([
    [6, 1],
    [7, 1],
    [8, 1],
    [9, 1],
  ]);
});

test('what cannot have been is refused and leaves nothing', async () => {
  const { run, report, gather } = await startBoth();
  const told = { vehicleId: 'V1', evseKey: 'L1/E1', kind: 'queue', atMs: NOW_MS };
  expect(await report('V9', 1)).toMatchObject({ error: { code: 'vehicle-unknown' } });
  expect(await report('V1', -1)).toMatchObject({ error: { code: 'time-not-likely' } });
  expect(await report('V1', 32 * 24)).toMatchObject({ error: { code: 'time-not-likely' } });
  expect(await run('report-failure', { ...told, evseKey: 'L1/E9' })).toMatchObject({ error: { code: 'evse-unknown' } });
  expect((await gather()).needs).toBe(0);
});

test('a reviewed gap is published once, and the feed tells how it stands', async () => {
  const { run, report, gather, signals, published } = await startBoth();
  for (const [vehicle, hours] of [
    ['V1', 1],
    ['V2', 2],
    ['V1', 3],
  ] as const)
    await report(vehicle, hours);
  const cell = (await gather()).gaps[0]?.cell ?? '';
  const signalId = randomUUID();
  expect(await run('publish-signal', { signalId })).toMatchObject({ error: { code: 'signal-unknown' } });
  const empty = { ...review(cell, 'draft'), energyKwhPerDay: 0 };
  expect(await run('review-gap', empty)).toMatchObject({ error: { code: 'signal-empty' } });
  expect(await run('review-gap', review(cell, 'draft'), signalId)).toEqual({ outcome: 'accepted' });
  await waitUntil('the draft', () => signals.get(signalId)?.state === 'draft');
  expect(signals.get(signalId)).toMatchObject({ reviewedBy: 'Asha', note: 'Night buses wait here' });
  expect((await gather()).gaps[0]?.signal?.signalId).toBe(signalId);
  expect(published()).toEqual([]);

  expect(await run('publish-signal', { signalId })).toEqual({ outcome: 'accepted' });
  expect(await run('publish-signal', { signalId })).toMatchObject({ error: { code: 'signal-not-draft' } });
  await waitUntil('the marketplace to confirm it', () => signals.get(signalId)?.state === 'published');
  expect(await run('publish-signal', { signalId })).toMatchObject({ error: { code: 'signal-not-draft' } });
  expect(published().map(({ command }) => command['body'])).toEqual([
    {
      signal: expect.objectContaining({ signal_id: signalId, cell, energy_kwh_per_day: 120, commitment: 'INDICATIVE' }),
    },
  ]);
});

test('a dismissed gap keeps its note and is never published', async () => {
  const { run, signals, published } = await startBoth();
  const signalId = randomUUID();
  await run('review-gap', review('871f1d489ffffff', 'dismissed'), signalId);
  await waitUntil('the decision', () => signals.get(signalId)?.state === 'dismissed');
  expect(await run('publish-signal', { signalId })).toMatchObject({ error: { code: 'signal-not-draft' } });
  expect(published()).toEqual([]);
});
