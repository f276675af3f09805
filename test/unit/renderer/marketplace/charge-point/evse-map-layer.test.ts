import { describe, expect, test } from 'vitest';
import type { Evse, EvseStatus } from '../../../../../src/shared/domain/marketplace/evse.ts';
import { evseAt, placeEvses } from '../../../../../src/renderer/marketplace/charge-point/evse-map-layer.ts';

function evse(label: string, locationId: string, status: EvseStatus, latitude = 12.9): Evse {
  return {
    key: `${locationId}/${label}`,
    uid: label,
    evseId: undefined,
    label,
    locationId,
    locationName: locationId,
    operatorName: 'Any',
    timeZone: 'Asia/Kolkata',
    latitude,
    longitude: 77.6,
    status,
    statusAtMs: 1,
    connectors: [],
  };
}

describe('charge points on the map', () => {
  test('those of one location never cover each other', () => {
    const placed = placeEvses(Array.from({ length: 30 }, (_, at) => evse(`Bay ${at}`, 'yard', 'AVAILABLE')));
    const seats = new Set(placed.map(({ dx, dy }) => `${dx} ${dy}`));
    expect(seats.size).toBe(30);
  });

  test('keep their order of labels, numbers as numbers', () => {
    const placed = placeEvses(['Bay 10', 'Bay 2', 'Bay 1'].map((label) => evse(label, 'yard', 'CHARGING')));
    expect(placed.map((each) => each.evse.label)).toEqual(['Bay 1', 'Bay 2', 'Bay 10']);
  });

  test('what is planned or removed is not there', () => {
    expect(placeEvses([evse('a', 'x', 'PLANNED'), evse('b', 'x', 'REMOVED')])).toEqual([]);
  });

  test('is found where it is drawn, and only where it is drawn', () => {
    const placed = placeEvses([evse('a', 'x', 'AVAILABLE'), evse('b', 'x', 'OUTOFORDER')]);
    const [first] = placed;
    const scale = 256 * 2 ** 16;
    const view = {
      scale,
      left: (first?.x ?? 0) * scale - 100,
      top: (first?.y ?? 0) * scale - 100,
      width: 200,
      height: 200,
    };
    const [x, y] = [100 + (first?.dx ?? 0), 100 + (first?.dy ?? 0)];
    expect(evseAt(placed, x, y, view, 16)?.label).toBe('a');
    expect(evseAt(placed, x, y, view, 10)).toBeUndefined();
    expect(evseAt(placed, 10, 10, view, 16)).toBeUndefined();
  });
});
