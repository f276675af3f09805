/** Charge records over a real link and store: they come, are priced with a trace, come again, are credited, and lose nothing to a restart. */
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ChargeRecordDetail, ChargeRecordPage } from '../../../src/shared/ipc/marketplace/record-contract.ts';
import type { ChargeRecordRow } from '../../../src/shared/domain/marketplace/charge-record.ts';
import type { TariffRow } from '../../../src/shared/ipc/tariff-contract.ts';
import { readQuarantine } from '../../../src/main/marketplace-link/quarantine-table.ts';
import { startTestMarketplace } from '../../support/marketplace-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole, type TestConsoleOptions } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import {
  sampleChargeRecord,
  sampleEvse,
  sampleLocation,
  sampleSession,
  sampleTariff,
  sampleVehicle,
} from '../../support/wire-samples.ts';

const NOW_MS = Date.parse('2026-06-09T05:00:00Z');
const BEGAN = '2026-06-09T03:10:00Z';

const put = (body: object) => ({ stream: 'records', kind: 'cdr.put', body });
const session = (change: object) => ({
  stream: 'sessions',
  kind: 'session.put',
  body: sampleSession('S1', { ...change }),
});
const tariff = (change: object) => ({ stream: 'tariffs', kind: 'tariff.put', body: sampleTariff('T1', change) });
const ended = { status: 'COMPLETED', start_date_time: BEGAN, end_date_time: '2026-06-09T04:10:00Z', kwh: 15 };

async function startBoth(options: Partial<TestConsoleOptions> = {}) {
  const folder = temporaryFolder();
  const server = await startTestMarketplace({
    path: path.join(folder, 'marketplace.jsonl'),
    port: 0,
    token: 't',
    random: seededRandom(1),
  });
  onTestFinished(() => server.stop());
  server.append(
    { stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle('V1') },
    { stream: 'network', kind: 'location.put', body: { ...sampleLocation('L1'), evses: [sampleEvse('E1')] } },
  );
  function start() {
    const clock = { nowMs: () => NOW_MS };
    const url = `http://127.0.0.1:${server.port}`;
    const started = startTestConsole({ path: path.join(folder, 'profile.sqlite'), url, token: 't', clock, ...options });
    const ask = async <T>(name: string, input: object): Promise<T> => {
      const answer = await started.answers.runQuery(name, input);
      if ('error' in answer) throw new Error(answer.error.message);
      return answer.value as T;
    };
    const whole = { fromMs: 0, toMs: NOW_MS + 1, limit: 1000 };
    const list = (filter: object = {}) => ask<ChargeRecordPage>('marketplace/charge-records', { ...whole, ...filter });
    const due = () =>
      Number(started.store.prepare('SELECT count(*) FROM charge_assessment WHERE is_due = 1').pluck().get());
    return {
      ...started,
      ask,
      list,
      detail: (key: string) => ask<ChargeRecordDetail | undefined>('marketplace/charge-record', { key }),
      settle: async (): Promise<void> => {
        const heads = server.heads();
        await waitUntil('all to be read', () =>
          started.link.status().streams.every(({ name, committed }) => committed === heads[name]),
        );
        await waitUntil('all to be judged', () => due() === 0);
      },
    };
  }
  const started = start();
  let running: { stop: () => void } = started;
  onTestFinished(() => running.stop());
  await waitUntil('live', () => started.link.status().state === 'live');
  return {
    ...started,
    server,
    restart: () => {
      running.stop();
      const again = start();
      running = again;
      return again;
    },
  };
}

const codes = (detail: ChargeRecordDetail | undefined) => detail?.assessment.checks.map(({ code }) => code);

