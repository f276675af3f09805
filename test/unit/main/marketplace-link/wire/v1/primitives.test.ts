/** Instants and prices as they may be written, and as they may not. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { dateTime, parseDateTimeMs, price } from '../../../../../../src/main/marketplace-link/wire/v1/primitives.ts';

describe('instants', () => {
  test.for([
    ['2026-06-09T04:10:00Z', '2026-06-09T04:10:00.000Z'],
    ['2026-06-09T04:10:00', '2026-06-09T04:10:00.000Z'],
    ['2026-06-09T04:10:00+02:00', '2026-06-09T02:10:00.000Z'],
    ['2026-06-09T04:10:00.123456789+02:00', '2026-06-09T02:10:00.123Z'],
    ['2028-02-29T23:59:59Z', '2028-02-29T23:59:59.000Z'],
  ] as const)('%s is %s', ([text, instant]) => {
    expect(dateTime.safeParse(text).success).toBe(true);
    expect(new Date(parseDateTimeMs(text)).toISOString()).toBe(instant);
  });

  const pattern = new RegExp((z.toJSONSchema(dateTime) as { pattern: string }).pattern, 'u');
  test.for([
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-32T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:61Z',
    '2026-01-01T00:00:00+25:00',
    '2026-01-01t00:00:00z',
    '2014-12-31T23:59:59Z',
    '',
  ])('“%s” is refused, by the JSON Schema’s pattern too', (text) => {
    expect(dateTime.safeParse(text).success).toBe(false);
    expect(pattern.test(text)).toBe(false);
  });
  test.for(['2026-02-30T00:00:00Z', '2026-04-31T12:00:00+02:00', '2027-02-29T00:00:00'])(
    '“%s” is no day of its month',
    (text) => expect(dateTime.safeParse(text).success).toBe(false),
  );
});

describe('prices', () => {
  test.for([
    { excl_vat: 10 },
    { excl_vat: 10, incl_vat: 11.9 },
    { before_taxes: 10 },
    { before_taxes: 10, taxes: [] },
    { before_taxes: 10, taxes: [{ name: 'VAT', account_number: 'DE1', percentage: 19, amount: 1.9 }] },
  ])('%j is one', (value) => expect(price.parse(value)).toEqual(value));
  test.for([
    {},
    { incl_vat: 11.9 },
    { excl_vat: '10' },
    { before_taxes: null },
    { before_taxes: 10, taxes: [{ name: 'VAT' }] },
  ])('%j is none, and the sentence says what is', (value) => {
    const read = price.safeParse(value);
    expect(read.error?.issues.map(({ message }) => message)).toEqual([expect.stringContaining('before_taxes')]);
  });
  test('a number beyond its bounds is none', () => expect(price.safeParse({ excl_vat: 1e300 }).success).toBe(false));
});
