import { describe, expect, test } from 'vitest';
import { encodeTelemetryFrame } from '../../../../../src/shared/ipc/telemetry-frame.ts';
import { createTelemetryStore } from '../../../../../src/renderer/fleet/telemetry-store.ts';
import { createVehicleTrail, TRAIL_MS } from '../../../../../src/renderer/fleet/map/vehicle-trail.ts';

const at = (vehicleNumber: number, atMs: number, latitude: number) => ({
  vehicleNumber,
  atMs,
  latitude,
  longitude: 77,
  speedKmh: 30,
  headingDeg: 0,
  socPercent: 50,
  batteryTempC: 30,
  activity: 'driving' as const,
});
const frame = (atMs: number, latitude: number) => encodeTelemetryFrame([at(1, atMs, latitude)], atMs, false);

function trailWith(history: readonly ReturnType<typeof at>[] | Error) {
  const store = createTelemetryStore();
  let latest: readonly { readonly atMs: number }[] = [];
  const read = async () => {
    if (history instanceof Error) throw history;
    return { points: history, storedCount: history.length };
  };
  const trail = createVehicleTrail(
    store,
    read,
    () => 2_000_000,
    (points) => (latest = points),
  );
  trail.start();
  return { store, trail, times: () => latest.map(({ atMs }) => atMs) };
}

const settle = async () => new Promise((resolve) => setTimeout(resolve, 0));

describe('vehicle trail', () => {
  test('is the history, then what arrives', async () => {
    const { store, trail, times } = trailWith([at(1, 1000, 12), at(1, 2000, 12.1)]);
    trail.follow({ number: 1, id: 'a' });
    await settle();
    store.apply(frame(3000, 12.2));
    expect(times()).toEqual([1000, 2000, 3000]);
  });

  test('keeps what arrived while the history was on its way, once', async () => {
    const { store, trail, times } = trailWith([at(1, 1000, 12), at(1, 2000, 12.1)]);
    trail.follow({ number: 1, id: 'a' });
    store.apply(frame(2000, 12.1));
    store.apply(frame(3000, 12.2));
    await settle();
    expect(times()).toEqual([1000, 2000, 3000]);
  });

  test('forgets the vehicle before, also when its history comes late', async () => {
    const { trail, times } = trailWith([at(1, 1000, 12)]);
    trail.follow({ number: 1, id: 'a' });
    trail.follow(undefined);
    await settle();
    expect(times()).toEqual([]);
  });

  test('begins now when there is no history to be had', async () => {
    const { store, trail, times } = trailWith(new Error('link-broken'));
    trail.follow({ number: 1, id: 'a' });
    await settle();
    store.apply(frame(3000, 12.2));
    expect(times()).toEqual([3000]);
  });

  test('has no more than its span', async () => {
    const { store, trail, times } = trailWith([at(1, 1000, 12)]);
    trail.follow({ number: 1, id: 'a' });
    await settle();
    store.apply(frame(1000 + TRAIL_MS + 1, 12.2));
    expect(times()).toEqual([1000 + TRAIL_MS + 1]);
  });
});
