import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTelemetryStore } from '../../../../src/renderer/fleet/telemetry-store.ts';
import type { Position } from '../../../../src/shared/domain/fleet/position.ts';
import { encodeTelemetryFrame } from '../../../../src/shared/ipc/telemetry-frame.ts';

function at(vehicleNumber: number, atMs: number): Position {
  return {
    vehicleNumber,
    atMs,
    latitude: 52.5,
    longitude: 13.4,
    speedKmh: 30,
    headingDeg: 90,
    socPercent: 50,
    batteryTempC: 20,
    activity: 'driving',
  };
}

describe('telemetry store', () => {
  it('holds the newest fix of each vehicle under any frames, and after a whole frame nobody else', () => {
    const frame = fc.record({
      whole: fc.boolean(),
      numbers: fc.uniqueArray(fc.integer({ min: 1, max: 3000 }), { maxLength: 40 }),
    });
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), (frames) => {
        const store = createTelemetryStore();
        const expected = new Map<number, number>();
        frames.forEach(({ whole, numbers }, index) => {
          if (whole) expected.clear();
          for (const number of numbers) expected.set(number, index + 1);
          const positions = numbers.map((number) => at(number, index + 1));
          store.apply(encodeTelemetryFrame(positions, index, whole));
        });
        for (let number = 1; number <= 3000; number++) expect(store.read(number)?.atMs).toBe(expected.get(number));
      }),
    );
  });

  it('never moves a row', () => {
    const store = createTelemetryStore();
    store.apply(encodeTelemetryFrame([at(1, 1), at(2, 1)], 1, true));
    const row = store.rowOfVehicle(2);
    store.apply(encodeTelemetryFrame([at(2, 2), at(3, 2)], 2, true));
    expect(store.rowOfVehicle(2)).toBe(row);
    expect(store.rowOfVehicle(1)).toBeUndefined();
  });
});
