import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITIES, type Position } from '../../../../src/shared/domain/fleet/position.ts';
import { decodeTelemetryFrame, encodeTelemetryFrame } from '../../../../src/shared/ipc/telemetry-frame.ts';

const position: fc.Arbitrary<Position> = fc.record({
  vehicleNumber: fc.integer({ min: 1, max: 0xffff_ffff }),
  atMs: fc.integer({ min: 1_420_070_400_000, max: 4_102_444_800_000 }),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  speedKmh: fc.double({ min: 0, max: 300, noNaN: true }),
  headingDeg: fc.double({ min: 0, max: 360, noNaN: true }),
  socPercent: fc.double({ min: 0, max: 100, noNaN: true }),
  batteryTempC: fc.integer({ min: -60, max: 120 }),
  activity: fc.constantFrom(...ACTIVITIES),
});

describe('telemetry frames', () => {
  it('carry every position within half of the last stated digit', () => {
    fc.assert(
      fc.property(fc.array(position, { maxLength: 60 }), fc.boolean(), (positions, whole) => {
        const frame = decodeTelemetryFrame(encodeTelemetryFrame(positions, 1_780_000_000_000, whole));
        expect(frame.count).toBe(positions.length);
        expect(frame.wholeFleet).toBe(whole);
        positions.forEach((sent, row) => {
          expect(frame.vehicleNumber[row]).toBe(sent.vehicleNumber);
          expect(frame.atMs[row]).toBe(sent.atMs);
          expect(Math.abs((frame.latitudeE7[row] ?? NaN) / 1e7 - sent.latitude)).toBeLessThanOrEqual(0.51e-7);
          expect(Math.abs((frame.longitudeE7[row] ?? NaN) / 1e7 - sent.longitude)).toBeLessThanOrEqual(0.51e-7);
          expect(Math.abs((frame.speedDeciKmh[row] ?? NaN) / 10 - sent.speedKmh)).toBeLessThanOrEqual(0.0501);
          const turn = Math.abs((frame.headingCentiDeg[row] ?? NaN) / 100 - (sent.headingDeg % 360));
          expect(Math.min(turn, 360 - turn)).toBeLessThanOrEqual(0.00501);
          expect(Math.abs((frame.socCentiPercent[row] ?? NaN) / 100 - sent.socPercent)).toBeLessThanOrEqual(0.00501);
          expect(frame.batteryTempC[row]).toBe(sent.batteryTempC);
          expect(ACTIVITIES[frame.activity[row] ?? -1]).toBe(sent.activity);
        });
      }),
    );
  });

  it('refuse a buffer that is cut or foreign', () => {
    const whole = encodeTelemetryFrame([], 0, true);
    expect(() => decodeTelemetryFrame(new ArrayBuffer(8))).toThrow(/impossible/u);
    expect(() => decodeTelemetryFrame(whole.slice(0, 20))).toThrow(/impossible/u);
    expect(() => decodeTelemetryFrame(new ArrayBuffer(24))).toThrow(/impossible/u);
  });
});
