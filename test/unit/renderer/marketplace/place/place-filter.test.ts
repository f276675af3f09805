import { describe, expect, test } from 'vitest';
import {
  compilePlaceFilter,
  isFilteringPlaces,
  NO_PLACE_FILTER,
  type PlaceFilter,
} from '../../../../../src/renderer/marketplace/place/place-filter.ts';
import type { PlaceRow } from '../../../../../src/renderer/marketplace/place/place-row.ts';
import { powerW } from '../../../../../src/shared/kernel/quantity.ts';
import { madeAssessment, madeGroup, madePlace } from '../../../../support/made-place.ts';

const row = (changes: Partial<PlaceRow> = {}): PlaceRow => ({
  key: 'LOC-1',
  place: madePlace(),
  party: undefined,
  assessment: madeAssessment(),
  group: madeGroup,
  ...changes,
});
const passes = (filter: Partial<PlaceFilter>, of = row()) => compilePlaceFilter({ ...NO_PLACE_FILTER, ...filter })(of);
const away = { key: 'DE*HVL', role: 'CPO', name: 'Havelladen', status: 'OFFLINE', statusAtMs: 1 } as const;

describe('the filter of places', () => {
  test('nothing asked for hides nothing', () => {
    expect(passes({})).toBe(true);
    expect(isFilteringPlaces(NO_PLACE_FILTER)).toBe(false);
    expect(isFilteringPlaces({ ...NO_PLACE_FILTER, hidesAway: true })).toBe(true);
  });

  test('every word must occur: in name, street, operator or connector', () => {
    expect(passes({ text: 'linden ccs2' })).toBe(true);
    expect(passes({ text: 'linden chademo' })).toBe(false);
  });

  test('free now means the kind of connector that is asked for', () => {
    const busy = { ...madeGroup, key: 'ac22', current: 'AC' as const, maxPowerW: powerW(22_000), free: 0 };
    const both = row({ place: madePlace({ groups: [madeGroup, busy] }) });
    expect(passes({ current: 'AC' }, both)).toBe(true);
    expect(passes({ current: 'AC', isFreeNow: true }, both)).toBe(false);
    expect(passes({ leastKw: 100, isFreeNow: true }, both)).toBe(true);
    expect(passes({ leastKw: 200 }, both)).toBe(false);
  });

  test('what is not known is neither cheap nor within reach', () => {
    expect(passes({ mostPerKwh: 0.4 })).toBe(true);
    expect(passes({ mostPerKwh: 0.39 })).toBe(false);
    const unknown = row({ assessment: madeAssessment({ netPerKwh: undefined, arrivalSocPercent: undefined }) });
    expect(passes({ mostPerKwh: 100 }, unknown)).toBe(false);
    expect(passes({ leastArrivalPercent: 5 }, unknown)).toBe(false);
    expect(passes({ leastArrivalPercent: 18 })).toBe(true);
  });

  test('what is known not to fit is hidden; limits that nobody states hide nothing', () => {
    expect(passes({ isFitOnly: true }, row({ assessment: madeAssessment({ access: 'not-known' }) }))).toBe(true);
    const tooHigh = madeAssessment({ access: 'too-high', groupKey: undefined, refusal: 'Too high.' });
    expect(passes({ isFitOnly: true }, row({ assessment: tooHigh }))).toBe(false);
  });

  test('offline operators are shown until they are asked to be hidden', () => {
    expect(passes({}, row({ party: away }))).toBe(true);
    expect(passes({ hidesAway: true }, row({ party: away }))).toBe(false);
  });
});
