import { describe, expect, test } from 'vitest';
import {
  compileScope,
  HEADINGS,
  isFiltering,
  NO_FILTER,
  standsUnder,
} from '../../../../../src/renderer/fleet/filter/fleet-filter.ts';
import type { Vehicle } from '../../../../../src/shared/domain/fleet/vehicle.ts';
import { powerW, energyWh } from '../../../../../src/shared/kernel/quantity.ts';

const vehicle: Vehicle = {
  id: 'v1',
  number: 1,
  registration: 'KA-01 E 2217',
  model: 'eBus 12 m',
  depotId: 'blr',
  usableCapacityWh: energyWh(350_000),
  maxAcW: powerW(0),
  maxDcW: powerW(150_000),
};

describe('text', () => {
  test.for(['', '2217', 'ka-01', 'KA01E2217', 'ebus', 'e 2217', 'bus ka'])('“%s” finds it', (text) => {
    expect(compileScope({ ...NO_FILTER, text })(vehicle)).toBe(true);
  });
  test.for(['2218', 'ka-02', 'bus van'])('“%s” does not', (text) => {
    expect(compileScope({ ...NO_FILTER, text })(vehicle)).toBe(false);
  });
});

test('the depot narrows', () => {
  expect(compileScope({ ...NO_FILTER, depotId: 'blr' })(vehicle)).toBe(true);
  expect(compileScope({ ...NO_FILTER, depotId: 'ber' })(vehicle)).toBe(false);
});

test('a stale driving vehicle stands under both, so that an outage empties nothing', () => {
  expect(standsUnder('driving', 'driving', true)).toBe(true);
  expect(standsUnder('stale', 'driving', true)).toBe(false);
  expect(standsUnder('driving', 'driving', false)).toBe(true);
  expect(standsUnder('stale', 'driving', false)).toBe(true);
  expect(standsUnder('idle', 'driving', false)).toBe(false);
});

test('what never reported is stale and nothing else', () => {
  expect(HEADINGS.filter((heading) => standsUnder(heading, undefined, false))).toEqual(['stale']);
});

test('blank text is no filter', () => {
  expect(isFiltering({ ...NO_FILTER, text: '  ' })).toBe(false);
  expect(isFiltering({ ...NO_FILTER, headings: ['idle'] })).toBe(true);
});
