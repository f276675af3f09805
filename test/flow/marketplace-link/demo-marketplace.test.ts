/**
 * The console against the demo's own marketplace, the third implementation of the protocol: crashed and resumed while
 * commands are sent, with its scripted faults on; afterwards both hold the same. Prints its seed.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { expect, test } from 'vitest';
import { startDemo, type RunningDemo } from '../../../src/main/demo/start-demo.ts';
import { readClockLine } from '../../../src/shared/kernel/instant.ts';
import { readEvses } from '../../../src/main/marketplace/network/evse-table.ts';
import { readRunningSessions } from '../../../src/main/marketplace/sessions/session-table.ts';
import { readVehicles } from '../../../src/main/fleet/vehicle-table.ts';
import { chooseSeed, seededRandom } from '../../support/seeded-random.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startTestConsole } from '../../support/test-console.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { printFigures } from '../../support/print-figures.ts';

type Wire = Record<string, unknown>;
type DemoState = {
  heads: Record<string, number>;
  fleet: { depots: Record<string, Wire>; vehicles: Record<string, Wire> };
  network: { locations: Record<string, Wire>; evses: Record<string, Wire> };
  sessions: Record<string, Wire>;
  effects: Record<string, number>;
};

const KILLS = process.env['SWITCHYARD_LONG'] === '1' ? 100 : 10;

test(
  'a demo marketplace that crashes and misbehaves loses nothing and does nothing twice',
  { timeout: 600_000 },
  async () => {
    const seed = chooseSeed();
    const random = seededRandom(seed);
    const folder = temporaryFolder();
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    let demo: RunningDemo = await startDemo({ directory: path.join(folder, 'demo'), seed: 7, vehicles: 20, rate: 10 });
    const { token, url } = demo;
    const port = Number(new URL(url).port);
    const started = startTestConsole({
      path: path.join(folder, 'profile.sqlite'),
      url,
      token,
      expiryMs: 2_000,
      timing: { answerTimeoutMs: 1_500 },
      clock: { nowMs: () => readClockLine(demo.clockLine(), Date.now()) },
    });
    const { store, link, answers } = started;
    await waitUntil('live', () => link.status().state === 'live');

    const given: string[] = [];
    const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
    async function act(): Promise<void> {
      const commandId = randomUUID();
      const session = pick(readRunningSessions(store));
      const evse = pick(readEvses(store).filter((one) => one.status === 'AVAILABLE'));
      const answer =
        session !== undefined && random() < 0.5
          ? await answers.runCommand(
              'marketplace/stop-session',
              { commandId, sessionId: session.id },
              { operator: 'Asha' },
            )
          : await answers.runCommand(
              'marketplace/start-session',
              {
                commandId,
                vehicleId: pick(readVehicles(store))?.id,
                evseKey: evse?.key,
                connectorId: evse?.connectors[0]?.id,
              },
              { operator: 'Asha' },
            );
      if (answer.outcome === 'accepted') given.push(commandId);
    }
    const work = setInterval(() => void act(), 50);
    for (let kill = 0; kill < KILLS; kill++) {
      const fault = pick(['commands-refused', 'answers-late', 'answers-missing', 'link-lost'] as const);
      if (fault !== undefined && random() < 0.5) demo.startFault(fault, 1);
      await pause(150 + random() * 500);
      demo.kill();
      await pause(random() * 200);
      demo = await startDemo({ directory: path.join(folder, 'demo'), seed: 7, vehicles: 20, rate: 10, port, token });
    }
    clearInterval(work);
    const open = (): number =>
      store
        .prepare<[], { count: number }>(
          `SELECT count(*) AS count FROM outbox WHERE state IN ('queued', 'sent', 'accepted', 'unknown')`,
        )
        .get()?.count ?? 0;
    await waitUntil('all commands to be settled', () => link.status().state === 'live' && open() === 0, 60_000);

    async function difference(): Promise<string[]> {
      const state = (await (
        await fetch(`${url}/demo/state`, { headers: { authorization: `Bearer ${token}` } })
      ).json()) as DemoState;
      const names = (rows: Wire[], key: string): string[] =>
        rows.map((row) => String(row[key])).toSorted((a, b) => (a < b ? -1 : 1));
      const rows = (sql: string): Wire[] => store.prepare<[], Wire>(sql).all();
      const found: string[] = [];
      const same = (what: string, ours: unknown, theirs: unknown): void => {
        if (JSON.stringify(ours) !== JSON.stringify(theirs))
          found.push(
            `${what}: ours ${JSON.stringify(ours)?.slice(0, 300)}, theirs ${JSON.stringify(theirs)?.slice(0, 300)}`,
          );
      };
      same('vehicles', names(rows('SELECT id FROM vehicle'), 'id'), Object.keys(state.fleet.vehicles).toSorted());
      same('depots', names(rows('SELECT id FROM depot'), 'id'), Object.keys(state.fleet.depots).toSorted());
      same(
        'evses',
        Object.fromEntries(rows('SELECT key, status FROM evse ORDER BY key').map((row) => [row['key'], row['status']])),
        Object.fromEntries(
          Object.entries(state.network.evses)
            .map(([key, evse]) => [key, evse['status']])
            .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
        ),
      );
      const ours = new Map(rows('SELECT * FROM session').map((row) => [row['id'], row]));
      if (ours.size !== Object.keys(state.sessions).length)
        found.push(`sessions: ours ${ours.size}, theirs ${Object.keys(state.sessions).length}`);
      for (const [id, session] of Object.entries(state.sessions)) {
        const row = ours.get(id);
        same(
          `session ${id}`,
          [row?.['status'], row?.['energy_wh']],
          [session['status'], Math.round(Number(session['kwh']) * 1000)],
        );
      }
      for (const row of rows('SELECT command_id, state FROM outbox'))
        if ((state.effects[String(row['command_id'])] ?? 0) !== (row['state'] === 'done' ? 1 : 0))
          found.push(
            `command ${row['command_id']} is ${row['state']}, effects ${state.effects[String(row['command_id'])]}`,
          );
      for (const id of given)
        if (!rows('SELECT command_id FROM outbox').some((row) => row['command_id'] === id))
          found.push(`command ${id} is gone`);
      return found;
    }
    // The demo lives on meanwhile: equal at one moment is equal, since what differs for good never becomes equal.
    let differences = await difference();
    for (let attempt = 0; attempt < 40 && differences.length > 0; attempt++) {
      await pause(250);
      differences = await difference();
    }
    const states = store.prepare('SELECT state, count(*) AS count FROM outbox GROUP BY state').all();
    const { quarantined, lostItems, reconnects } = link.status();
    printFigures('demo', { seed, kills: KILLS, commands: given.length, states, quarantined, lostItems, reconnects });
    started.stop();
    await demo.stop();
    expect(differences, `seed ${seed}`).toEqual([]);
    expect(quarantined).toBe(0);
  },
);
