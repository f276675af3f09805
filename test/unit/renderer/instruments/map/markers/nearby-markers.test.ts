import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HIDDEN_LOOK } from '../../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';
import { createMarkerColumns } from '../../../../../../src/renderer/instruments/map/markers/marker-columns.ts';
import { createNearbyMarkers } from '../../../../../../src/renderer/instruments/map/markers/nearby-markers.ts';

const unit = fc.double({ min: 0, max: 1, noNaN: true });

test('finds what a look at every marker would find, nearest first', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(unit, unit), { maxLength: 150 }),
      unit,
      unit,
      fc.double({ min: 0.01, max: 0.5, noNaN: true }),
      (places, x, y, radius) => {
        const columns = createMarkerColumns();
        places.forEach(([placeX, placeY], row) => {
          columns.place(row, placeX, placeY, 0, 1);
          columns.setLook(row, row % 7 === 0 ? HIDDEN_LOOK : 0, 0);
        });
        const distance = (row: number) => Math.hypot((places[row]?.[0] ?? 0) - x, (places[row]?.[1] ?? 0) - y);
        const found = createNearbyMarkers(columns).within(x, y, radius, 10);
        const expected = places
          .map((_, row) => row)
          .filter((row) => row % 7 !== 0 && distance(row) ** 2 <= radius ** 2);
        expect(found.toSorted((a, b) => a - b)).toEqual(expected);
        expect(found.map(distance)).toEqual(found.map(distance).toSorted((a, b) => a - b));
      },
    ),
  );
});

test('follows markers that moved since', () => {
  const columns = createMarkerColumns();
  columns.place(0, 0.1, 0.1, 0, 1);
  columns.setLook(0, 0, 0);
  const index = createNearbyMarkers(columns);
  expect(index.within(0.1, 0.1, 0.01, 10)).toEqual([0]);
  columns.place(0, 0.9, 0.9, 0, 10_000);
  index.forget();
  expect(index.within(0.1, 0.1, 0.01, 10_100)).toEqual([]);
  expect(index.within(0.9, 0.9, 0.01, 10_100)).toEqual([0]);
});
