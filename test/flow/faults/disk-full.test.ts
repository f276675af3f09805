/**
 * The disk fills to the last byte under a living console: bulk waits at the marketplace, what the operator does goes on,
 * the window is told the truth, and all of it heals by itself when there is room again.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import { startBackend } from '../../../src/main/shell/backend/start-backend.ts';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { openWindowStandIn, type WindowStandIn } from '../../support/window-stand-in.ts';

/** Starts charging at one charge point after the other until so many were accepted; answers their command ids. */
async function startSessions(window: WindowStandIn, count: number): Promise<string[]> {
  const vehicles = window.follow('fleet/vehicles');
  const evses = window.follow('marketplace/evses');
  const commands = window.follow('marketplace/session-commands');
  await waitUntil('vehicles and charge points', () => vehicles.size > 0 && evses.size > 0);
  const accepted: string[] = [];
  const free = [...evses.values()].filter(({ status }) => status === 'AVAILABLE');
  for (const vehicle of vehicles.values()) {
    const evse = free.pop();
    if (evse === undefined || accepted.length === count) break;
    const before = new Set(commands.keys());
    const start = { vehicleId: vehicle.id, evseKey: evse.key, connectorId: evse.connectors[0]?.id ?? '' };
    const answer = await window.command('marketplace/start-session', start);
    if (answer.outcome !== 'accepted') continue;
    await waitUntil('the command in the feed', () => commands.size > before.size);
    accepted.push(...[...commands.keys()].filter((id) => !before.has(id)));
  }
  return accepted;
}

it.skipIf(!canMount)(
  'a disk that fills under the console stops bulk only, and all is caught up afterwards',
  async () => {
    const folder = temporaryFolder();
    const disk = mountSmallDisk(path.join(folder, 'disk'), 192);
    onTestFinished(disk.unmount);
    const demo = await startDemo({ directory: path.join(folder, 'demo'), vehicles: 60 });
    onTestFinished(demo.stop);
    const databasePath = path.join(disk.folder, 'console.sqlite');
    const backend = await startBackend({
      profile: { id: 'demo', kind: 'demo', name: 'Demo' },
      operator: 'Night shift',
      databasePath,
      nativeBinding: undefined,
      marketplace: { url: demo.url, token: demo.token },
      demo: { seed: demo.seed, vehicles: demo.vehicles },
      runtime: { version: '0.0.0', name: 'test', electron: '0', chromium: '0' },
      log: () => {},
    });
    const window = openWindowStandIn(backend.serveWindow);
    const facts = window.follow('console/facts');
    const links = window.follow('link/status');
    const commands = window.follow('marketplace/session-commands');
    const state = () => facts.get('console')?.store.state;
    const stream = (name: string) => links.get('marketplace')?.streams.find((one) => one.name === name);
    const settled = (ids: readonly string[]) =>
      ids.every((id) => ['done', 'refused'].includes(commands.get(id)?.state ?? ''));
    await waitUntil('a living link', () => links.get('marketplace')?.state === 'live' && state() === 'saving');
    const before = await startSessions(window, 2);

    disk.fill();
    await waitUntil('the store to spare', () => state() === 'sparing');
    const filledAt = stream('telemetry')?.committed ?? 0;
    const during = await startSessions(window, 5);
    expect(during.length).toBe(5);
    // Not only stored: sent, answered, and the result of each is stored too.
    await waitUntil('the commands’ results on the full disk', () => settled([...before, ...during]), 20_000);
    expect(stream('telemetry')?.committed).toBe(filledAt);
    expect(state()).toBe('sparing');

    disk.free();
    await waitUntil('the store to save', () => state() === 'saving');
    expect(facts.get('console')?.store.troubleSinceMs).toBeUndefined();
    const caughtUp = () => {
      const telemetry = stream('telemetry');
      return telemetry !== undefined && telemetry.committed > filledAt && telemetry.committed >= telemetry.head - 2;
    };
    await waitUntil('the positions to be caught up', caughtUp, 30_000);
    expect(links.get('marketplace')).toMatchObject({ lostItems: 0, reconnects: 0 });
    window.close();
    backend.stop();

    const reader = new Database(databasePath, { readonly: true });
    onTestFinished(() => void reader.close());
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
    const starts = `SELECT command_id FROM action_log WHERE kind LIKE '%_SESSION'`;
    expect(new Set(reader.prepare(starts).pluck().all())).toEqual(new Set([...before, ...during]));
  },
);