describe('a record', () => {
  test('is priced by the tariffs in it, with a trace, and tied to its session, vehicle and place', async () => {
    const { server, settle, list, detail } = await startBoth();
    server.append(
      tariff({}),
      session({ ...ended, vehicle_id: 'V1' }),
      put(sampleChargeRecord('C1', { session_id: 'S1' })),
    );
    await settle();
    const page = await list();
    expect(page.rows).toMatchObject([
      { key: 'DE*TST*C1', verdict: 'agrees', pricedNet: '4.50', difference: '0', vehicleId: 'V1', energyWh: 15_000 },
    ]);
    expect(page.rows[0]).toMatchObject({ timeZone: 'Europe/Berlin', operatorName: 'Testnetz', signature: 'absent' });
    expect(page.counts).toEqual({ agrees: 1, explained: 0, differs: 0, 'not-priced': 0, breach: 0 });
    const found = await detail('de*tst*c1');
    expect(found?.assessment.priced?.total).toMatchObject({ net: '4.50', gross: '5.36' });
    expect(found?.assessment.priced?.lines[0]).toMatchObject({ dimension: 'ENERGY', quantity: '15', unitPrice: '0.3' });
    expect(found?.sentences.join(' ')).toContain('4.50 EUR');
    expect(found?.session).toMatchObject({ id: 'S1', status: 'COMPLETED' });
    expect(JSON.parse(found?.raw ?? '')).toEqual(sampleChargeRecord('C1', { session_id: 'S1' }));
  });

  test('is kept as it came, with what no schema knows', async () => {
    const { server, settle, detail } = await startBoth();
    server.append(put(sampleChargeRecord('C1', { x_meter_photo: 'aGVsbG8=' })));
    await settle();
    expect((await detail('DE*TST*C1'))?.raw).toContain('aGVsbG8=');
  });

  test('that comes again is a repetition; with other content it is set aside and the first stands', async () => {
    const { server, settle, list, store } = await startBoth();
    const first = sampleChargeRecord('C1');
    server.append(
      put(first),
      put({ ...first, id: 'c1', last_updated: '2026-06-09T04:50:00Z' }),
      put({ ...first, total_cost: { excl_vat: 9.5, incl_vat: 11.31 } }),
    );
    await settle();
    expect((await list()).rows).toMatchObject([{ statedNet: '4.5' }]);
    const aside = readQuarantine(store, undefined, 10);
    expect(aside.map(({ reason }) => reason)).toEqual([expect.stringContaining('record-changed')]);
    expect(aside[0]?.raw).toContain('9.5');
  });

  test('before its session, location and tariff is judged anew as each of them comes', async () => {
    const { server, settle, detail, list, store } = await startBoth();
    const elsewhere = { ...sampleChargeRecord('C1').cdr_location, id: 'L2' };
    server.append(put(sampleChargeRecord('C1', { session_id: 'S1', cdr_location: elsewhere })));
    await settle();
    expect(codes(await detail('DE*TST*C1'))).toEqual(
      expect.arrayContaining(['session-unknown', 'vehicle-unknown', 'tariff-not-known']),
    );
    expect((await list()).rows[0]).toMatchObject({ timeZone: 'UTC', vehicleId: undefined });
    server.append(
      session({ ...ended, location_id: 'L2', kwh: 12, vehicle_id: 'V1' }),
      tariff({ last_updated: '2026-06-01T00:00:00Z' }),
      {
        stream: 'network',
        kind: 'location.put',
        body: { ...sampleLocation('L2'), time_zone: 'Europe/Lisbon', evses: [] },
      },
    );
    const zone = () => store.prepare<[], string>('SELECT time_zone FROM charge_record').pluck().get();
    await waitUntil('its zone to be known', () => zone() === 'Europe/Lisbon');
    await settle();
    expect((await list()).rows[0]).toMatchObject({ timeZone: 'Europe/Lisbon', vehicleId: 'V1' });
    const found = await detail('DE*TST*C1');
    expect(codes(found)).toContain('session-energy-differs');
    expect(codes(found)).not.toContain('session-unknown');
    expect(codes(found)).not.toContain('tariff-not-known');
    expect(codes(found)).toContain('tariff-learnt-late');
  });

  test('whose tariff is not the published one is priced by its own, and the difference is told', async () => {
    const { server, settle, list, detail } = await startBoth();
    const dearer = sampleTariff('T1', {
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.4, vat: 19, step_size: 1 }] }],
    });
    server.append(
      tariff({ last_updated: '2026-06-01T00:00:00Z' }),
      put(sampleChargeRecord('C1', { tariffs: [dearer], total_cost: { excl_vat: 6, incl_vat: 7.14 } })),
    );
    await settle();
    expect((await list()).rows[0]).toMatchObject({ verdict: 'agrees', pricedNet: '6.00' });
    const check = (await detail('DE*TST*C1'))?.assessment.checks.find(
      ({ code }) => code === 'tariff-differs-from-known',
    );
    expect(check).toMatchObject({ severity: 'warning', message: expect.stringContaining('4.50 EUR net') });
  });

  test('that cannot be priced is stored all the same, with the reason by name', async () => {
    const { server, settle, list } = await startBoth();
    server.append(put(sampleChargeRecord('C1', { tariffs: [sampleTariff('T1', { currency: 'SEK' })] })));
    await settle();
    const [row] = (await list()).rows;
    expect(row).toMatchObject({ verdict: 'not-priced', worstCheck: { severity: 'warning' }, statedNet: '4.5' });
    expect(row?.worstCheck?.code).toContain('currency');
  });

  test('whose total is wrong differs by so much', async () => {
    const { server, settle, list } = await startBoth();
    server.append(put(sampleChargeRecord('C1', { total_cost: { excl_vat: 5.5, incl_vat: 6.55 } })));
    await settle();
    expect((await list()).rows[0]).toMatchObject({
      verdict: 'differs',
      difference: '1.19',
      worstCheck: { code: 'price-differs', severity: 'breach' },
    });
  });
});

