import { describe, expect, it } from 'vitest';
import {
  guardRecord,
  guardTariff,
  type ChargedRecord,
} from '../../../../../src/shared/domain/account/guard-contract.ts';
import { madeContract, madeTerms } from '../../../../support/account/made-account.ts';
import { energyTariff } from '../../../../support/made-tariff.ts';

const cap = (maxPrice: string, current?: 'AC' | 'DC') => ({ dimension: 'ENERGY' as const, current, maxPrice });
const contract = madeContract({
  terms: [madeTerms({ partner: 'DE*TST', discountPercent: '10', caps: [cap('0.45')] })],
});

function record(change: Partial<ChargedRecord> = {}): ChargedRecord {
  return {
    recordKey: 'DE*TST*C1',
    partner: 'DE*TST',
    country: 'DE',
    charge: {
      beginMs: 0,
      endMs: 3_600_000,
      currency: 'EUR',
      zone: { zone: 'Europe/Berlin', basis: 'location' },
      tariffs: [energyTariff('0.4')],
      periods: [{ beginMs: 0, tariffId: 'T1', dimensions: [{ type: 'ENERGY', volume: '50' }] }],
    },
    statedNet: '18',
    current: 'DC',
    monthKwh: '0',
    ...change,
  };
}

describe('the contract guard', () => {
  it('lets a tariff pass that is within its cap after the discount', () => {
    expect(guardTariff(contract, energyTariff('0.5'), undefined, 1)).toBeUndefined();
  });

  it('names a tariff above it, with the excess per kWh', () => {
    expect(guardTariff(contract, energyTariff('0.6'), 'DC', 1)).toEqual({
      kind: 'tariff-above-terms',
      atMs: 1,
      contractId: 'CON-1',
      partner: 'DE*TST',
      reference: 'T1',
      currency: 'EUR',
      excess: '0.09',
      message:
        'DE*TST offers tariff T1 above what was agreed in “Northern contract”: 0.54 instead of 0.45 for energy (EUR). Avoid it until the network has answered.',
    });
  });

  it('says the excess net where prices hold their tax', () => {
    const tariff = energyTariff('0.714', { taxBasis: 'gross' });
    expect(guardTariff(madeContract({ terms: [madeTerms({ caps: [cap('0.5')] })] }), tariff, 'AC', 1)?.excess).toBe(
      '0.1',
    );
  });

  it('does not accuse a tariff of which the current is not known, unless no current may cost as much', () => {
    const split = madeContract({ terms: [madeTerms({ caps: [cap('0.4', 'AC'), cap('0.6', 'DC')] })] });
    expect(guardTariff(split, energyTariff('0.5'), undefined, 1)).toBeUndefined();
    expect(guardTariff(split, energyTariff('0.5'), 'AC', 1)).toMatchObject({ kind: 'tariff-above-terms' });
    expect(guardTariff(split, energyTariff('0.7'), undefined, 1)).toMatchObject({ excess: '0.1' });
  });

  it('says where nothing was agreed', () => {
    const other = energyTariff('0.1', { partyId: 'XYZ' });
    expect(guardTariff(contract, other, 'DC', 1)).toMatchObject({ kind: 'no-terms', partner: 'DE*XYZ' });
    expect(guardRecord(contract, record({ partner: 'FR*ABC' }))).toMatchObject({ kind: 'no-terms' });
  });

  it('says nothing of offers in a country or a currency that the contract is not for', () => {
    const elsewhere = energyTariff('0.1', { countryCode: 'FR' });
    expect(guardTariff(contract, elsewhere, 'DC', 1)).toBeUndefined();
    expect(guardTariff(contract, energyTariff('9', { partyId: 'XYZ', currency: 'SEK' }), 'DC', 1)).toBeUndefined();
    const listed = madeContract({ terms: [madeTerms({ partner: 'DE*TST', countries: ['DE', 'fr'] })] });
    expect(guardTariff(listed, elsewhere, 'DC', 1)).toMatchObject({ kind: 'no-terms' });
  });

  it('lets a record pass at the negotiated price and within the tolerance', () => {
    expect(guardRecord(contract, record())).toBeUndefined();
    expect(guardRecord(contract, record({ statedNet: '18.01' }))).toBeUndefined();
    expect(guardRecord(contract, record({ statedNet: '12' }))).toBeUndefined();
  });

  it('names a record above it, by how much', () => {
    expect(guardRecord(contract, record({ statedNet: '20' }))).toMatchObject({
      kind: 'record-above-terms',
      reference: 'DE*TST*C1',
      excess: '2',
      message: expect.stringContaining('makes it 18.00: 2.00 EUR too much'),
    });
  });

  it('takes the greater of the two tolerances', () => {
    const tolerance = { amount: '0.01', percent: '5', energyWh: 0 };
    const lenient = madeContract({ terms: [madeTerms({ discountPercent: '10', tolerance })] });
    expect(guardRecord(lenient, record({ statedNet: '18.9' }))).toBeUndefined();
    expect(guardRecord(lenient, record({ statedNet: '18.91' }))).toMatchObject({ excess: '0.91' });
  });

  it('says nothing of a record that cannot be priced', () => {
    const { charge } = record();
    expect(guardRecord(contract, record({ charge: { ...charge, endMs: -1 } }))).toBeUndefined();
  });
});
