import { expect, test } from 'vitest';
import { projectStreets, streetWidth } from '../../../../../../src/renderer/instruments/map/base/streets.ts';

test('streets are sorted by class and turned from latitude first to x first', () => {
  const streets = projectStreets([
    {
      class: 'street',
      points: [
        [0, 90],
        [10, 90],
      ],
    },
    {
      class: 'arterial',
      points: [
        [0, 0],
        [0, 1],
      ],
    },
  ]);
  expect(streets.street.length).toBe(1);
  expect(streets.street[0]?.x[0]).toBe(0.75);
  expect(streets.arterial[0]?.y[0]).toBe(0.5);
});

test('an arterial is wider than a street at every zoom, and both widen with it', () => {
  for (let zoom = 8; zoom < 19; zoom++) {
    expect(streetWidth('arterial', zoom)).toBeGreaterThan(streetWidth('street', zoom));
    expect(streetWidth('street', zoom + 1)).toBeGreaterThanOrEqual(streetWidth('street', zoom));
  }
});
