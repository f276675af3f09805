/** A priced charge and the parts of it, plain enough to be changed in the one respect that a test is about. */
import type { PricedCharge, PriceTotal, PriceTraceLine } from '../../src/shared/domain/tariff/price.ts';

const nothing: PriceTotal = { net: '0', gross: '0', taxes: [] };

/** 20 kWh at 0.25, 10 % tax. */
export function pricedCharge(changes: Partial<PricedCharge> = {}): PricedCharge {
  const total: PriceTotal = {
    net: '5.00',
    gross: '5.50',
    taxes: [{ name: 'VAT', percent: '10', base: '5.00', amount: '0.50' }],
  };
  return {
    currency: 'EUR',
    total,
    byDimension: { ENERGY: total, TIME: nothing, PARKING_TIME: nothing, FLAT: nothing, RESERVATION: nothing },
    billedKwh: '20',
    billedHours: '0',
    billedParkingHours: '0',
    lines: [traceLine()],
    warnings: [],
    rounding: { mode: 'half-up', scale: 2, stage: 'total', first: 'net' },
    ...changes,
  };
}

export function traceLine(changes: Partial<PriceTraceLine> = {}): PriceTraceLine {
  return {
    kind: 'period',
    periodIndex: 0,
    beginMs: Date.parse('2026-11-24T00:00:00Z'),
    endMs: Date.parse('2026-11-24T01:00:00Z'),
    dimension: 'ENERGY',
    isReservation: false,
    tariffId: 'T1',
    elementIndex: 0,
    reasons: ['It has no conditions.'],
    quantity: '20',
    unit: 'kWh',
    stepSize: undefined,
    unitPrice: '0.25',
    net: '5.00',
    vatPercent: '10',
    tax: '0.50',
    ...changes,
  };
}
