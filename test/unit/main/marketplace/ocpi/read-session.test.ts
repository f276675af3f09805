/** Net amounts as text, and whether two sessions say the same. */
import { describe, expect, test } from 'vitest';
import { netAmount, readWireSession, tellsTheSame } from '../../../../../src/main/marketplace/ocpi/read-session.ts';
import { session } from '../../../../../src/main/marketplace-link/wire/v1/ocpi-objects.ts';
import { price } from '../../../../../src/main/marketplace-link/wire/v1/primitives.ts';
import { sampleSession } from '../../../../support/wire-samples.ts';

describe('the net amount has the number’s own decimals', () => {
  test.for([
    ['{"excl_vat":10.10,"incl_vat":12.019}', '10.1'],
    ['{"excl_vat":4.2500}', '4.25'],
    ['{"before_taxes":16.4,"taxes":[{"name":"VAT","amount":3.116}]}', '16.4'],
    ['{"before_taxes":9,"excl_vat":8}', '8'],
    ['{"excl_vat":0.1234}', '0.1234'],
    ['{"excl_vat":-0}', '0'],
    ['{"excl_vat":-1.5e-7}', '-0.00000015'],
    ['{"excl_vat":1e-7}', '0.0000001'],
    ['{"excl_vat":123456789.0123}', '123456789.0123'],
  ] as const)('%s is %s', ([json, text]) => expect(netAmount(price.parse(JSON.parse(json)))).toBe(text));
});

describe('sameness', () => {
  const read = (change: Record<string, unknown> = {}) =>
    readWireSession(session.parse(sampleSession('S1', { total_cost: { excl_vat: 3 }, vehicle_id: 'V1', ...change })));
  test.for([
    { last_updated: '2027-01-01T00:00:00Z' },
    { vehicle_id: 'v1', evse_uid: 'e1', location_id: 'l1' },
    { total_cost: { before_taxes: 3.0 } },
    { start_date_time: '2026-06-09T06:10:00+02:00' },
  ])('%j changes nothing', (change) => expect(tellsTheSame(read(), read(change))).toBe(true));
  test.for([
    { status: 'COMPLETED' },
    { kwh: 1.501 },
    { end_date_time: '2026-06-09T05:10:00Z' },
    { total_cost: { excl_vat: 3.01 } },
    { vehicle_id: undefined },
    { authorization_reference: 'x' },
    { connector_id: '2' },
    { currency: 'DKK' },
  ])('%j is another', (change) => expect(tellsTheSame(read(), read(change))).toBe(false));
});
