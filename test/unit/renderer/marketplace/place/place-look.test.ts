import { expect, test } from 'vitest';
import { PLACE_LOOKS, placeLook } from '../../../../../src/renderer/marketplace/place/place-look.ts';
import { HIDDEN_LOOK } from '../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';
import type { ChargePlace } from '../../../../../src/shared/domain/marketplace/place.ts';
import { madePlace } from '../../../../support/made-place.ts';

const lookOf = (statuses: ChargePlace['statuses'], status: 'CONNECTED' | 'OFFLINE' = 'CONNECTED') => {
  const party = { key: 'DE*HVL', role: 'CPO', name: 'Havelladen', status, statusAtMs: 1 };
  const row = { key: 'LOC-1', place: madePlace({ statuses }), party, assessment: undefined, group: undefined };
  const { look, rank } = placeLook(row);
  return { shape: PLACE_LOOKS[look]?.shape, outline: PLACE_LOOKS[look]?.outline, rank, isHidden: look === HIDDEN_LOOK };
};

test('the level in the box says how much is taken, and is exact at both ends', () => {
  expect(lookOf({ AVAILABLE: 8 }).shape).toBe('box');
  expect(lookOf({ AVAILABLE: 7, CHARGING: 1 }).shape).toBe('box-third');
  expect(lookOf({ AVAILABLE: 1, CHARGING: 7 }).shape).toBe('box-two-thirds');
  expect(lookOf({ CHARGING: 8 })).toMatchObject({ shape: 'box-full', rank: 1 });
});

test('out of use, not known and not there are three different things', () => {
  expect(lookOf({ OUTOFORDER: 2, BLOCKED: 1 }).shape).toBe('cross');
  expect(lookOf({ UNKNOWN: 1, CHARGING: 1 })).toMatchObject({ outline: 'dashed', rank: 2 });
  expect(lookOf({ AVAILABLE: 8 }, 'OFFLINE')).toMatchObject({ outline: 'dashed', rank: 2 });
  expect(lookOf({ REMOVED: 4 }).isHidden).toBe(true);
});
