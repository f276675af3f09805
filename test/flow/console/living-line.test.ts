/**
 * The living line under plain Node: the demo's own process parts, a real socket, a real database, and a window's side of
 * the contract. What the windowed test sees is checked here to the last field.
 */
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import { assert } from '../../../src/shared/kernel/assert.ts';
import type { Evse } from '../../../src/shared/domain/marketplace/evse.ts';
import { openDemoConsole } from '../../support/demo-console.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { type WindowStandIn } from '../../support/window-stand-in.ts';

/** A plugged vehicle and an available charge point it stands at: the demo always has some at its depots. */
function findPair(
  window: WindowStandIn,
  positions: ReadonlyMap<number, { latitude: number; longitude: number; activity: number }>,
  evses: ReadonlyMap<string, Evse>,
) {
  const vehicles = window.follow('fleet/vehicles');
  return () => {
    for (const vehicle of vehicles.values()) {
      const at = positions.get(vehicle.number);
      if (at === undefined || at.activity === 0 || at.activity === 3) continue;
      const near = [...evses.values()].find(
        (evse) =>
          evse.status === 'AVAILABLE' &&
          Math.abs(evse.latitude - at.latitude) < 0.0002 &&
          Math.abs(evse.longitude - at.longitude) < 0.0002,
      );
      if (near !== undefined) return { vehicle, evse: near };
    }
    return undefined;
  };
}

describe('the living line', () => {
  it('carries vehicles, charge points and sessions to a window, and an operator’s start and stop back', async () => {
    const folder = temporaryFolder();
    const demo = await startDemo({ directory: path.join(folder, 'demo'), vehicles: 60 });
    onTestFinished(demo.stop);
    const { backend, window } = await openDemoConsole(folder, demo);

    const vehicles = window.follow('fleet/vehicles');
    const evses = window.follow('marketplace/evses');
    const sessions = window.follow('marketplace/sessions');
    const commands = window.follow('marketplace/session-commands');
    const links = window.follow('link/status');
    const positions = new Map<number, { latitude: number; longitude: number; activity: number; atMs: number }>();
    let moved = 0;
    window.followFrames((frame) => {
      for (let row = 0; row < frame.count; row++) {
        const number = frame.vehicleNumber[row] ?? 0;
        const latitude = (frame.latitudeE7[row] ?? 0) / 1e7;
        if (positions.has(number) && positions.get(number)?.latitude !== latitude) moved += 1;
        positions.set(number, {
          latitude,
          longitude: (frame.longitudeE7[row] ?? 0) / 1e7,
          activity: frame.activity[row] ?? 0,
          atMs: frame.atMs[row] ?? 0,
        });
      }
    });
    await waitUntil(
      'vehicles that move',
      () => vehicles.size === 60 && moved > 20 && links.get('marketplace')?.state === 'live',
    );

    const pair = findPair(window, positions, evses);
    await waitUntil('a vehicle at an available charge point', () => pair() !== undefined);
    const found = pair();
    assert(found !== undefined, 'a pair was found');
    const { vehicle, evse } = found;
    const connectorId = evse.connectors[0]?.id ?? '';
    const start = { vehicleId: vehicle.id, evseKey: evse.key, connectorId };
    const commandId = '01970000-0000-7000-8000-000000000001';
    expect(await window.command('marketplace/start-session', start, commandId)).toEqual({ outcome: 'accepted' });
    // A double click is one command; a second intent is refused before it can do harm.
    expect(await window.command('marketplace/start-session', start, commandId)).toEqual({ outcome: 'accepted' });
    expect(await window.command('marketplace/start-session', start)).toMatchObject({ outcome: 'refused' });
    await waitUntil('the start’s result', () => commands.get(commandId)?.state === 'done', 15_000);
    const running = () => [...sessions.values()].find((session) => session.authorizationReference === commandId);
    await waitUntil('the session to run', () => running()?.status === 'ACTIVE', 15_000);
    expect(running()).toMatchObject({ vehicleId: vehicle.id, evseKey: evse.key });

    expect(await window.command('marketplace/stop-session', { sessionId: running()?.id ?? '' })).toEqual({
      outcome: 'accepted',
    });
    await waitUntil('the session to end', () => running()?.status === 'COMPLETED', 15_000);
    expect(commands.size).toBe(2);

    const now = Math.max(...[...positions.values()].map((position) => position.atMs));
    const history = await window.query('fleet/vehicle-history', {
      vehicleId: vehicle.id,
      fromMs: now - 3_600_000,
      toMs: now,
      maxPoints: 100,
    });
    expect(history.storedCount).toBeGreaterThan(0);
    window.close();
    backend.stop();

    const again = await openDemoConsole(folder, demo);
    const kept = again.window.follow('marketplace/session-commands');
    const keptVehicles = again.window.follow('fleet/vehicles');
    await waitUntil('what was kept', () => keptVehicles.size === 60 && kept.get(commandId)?.state === 'done');
    again.window.close();
    again.backend.stop();
  });

  it('keeps its clock on the demo’s when the speed changes, and refuses a speed that is none', async () => {
    const folder = temporaryFolder();
    const demo = await startDemo({ directory: path.join(folder, 'demo'), vehicles: 10 });
    onTestFinished(demo.stop);
    const { backend, window } = await openDemoConsole(folder, demo);
    onTestFinished(backend.stop);
    const facts = window.follow('console/facts');
    expect(await window.command('demo/set-speed', { rate: 60 })).toEqual({ outcome: 'accepted' });
    await waitUntil('the new speed', () => facts.get('console')?.demo?.rate === 60);
    expect(facts.get('console')?.clock.rate).toBe(60);
    expect(await window.command('demo/set-speed', { rate: 7 as 1 })).toMatchObject({
      outcome: 'refused',
      error: { code: 'bad-input' },
    });
  });
});
