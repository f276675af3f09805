import { expect, test } from 'vitest';
import { makeBayFinder, ownBay } from '../../../../../src/renderer/marketplace/charge-point/own-bay.ts';
import type { Evse } from '../../../../../src/shared/domain/marketplace/evse.ts';

const METRE = 1 / 111_195;

function bay(uid: string, northM: number, status: Evse['status'] = 'AVAILABLE'): Evse {
  return {
    key: `L/${uid}`,
    uid,
    evseId: undefined,
    label: uid,
    locationId: 'L',
    locationName: 'Hebbal',
    operatorName: 'Kaveri',
    timeZone: 'Asia/Kolkata',
    latitude: 13 + northM * METRE,
    longitude: 77,
    status,
    statusAtMs: 1,
    connectors: [],
  };
}

const here = { latitude: 13, longitude: 77 };

test.for([
  ['the nearest of a row', [bay('a', 1), bay('b', 6)], 'a'],
  ['a single one within reach', [bay('a', 29)], 'a'],
  ['none beyond it', [bay('a', 31)], undefined],
  ['none where two are as near', [bay('a', 3), bay('b', -3)], undefined],
  ['not one that is gone', [bay('a', 1, 'REMOVED'), bay('b', 6)], 'b'],
] as const)('its own bay is %s', ([, evses, expected]) => {
  expect(ownBay(here, evses)?.uid).toBe(expected);
});

test.for([
  ['the one within a few metres', [bay('a', 2), bay('b', 7)], 'a'],
  ['nobody’s where two are', [bay('a', 2), bay('b', -2)], undefined],
  ['nobody’s where none is', [bay('a', 9)], undefined],
] as const)('a place is plainly %s', ([, evses, expected]) => {
  expect(makeBayFinder(evses)(here)?.uid).toBe(expected);
});

test('a bay over the edge of a cell is found', () => {
  const edge = { latitude: 13.0005 - METRE, longitude: 77.0005 };
  expect(makeBayFinder([{ ...bay('a', 0), latitude: 13.0005 + METRE, longitude: 77.0005 }])(edge)?.uid).toBe('a');
});
