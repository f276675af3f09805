import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLiveSearch } from '../../../../src/renderer/pages/live-search.ts';

describe('the Live page’s part of the link', () => {
  test('is read whole when it is whole', () => {
    const whole = {
      q: 'ka 01',
      depot: 'BLR',
      activity: ['driving', 'stale'],
      vehicle: 'v1',
      lat: 12.9,
      lon: 77.5,
      zoom: 12,
      sort: 'soc',
    };
    expect(parseLiveSearch(whole)).toEqual(whole);
  });

  test('loses only the part that is wrong', () => {
    expect(parseLiveSearch({ q: 'bus', lat: 999, activity: ['flying'], zoom: 'near' })).toEqual({ q: 'bus' });
  });

  test('an empty list of activities is no filter', () => {
    expect(parseLiveSearch({ activity: [] }).activity).toBeUndefined();
  });

  test('nothing that can stand in a link makes it throw', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        const search = parseLiveSearch(raw);
        expect(search.lat === undefined || Math.abs(search.lat) <= 90).toBe(true);
      }),
    );
  });
});