test('a credit cancels its record, whichever comes first', async () => {
  const { server, settle, list, detail } = await startBoth();
  const credit = sampleChargeRecord('K1', {
    credit: true,
    credit_reference_id: 'C1',
    session_id: 'S1',
    total_cost: { excl_vat: -4.5, incl_vat: -5.36 },
  });
  server.append(put(credit));
  await settle();
  expect((await list()).rows).toMatchObject([
    { isCredit: true, verdict: 'not-priced', worstCheck: { code: 'credit-reference-unknown' } },
  ]);
  server.append(
    session({ ...ended, vehicle_id: 'V1' }),
    put(sampleChargeRecord('C1', { session_id: 'S1' })),
    put(sampleChargeRecord('C2', { session_id: 'S1' })),
  );
  await settle();
  expect((await list()).rows.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['K1', 'agrees'],
    ['C2', 'agrees'],
    ['C1', 'agrees'],
  ]);
  expect((await detail('DE*TST*C1'))?.related).toMatchObject([{ id: 'K1' }]);
  expect(codes(await detail('DE*TST*C2'))).not.toContain('session-billed-twice');
  server.append(put(sampleChargeRecord('C3', { session_id: 'S1' })));
  await settle();
  expect((await list({ text: 'c2' })).rows).toMatchObject([{ id: 'C2', worstCheck: { code: 'session-billed-twice' } }]);
});

test('a contract that comes later judges what was charged under it, and the books take the record once', async () => {
  const { server, settle, detail, store } = await startBoth();
  server.append(put(sampleChargeRecord('C1')), put(sampleChargeRecord('C1')));
  await settle();
  expect(codes(await detail('DE*TST*C1'))).toContain('contract-unknown');
  server.append(
    {
      stream: 'accounts',
      kind: 'account.put',
      body: { id: 'A1', name: 'Fleet', kind: 'POSTPAID', currency: 'EUR', last_updated: BEGAN },
    },
    {
      stream: 'accounts',
      kind: 'contract.put',
      body: {
        id: 'DE-TST-C1',
        name: 'Fleet contract',
        account_id: 'A1',
        currency: 'EUR',
        time_zone: 'Europe/Berlin',
        valid_from: '2026-01-01T00:00:00Z',
        terms: [
          {
            discount_percent: 0,
            caps: [{ dimension: 'ENERGY', max_price: 0.2 }],
            tax: { name: 'VAT', percent: 19 },
          },
        ],
        last_updated: BEGAN,
      },
    },
  );
  const worst = () => store.prepare<[], string>('SELECT worst_check FROM charge_assessment').pluck().get() ?? '';
  await waitUntil('the contract to judge it', () => worst().includes('record-above-terms'));
  const check = (await detail('DE*TST*C1'))?.assessment.checks.find(({ code }) => code === 'record-above-terms');
  expect(check).toMatchObject({ severity: 'breach', message: expect.stringContaining('1.5') });
  const captures = `SELECT count(*) FROM ledger_entry WHERE kind = 'capture'`;
  await waitUntil('the booking', () => Number(store.prepare(captures).pluck().get()) > 0);
  expect(store.prepare(captures).pluck().get()).toBe(1);
});

