import { expect, test } from 'vitest';
import { availabilityOf, isPartyAway, makeRowJoiner } from '../../../../../src/renderer/marketplace/place/place-row.ts';
import type { Party } from '../../../../../src/shared/domain/marketplace/party.ts';
import { madeAssessment, madeGroup, madePlace } from '../../../../support/made-place.ts';

const party: Party = { key: 'DE*HVL', role: 'CPO', name: 'Havelladen', status: 'CONNECTED', statusAtMs: 1 };

test('without a chosen group the whole place counts, but not what was removed or is only planned', () => {
  const place = madePlace({ statuses: { AVAILABLE: 1, UNKNOWN: 2, REMOVED: 5, PLANNED: 3, CHARGING: 1 } });
  expect(availabilityOf({ place, group: undefined })).toEqual({ free: 1, total: 4, unknown: 2 });
  expect(availabilityOf({ place, group: madeGroup })).toMatchObject({ free: 2, total: 4 });
});

test('a row keeps its identity until one of its parts is another', () => {
  const join = makeRowJoiner();
  const places = [madePlace(), madePlace({ locationId: 'LOC-2' })];
  const assessed = new Map([['LOC-1', madeAssessment()]]);
  const parties = new Map([[party.key, party]]);
  const [first, second] = join(places, parties, assessed);
  expect(first).toMatchObject({ key: 'LOC-1', group: { key: 'dc150' } });
  expect(second).toMatchObject({ assessment: undefined, group: undefined });

  const again = join(places, parties, new Map([['LOC-1', madeAssessment({ netPrice: '21.00' })]]));
  expect(again[0]).not.toBe(first);
  expect(again[1]).toBe(second);
});

test('who is not connected is away; of whom nothing was told is not', () => {
  expect(isPartyAway({ party })).toBe(false);
  expect(isPartyAway({ party: { ...party, status: 'OFFLINE' } })).toBe(true);
  expect(isPartyAway({ party: undefined })).toBe(false);
});
