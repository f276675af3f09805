import { createPublicKey, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { creditRecord, chargeRecord, type ToldSession } from '../../../../../src/main/demo/commerce/charge-detail.ts';
import { createDemoWorld } from '../../../../../src/main/demo/demo-world.ts';
import { chargeDetailRecord } from '../../../../../src/main/marketplace-link/wire/v1/ocpi/charge-detail-record.ts';

const world = createDemoWorld(7, 40);
const HOUR_MS = 3_600_000;

function sessionAt(partyId: string, startMs: number, kwh: number): ToldSession {
  const location = world.charging.locations.find((each) => each.partyId === partyId);
  const evse = world.charging.evses.find((each) => each.location === location?.index && each.dc);
  if (!evse) throw new Error(`The demo has no such charge point of ${partyId}.`);
  const endMs = startMs + 2 * HOUR_MS;
  const points = [
    { atMs: startMs, kwh: 0 },
    { atMs: startMs + HOUR_MS, kwh: kwh / 2 },
    { atMs: endMs, kwh },
  ];
  const told = { commandId: undefined, reservedMs: undefined, page: 3 };
  return { id: 'S-1', vehicleId: 'BER-0001', evse, startMs, endMs, ...told, points };
}

describe('a charge record of the demo', () => {
  it('is priced by hand: an evening price from six o’clock, in two periods', () => {
    // Half past five in the evening in Bengaluru: an hour and a half of the two at the evening price.
    const session = sessionAt('KVC', Date.UTC(2026, 5, 9, 12, 0), 40);
    const record = chargeDetailRecord.parse(chargeRecord(world, session, 'none', session.endMs));
    expect(record.charging_periods).toHaveLength(2);
    expect(record.charging_periods.map(({ dimensions }) => dimensions[0]?.volume)).toEqual([10, 30]);
    // 18.50 x 1.12 = 20.72 for direct current; a fifth more is 24.864.
    expect(record.total_cost).toEqual({ excl_vat: 953.12, incl_vat: 1124.68 });
  });

  it('has gross prices where the operator states them, with the tax by name', () => {
    const session = sessionAt('SPR', Date.UTC(2026, 5, 9, 8, 0), 40);
    const record = chargeDetailRecord.parse(chargeRecord(world, session, 'none', session.endMs));
    expect(record.tariffs?.[0]).toMatchObject({ tax_included: 'YES' });
    // 0.46 x 1.12 = 0.5152 net, 0.6131 gross a kWh.
    expect(record.total_cost).toEqual({
      before_taxes: 20.61,
      taxes: [{ name: 'VAT', percentage: 19, amount: 3.91 }],
    });
    expect(creditRecord(record, session.endMs)['total_cost']).toMatchObject({ before_taxes: -20.61 });
  });

  it('stops at the cap', () => {
    const session = sessionAt('LPG', Date.UTC(2026, 5, 9, 8, 0), 300);
    const record = chargeDetailRecord.parse(chargeRecord(world, session, 'none', session.endMs));
    expect(record.total_cost).toEqual({ excl_vat: 45, incl_vat: 53.55 });
  });

  it('carries a signed reading that its key verifies, unless a digit was altered', () => {
    const session = sessionAt('HVL', Date.UTC(2026, 5, 9, 8, 0), 31.4);
    for (const [fault, isValid] of [
      ['none', true],
      ['tampered', false],
    ] as const) {
      const record = chargeDetailRecord.parse(chargeRecord(world, session, fault, session.endMs));
      const [, payload = '', signature = ''] = record.signed_data?.signed_values[0]?.signed_data.split('|') ?? [];
      const key = createPublicKey({
        key: Buffer.from(record.signed_data?.public_key ?? '', 'hex'),
        format: 'der',
        type: 'spki',
      });
      const { SD } = JSON.parse(signature) as { SD: string };
      expect(verify('sha256', Buffer.from(payload), key, Buffer.from(SD, 'hex'))).toBe(isValid);
    }
  });
});
