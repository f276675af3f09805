/** What schema 5 asks the marketplace for anew: the streams whose items held more than was stored. Reading twice makes nothing twice. */
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readVehicle } from '../../../src/main/fleet/vehicle-table.ts';
import { readEvses } from '../../../src/main/marketplace/network/evse-table.ts';
import { readLocations } from '../../../src/main/marketplace/network/location-table.ts';
import { startTestMarketplace } from '../../support/marketplace-server.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { sampleEvse, sampleLocation, sampleVehicle } from '../../support/wire-samples.ts';

test('fleet and network are read again from the start and end as they were, with what had been dropped', async () => {
  const folder = temporaryFolder();
  const serverPath = path.join(folder, 'marketplace.jsonl');
  const server = await startTestMarketplace({ path: serverPath, port: 0, token: 't', random: seededRandom(1) });
  onTestFinished(() => server.stop());
  const status = (state: string, second: number) => ({
    stream: 'network',
    kind: 'evse.status',
    body: { location_id: 'L1', evse_uid: 'E1', status: state, last_updated: `2026-06-09T05:00:0${second}Z` },
  });
  const evse = { ...sampleEvse('E1'), capabilities: ['RESERVABLE'] };
  server.append(
    { stream: 'fleet', kind: 'vehicle.put', body: { ...sampleVehicle('V1'), height_cm: 389.5 } },
    { stream: 'fleet', kind: 'vehicle.put', body: sampleVehicle('V2') },
    { stream: 'fleet', kind: 'vehicle.delete', body: { id: 'V2', last_updated: '2026-06-09T05:00:00Z' } },
    { stream: 'network', kind: 'location.put', body: { ...sampleLocation('L1'), evses: [evse, sampleEvse('E2')] } },
    status('CHARGING', 1),
    status('AVAILABLE', 2),
    { stream: 'network', kind: 'location.put', body: { ...sampleLocation('L1'), evses: [evse] } },
  );
  const open = async () => {
    const started = startTestConsole({
      path: path.join(folder, 'profile.sqlite'),
      url: `http://127.0.0.1:${server.port}`,
      token: 't',
    });
    const heads = server.heads();
    await waitUntil('all to be read', () =>
      ['fleet', 'network'].every((name) =>
        started.link.status().streams.some((stream) => stream.name === name && stream.committed === heads[name]),
      ),
    );
    const { store } = started;
    const held = () => ({
      vehicles: [readVehicle(store, 'V1'), readVehicle(store, 'V2')],
      locations: readLocations(store),
      evses: readEvses(store),
      changes: store.prepare('SELECT * FROM evse_status_change ORDER BY evse_key, at_ms').all(),
      quarantined: store.prepare('SELECT count(*) AS count FROM quarantine').get(),
    });
    return { ...started, held };
  };
  const first = await open();
  const before = first.held();
  expect(before.vehicles).toMatchObject([{ heightCm: 390 }, undefined]);
  expect(before.evses).toMatchObject([
    { key: 'L1/E1', capabilities: ['RESERVABLE'], party: 'DE*TST' },
    { key: 'L1/E2', status: 'REMOVED' },
  ]);
  // As a store of schema 4 is left by its migration.
  first.store.write((tx) => {
    tx.prepare("UPDATE link_stream SET committed = 0 WHERE stream IN ('fleet', 'network')").run();
    tx.prepare('UPDATE vehicle SET height_cm = NULL').run();
    tx.prepare("UPDATE location SET country_code = '', party_id = '', address = '', access = '{}'").run();
    tx.prepare("UPDATE evse SET capabilities = '[]'").run();
  });
  first.stop();
  const second = await open();
  onTestFinished(() => second.stop());
  expect(second.held()).toEqual(before);
});