test('five hundred at once, a restart among them: each is there once, judged, and turned page by page', async () => {
  const { server, restart, store } = await startBoth();
  const begin = (index: number): string => new Date(Date.parse(BEGAN) + index * 1000).toISOString();
  server.append(
    ...Array.from({ length: 500 }, (_, index) =>
      put(sampleChargeRecord(`C${index}`, { end_date_time: begin(index + 3600), start_date_time: begin(index) })),
    ),
  );
  const stored = (): number => Number(store.prepare('SELECT count(*) FROM charge_record').pluck().get());
  await waitUntil('some', () => stored() >= 100);
  const again = restart();
  await waitUntil('live again', () => again.link.status().state === 'live');
  await again.settle();
  const rows: ChargeRecordRow[] = [];
  for (let page = await again.list({ limit: 120 }); ;) {
    rows.push(...page.rows);
    expect(Object.values(page.counts).reduce((sum, count) => sum + count, 0)).toBe(500);
    const last = page.rows.at(-1);
    if (!page.more || last === undefined) break;
    page = await again.list({ limit: 120, before: { endMs: last.endMs, key: last.key } });
  }
  expect(new Set(rows.map(({ key }) => key)).size).toBe(500);
  expect(rows.every((row, index) => row.endMs <= (rows[index - 1]?.endMs ?? Infinity))).toBe(true);
  expect(rows.every(({ worstCheck }) => worstCheck?.code !== 'not-assessed-yet')).toBe(true);
});

test('tariffs are listed as they stand, and an example is priced by any version', async () => {
  const { server, settle, ask } = await startBoth();
  const price = (amount: number) => [{ price_components: [{ type: 'ENERGY', price: amount, vat: 19, step_size: 1 }] }];
  server.append(
    tariff({ last_updated: '2026-06-01T00:00:00Z' }),
    tariff({ elements: price(0.4), last_updated: '2026-06-05T00:00:00Z' }),
    { stream: 'tariffs', kind: 'tariff.put', body: sampleTariff('T2') },
    {
      stream: 'tariffs',
      kind: 'tariff.delete',
      body: { country_code: 'DE', party_id: 'TST', id: 'T2', last_updated: '2026-06-09T04:20:00Z' },
    },
  );
  await settle();
  const rows = await ask<readonly TariffRow[]>('tariff/tariffs', {});
  expect(rows).toMatchObject([
    { key: 'DE*TST*T1', versions: 2, summary: '0.40 a kWh', version: { withdrawn: false } },
    { key: 'DE*TST*T2', versions: 2, version: { withdrawn: true } },
  ]);
  const name = { countryCode: 'DE', partyId: 'TST', id: 'T1' };
  const versions = await ask<readonly TariffRow['version'][]>('tariff/versions', name);
  const example = {
    tariff: name,
    beginMs: NOW_MS,
    energyWh: 30_000,
    powerW: 90_000,
    parkedMs: 0,
    timeZone: 'Europe/Berlin',
  };
  expect(await ask('tariff/price-example', example)).toMatchObject({
    priced: { total: { net: '12.00', gross: '14.28' } },
  });
  expect(await ask('tariff/price-example', { ...example, contentHash: versions[1]?.contentHash })).toMatchObject({
    priced: { total: { net: '9.00' } },
  });
  expect(await ask('tariff/price-example', { ...example, tariff: { ...name, id: 'T2' } })).toMatchObject({
    refused: { code: 'tariff-not-in-force' },
  });
});
