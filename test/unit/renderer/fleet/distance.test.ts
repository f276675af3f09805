import { expect, test } from 'vitest';
import { distanceM, formatDistance } from '../../../../src/renderer/fleet/distance.ts';

test('a degree of latitude is 111 km, of longitude less away from the equator', () => {
  expect(distanceM({ latitude: 0, longitude: 0 }, { latitude: 1, longitude: 0 })).toBeCloseTo(111_195, -2);
  const atBerlin = distanceM({ latitude: 52.5, longitude: 13 }, { latitude: 52.5, longitude: 14 });
  expect(atBerlin / 111_195).toBeCloseTo(Math.cos((52.5 * Math.PI) / 180), 3);
});

test('opposite points do not fall over rounding', () => {
  expect(distanceM({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 180 })).toBeCloseTo(
    Math.PI * 6_371_009,
    -1,
  );
});

test.for([
  [4, 'under 10 m'],
  [14, '10 m'],
  [996, '1.0 km'],
  [2340, '2.3 km'],
  [41_600, '42 km'],
] as const)('%d m reads %s', ([metres, text]) => {
  expect(formatDistance(metres)).toBe(text);
});
