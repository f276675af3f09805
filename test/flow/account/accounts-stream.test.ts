/** Contracts, accounts, payments and tokens over a real link and store: what the feed and the answers say, before and after a restart. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readQuarantine } from '../../../src/main/marketplace-link/quarantine-table.ts';
import type { AccountStanding } from '../../../src/shared/domain/account/account.ts';
import type { LedgerLine } from '../../../src/shared/domain/account/account.ts';
import type { ContractRow, GuardFinding } from '../../../src/shared/ipc/account-contract.ts';
import { startTestMarketplace } from '../../support/marketplace-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sampleTariff } from '../../support/wire-samples.ts';

const NOW_MS = Date.parse('2026-06-09T05:00:00Z');
const AT = '2026-06-09T04:10:00Z';

const contract = (change: object = {}) => ({
  stream: 'accounts',
  kind: 'contract.put',
  body: {
    id: 'CON-1',
    name: 'Northern contract',
    account_id: 'ACC-1',
    currency: 'EUR',
    time_zone: 'Europe/Berlin',
    valid_from: '2026-01-01T00:00:00Z',
    terms: [
      {
        partner: 'DE*FLO',
        discount_percent: 10,
        caps: [{ dimension: 'ENERGY', max_price: 0.01 }],
        tax: { name: 'VAT', percent: 19 },
      },
    ],
    last_updated: AT,
    ...change,
  },
});
const account = (change: object = {}) => ({
  stream: 'accounts',
  kind: 'account.put',
  body: {
    id: 'ACC-1',
    name: 'Fleet wallet',
    kind: 'PREPAID',
    currency: 'EUR',
    start_minimum: 10,
    balance: 50.5,
    holds: 0,
    balance_at: AT,
    last_updated: AT,
    ...change,
  },
});
const payment = (change: object = {}) => ({
  stream: 'accounts',
  kind: 'payment.put',
  body: {
    id: 'PAY-1',
    account_id: 'ACC-1',
    kind: 'TOP_UP',
    amount: 50.5,
    currency: 'EUR',
    at: AT,
    last_updated: AT,
    ...change,
  },
});
const token = (change: object = {}) => ({
  stream: 'accounts',
  kind: 'token.put',
  body: {
    country_code: 'DE',
    party_id: 'FLO',
    uid: 'TOK-1',
    type: 'RFID',
    contract_id: 'CON-1',
    issuer: 'FLO',
    valid: true,
    whitelist: 'ALLOWED',
    vehicle_id: 'VEH-1',
    last_updated: AT,
    ...change,
  },
});

async function startBoth() {
  const folder = temporaryFolder();
  const server = await startTestMarketplace({
    path: path.join(folder, 'marketplace.jsonl'),
    port: 0,
    token: 't',
    random: seededRandom(1),
  });
  onTestFinished(() => server.stop());
  const start = () => {
    const url = `http://127.0.0.1:${server.port}`;
    const clock = { nowMs: () => NOW_MS };
    const started = startTestConsole({ path: path.join(folder, 'profile.sqlite'), url, token: 't', clock });
    const standings = new Map<string, AccountStanding>();
    const keep = (records: readonly unknown[]): void => {
      for (const record of records as AccountStanding[]) standings.set(record.accountId, record);
    };
    started.feeds.subscribe('account/accounts', {
      snapshot: ({ records }) => keep(records),
      delta: ({ upserted }) => keep(upserted),
    });
    return {
      ...started,
      standing: () => standings.get('ACC-1'),
      read: () =>
        waitUntil('all to be read', () =>
          started.link.status().streams.every(({ name, committed }) => committed === server.heads()[name]),
        ),
      ask: async <T>(name: string, input: object): Promise<T> => {
        const answer = await started.answers.runQuery(name, input);
        if ('error' in answer) throw new Error(answer.error.message);
        return answer.value as T;
      },
    };
  };
  return { server, start };
}

test('what FLO says reaches the feed and the answers, in whatever order it comes, and outlives a restart', async () => {
  const { server, start } = await startBoth();
  server.append(payment(), token(), contract(), account(), payment(), payment({ amount: 99 }));
  let console = start();
  await console.read();
  await waitUntil('the feed to tell of it', () => console.standing()?.balanceMinor === 5050);
  expect(console.standing()).toMatchObject({
    kind: 'prepaid',
    availableMinor: 5050,
    startMinimumMinor: 1000,
    stated: { balanceMinor: 5050, holdsMinor: 0, atMs: Date.parse(AT) },
    noCreditAtMs: undefined,
  });
  const ledger = await console.ask<{ lines: LedgerLine[]; more: boolean }>('account/ledger', {
    accountId: 'acc-1',
    limit: 10,
  });
  expect(ledger).toMatchObject({ lines: [{ kind: 'top-up', reference: 'PAY-1', amountMinor: 5050 }], more: false });
  expect(readQuarantine(console.store, undefined, 10)).toMatchObject([{ kind: 'payment.put' }]);

  console.stop();
  server.append(
    payment({ id: 'PAY-2', kind: 'PAYOUT', amount: 45 }),
    token({ valid: false, last_updated: '2026-06-09T04:20:00Z' }),
  );
  console = start();
  onTestFinished(() => console.stop());
  await console.read();
  await waitUntil('the feed to tell of it', () => console.standing()?.availableMinor === 550);
  expect(console.standing()?.noCreditAtMs).toBe(NOW_MS);
  const [row] = await console.ask<ContractRow[]>('account/contracts', {});
  expect(row).toMatchObject({
    versions: 1,
    vehicles: 0,
    monthKwh: '0',
    version: { contract: { name: 'Northern contract' } },
  });
});

test('a contract that changes has its versions, and the guard names offers above it', async () => {
  const { server, start } = await startBoth();
  server.append(
    contract(),
    contract(),
    contract({ name: 'Renewed', last_updated: '2026-06-09T04:30:00Z' }),
    contract({ id: 'CON-9', time_zone: 'Europe/Nowhere' }),
    { stream: 'tariffs', kind: 'tariff.put', body: sampleTariff('T1', { party_id: 'FLO' }) },
    { stream: 'tariffs', kind: 'tariff.put', body: sampleTariff('T2', { party_id: 'XYZ' }) },
    { stream: 'tariffs', kind: 'tariff.put', body: sampleTariff('T3', { party_id: 'XYZ' }) },
  );
  const console = start();
  onTestFinished(() => console.stop());
  await console.read();
  const versions = await console.ask<ContractRow['version'][]>('account/contract-versions', { contractId: 'con-1' });
  expect(versions.map(({ contract: { name }, supersededAtMs }) => [name, supersededAtMs])).toEqual([
    ['Renewed', undefined],
    ['Northern contract', NOW_MS],
  ]);
  expect(readQuarantine(console.store, undefined, 10)).toMatchObject([{ kind: 'contract.put' }]);
  const findings = await console.ask<GuardFinding[]>('account/guard-findings', { fromMs: 0, toMs: NOW_MS + 1 });
  expect(findings.map(({ kind, partner, contractId }) => [kind, partner, contractId])).toEqual([
    ['tariff-above-terms', 'DE*FLO', 'CON-1'],
    ['no-terms', 'DE*XYZ', 'CON-1'],
  ]);
});
