/** How networks performed, over a real link and store: a row of each level is told from sessions, statuses and records that came. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { PerformanceRow } from '../../../src/shared/domain/marketplace/performance.ts';
import { startTestMarketplace } from '../../support/marketplace-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import {
  sampleChargeRecord,
  sampleEvse,
  sampleLocation,
  sampleSession,
  sampleTariff,
  sampleVehicle,
} from '../../support/wire-samples.ts';

const NOW_MS = Date.parse('2026-06-09T05:10:00Z');
const HOUR_MS = 3_600_000;
const WINDOW = { fromMs: NOW_MS - 2 * HOUR_MS, toMs: NOW_MS };

async function startBoth() {
  const folder = temporaryFolder();
  const server = await startTestMarketplace({
    path: path.join(folder, 'marketplace.jsonl'),
    port: 0,
    token: 't',
    random: seededRandom(1),
  });
  onTestFinished(() => server.stop());
  const location = (id: string, party: string, evses: object[]) => ({
    stream: 'network',
    kind: 'location.put',
    body: { ...sampleLocation(id), party_id: party, operator: { name: `Net ${party}` }, evses },
  });
  server.append(
    { stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle('V1') },
    // Both say what they have been since 04:10, so of two hours one is known.
    location('L1', 'TST', [sampleEvse('E1'), sampleEvse('E2', 'OUTOFORDER')]),
    location('L2', 'OTH', [sampleEvse('E1')]),
    { stream: 'tariffs', kind: 'tariff.put', body: sampleTariff('T1') },
    {
      stream: 'sessions',
      kind: 'session.put',
      body: sampleSession('S1', {
        status: 'COMPLETED',
        kwh: 15,
        start_date_time: '2026-06-09T03:10:00Z',
        end_date_time: '2026-06-09T04:10:00Z',
        authorization_reference: 'V1',
      }),
    },
    { stream: 'records', kind: 'cdr.put', body: sampleChargeRecord('C1', { session_id: 'S1' }) },
    // Against a tariff of 0.30 this bills too much.
    {
      stream: 'records',
      kind: 'cdr.put',
      body: sampleChargeRecord('C2', { total_cost: { excl_vat: 5.5, incl_vat: 6.55 } }),
    },
  );
  const started = startTestConsole({
    path: path.join(folder, 'profile.sqlite'),
    url: `http://127.0.0.1:${server.port}`,
    token: 't',
    clock: { nowMs: () => NOW_MS },
  });
  onTestFinished(() => started.stop());
  const heads = server.heads();
  await waitUntil('all to be read', () =>
    started.link.status().streams.every(({ name, committed }) => committed === heads[name]),
  );
  const due = started.store.prepare('SELECT count(*) FROM charge_assessment WHERE is_due = 1').pluck();
  await waitUntil('all to be judged', () => Number(due.get()) === 0);
  return async (question: object): Promise<readonly PerformanceRow[]> => {
    const answer = await started.answers.runQuery('marketplace/performance', { ...WINDOW, ...question });
    if ('error' in answer) throw new Error(answer.error.message);
    return answer.value as readonly PerformanceRow[];
  };
}

test('a CPO is the sum of its sites, a site of its charge points; what nobody saw is not nought', async () => {
  const ask = await startBoth();
  const cpos = await ask({ level: 'cpo' });
  expect(cpos.map(({ key, name, evses }) => [key, name, evses])).toEqual([
    ['DE*TST', 'Net TST', 2],
    ['DE*OTH', 'Net OTH', 1],
  ]);
  expect(cpos[0]).toMatchObject({
    starts: 0,
    sessions: 1,
    energyKwh: 15,
    records: 2,
    recordsInDoubt: 1,
    // 4.50 and 5.50 for 15 kWh each.
    pricePerKwh: '0.3333',
    currency: 'EUR',
    downShare: 0.5,
    knownShare: 0.5,
  });
  expect(cpos[1]).toMatchObject({ sessions: 0, deliveredShare: undefined, pricePerKwh: undefined, downShare: 0 });

  const sites = await ask({ level: 'site', parentKey: 'de*tst' });
  expect(sites).toMatchObject([{ key: 'L1', parentName: 'Net TST', records: 2, sessions: 1 }]);
  const evses = await ask({ level: 'evse', parentKey: 'L1' });
  expect(evses.map(({ key, downShare, sessions, records }) => [key, downShare, sessions, records])).toEqual([
    ['L1/E1', 0, 1, 2],
    ['L1/E2', 1, 0, 0],
  ]);
});

test('a window counts only what ended in it', async () => {
  const ask = await startBoth();
  const [later] = await ask({ level: 'cpo', fromMs: NOW_MS - HOUR_MS + 1 });
  expect(later).toMatchObject({ sessions: 0, records: 0, knownShare: 1 });
});
