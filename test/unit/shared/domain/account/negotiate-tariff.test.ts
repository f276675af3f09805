import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  negotiatedTariff,
  type NegotiationContext,
} from '../../../../../src/shared/domain/account/negotiate-tariff.ts';
import type { Charge } from '../../../../../src/shared/domain/tariff/charge.ts';
import { priceCharge } from '../../../../../src/shared/domain/tariff/price-session.ts';
import { madeTerms } from '../../../../support/account/made-account.ts';
import { energyTariff, madeComponent, madeTariff } from '../../../../support/made-tariff.ts';

const HOUR_MS = 3_600_000;
const CONTEXT: NegotiationContext = { current: 'DC', monthKwh: '0', currency: 'EUR' };

function energyCharge(tariff: Charge['tariffs'][number], volumes: readonly string[]): Charge {
  return {
    beginMs: 0,
    endMs: volumes.length * HOUR_MS,
    currency: 'EUR',
    zone: { zone: 'Europe/Berlin', basis: 'location' },
    tariffs: [tariff],
    periods: volumes.map((volume, at) => ({
      beginMs: at * HOUR_MS,
      tariffId: tariff.id,
      dimensions: [{ type: 'ENERGY', volume }],
    })),
  };
}

const netOf = (tariff: Charge['tariffs'][number], volumes: readonly string[]): string => {
  const priced = priceCharge(energyCharge(tariff, volumes), {
    rounding: { mode: 'half-up', scale: 4, stage: 'total', first: 'net' },
  });
  return priced.ok ? priced.value.total.net : priced.code;
};

const pricesOf = (terms: Parameters<typeof negotiatedTariff>[0], tariff = energyTariff('0.59'), context = CONTEXT) =>
  negotiatedTariff(terms, tariff, context).tariff.elements.flatMap(({ components }) =>
    components.map(({ price }) => price),
  );

describe('a negotiated tariff', () => {
  it('is the tariff itself but for the tax, where nothing was agreed on prices', () => {
    const tariff = energyTariff('0.59');
    const answer = negotiatedTariff(madeTerms(), tariff, CONTEXT);
    expect(pricesOf(madeTerms(), tariff)).toEqual(['0.59']);
    expect(answer.tariff.elements[0]?.components[0]?.vatPercent).toBe('19');
    expect(answer.sentences).toEqual(['The tariff states no tax; the contract’s VAT of 19 % is taken.']);
  });

  it('discounts exactly and then caps, and says both', () => {
    const terms = madeTerms({
      discountPercent: '7.5',
      caps: [
        { dimension: 'ENERGY', current: undefined, maxPrice: '0.5' },
        { dimension: 'ENERGY', current: 'AC', maxPrice: '0.4' },
      ],
    });
    const answer = negotiatedTariff(terms, energyTariff('0.59'), CONTEXT);
    expect(answer.tariff.elements[0]?.components[0]?.price).toBe('0.5');
    expect(answer.sentences.slice(0, 2)).toEqual([
      '0.59 EUR per kWh less 7.5 % is 0.54575 EUR per kWh.',
      '0.54575 EUR per kWh is above the agreed cap and becomes 0.5 EUR per kWh.',
    ]);
    expect(pricesOf(terms, undefined, { ...CONTEXT, current: 'AC' })).toEqual(['0.4']);
  });

  it('holds a net cap against a price with tax by giving the cap the same tax', () => {
    const terms = madeTerms({ caps: [{ dimension: 'ENERGY', current: undefined, maxPrice: '0.4' }] });
    expect(pricesOf(terms, energyTariff('0.59', { taxBasis: 'gross' }))).toEqual(['0.476']);
  });

  it('applies no cap in another currency, and no discount to what is paid to the driver', () => {
    const terms = madeTerms({
      discountPercent: '10',
      caps: [{ dimension: 'ENERGY', current: undefined, maxPrice: '0.1' }],
    });
    expect(pricesOf(terms, energyTariff('0.5', { currency: 'SEK' }))).toEqual(['0.45']);
    expect(pricesOf(terms, energyTariff('-0.05'))).toEqual(['-0.05']);
  });

  it('prices a session that crosses a volume step by both prices, each for its own part', () => {
    const terms = madeTerms({ discountPercent: '10', volumeSteps: [{ fromKwh: '1000', discountPercent: '20' }] });
    const tariff = energyTariff('0.5');
    const at = (monthKwh: string) => negotiatedTariff(terms, tariff, { ...CONTEXT, monthKwh }).tariff;
    expect(netOf(at('0'), ['30', '20'])).toBe('22.5000');
    expect(netOf(at('970'), ['30', '20'])).toBe('21.5000');
    expect(netOf(at('1000'), ['30', '20'])).toBe('20.0000');
  });

  it('leaves other dimensions of an element in their place and at the base discount', () => {
    const terms = madeTerms({ discountPercent: '10', volumeSteps: [{ fromKwh: '50', discountPercent: '20' }] });
    const components = [madeComponent('ENERGY', '1'), madeComponent('TIME', '10'), madeComponent('FLAT', '2')];
    const { tariff } = negotiatedTariff(
      terms,
      madeTariff({ elements: [{ components, restrictions: undefined }] }),
      CONTEXT,
    );
    expect(
      tariff.elements.map((element) => [
        element.restrictions?.minKwh,
        element.components.map(({ price, type }) => `${type} ${price}`),
      ]),
    ).toEqual([
      [undefined, ['ENERGY 0.9']],
      ['50', ['ENERGY 0.8']],
      [undefined, ['TIME 9', 'FLAT 1.8']],
    ]);
  });

  it('never costs more than the tariff, and scales it exactly', () => {
    const cents = fc.nat(10_000).map((value) => (value / 10_000).toFixed(4));
    fc.assert(
      fc.property(cents, fc.nat(1000), fc.nat(500), (price, tenths, kwh) => {
        const percent = (tenths / 10).toFixed(1);
        const [agreed = ''] = pricesOf(madeTerms({ discountPercent: percent }), energyTariff(price));
        const tenThousandths = BigInt(price.replace('.', ''));
        const [whole = '0', fraction = ''] = agreed.split('.');
        expect(BigInt(whole + fraction.padEnd(7, '0'))).toBe(tenThousandths * BigInt(1000 - tenths));
        expect(Number(netOf(energyTariff(agreed), [String(kwh)]))).toBeLessThanOrEqual(
          Number(netOf(energyTariff(price), [String(kwh)])),
        );
      }),
    );
  });
});
