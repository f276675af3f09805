/** Who is behind the marketplace: told again and again, shown as it stands, and since when. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../../../src/main/database/open-store.ts';
import { createFeedHub } from '../../../../../src/main/feed/feed-hub.ts';
import { readParties } from '../../../../../src/main/marketplace/parties/party-table.ts';
import { startParties } from '../../../../../src/main/marketplace/parties/start-parties.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

test('a party is one however it is spelled, and its instant is that of its last change', () => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  const feeds = createFeedHub();
  onTestFinished(() => {
    feeds.stop();
    store.close();
  });
  const parties = startParties({ store, feeds });
  const tell = (partyId: string, status: 'CONNECTED' | 'OFFLINE', minute: number): void =>
    store.write((tx) =>
      parties.takeParty(tx, {
        country_code: 'DE',
        party_id: partyId,
        role: 'CPO',
        name: 'Testnetz',
        status,
        last_updated: `2026-06-09T04:0${minute}:00Z`,
      }),
    );
  tell('TST', 'CONNECTED', 1);
  tell('tst', 'CONNECTED', 2);
  expect(readParties(store)).toEqual([
    {
      key: 'DE*TST',
      role: 'CPO',
      name: 'Testnetz',
      status: 'CONNECTED',
      statusAtMs: Date.parse('2026-06-09T04:01:00Z'),
    },
  ]);
  tell('TST', 'OFFLINE', 3);
  expect(readParties(store)).toMatchObject([{ status: 'OFFLINE', statusAtMs: Date.parse('2026-06-09T04:03:00Z') }]);
});

test('what a transaction takes back was never told', () => {
  const store = openStore({ path: path.join(temporaryFolder(), 'a.sqlite') });
  onTestFinished(() => store.close());
  const parties = startParties({ store, feeds: createFeedHub() });
  const wire = {
    country_code: 'DE',
    party_id: 'TST',
    role: 'CPO',
    name: 'T',
    status: 'OFFLINE',
    last_updated: '2026-06-09T04:00:00Z',
  } as const;
  expect(() =>
    store.write((tx) => {
      parties.takeParty(tx, wire);
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(readParties(store)).toEqual([]);
});
