/** Least and greatest prices of a session (OCPI 2.2.1, 11.3.1), where the tax of a limit is told, where it follows, and where nothing tells it. */
import { describe, expect, it } from 'vitest';
import type { Tariff } from '../../../../../../../src/shared/domain/tariff/tariff.ts';
import { charge, component, element, period, sides, tariff } from '../../../../../../support/charge-bench.ts';

const ENERGY = element(component('ENERGY', '0.50', '19'));
const used = (kwh: string, of: Tariff) => charge(of, '11:00', [period('10:00', { ENERGY: kwh })]);

describe('a limit', () => {
  it('without tax takes the only rate there is', () => {
    const of = tariff([ENERGY], {
      minPrice: { net: '1', gross: undefined },
      maxPrice: { net: '20', gross: undefined },
    });
    expect(sides(used('1', of))).toEqual(['1.00', '1.19']);
    expect(sides(used('10', of))).toEqual(['5.00', '5.95']);
    expect(sides(used('100', of))).toEqual(['20.00', '23.80']);
  });

  it('without tax has no known gross where nothing else is billed', () => {
    const of = tariff([ENERGY], { minPrice: { net: '1', gross: undefined } });
    expect(sides(used('0', of))).toEqual(['1.00', undefined]);
  });

  it('with tax stands for a charge of nothing', () => {
    const of = tariff([ENERGY], { minPrice: { net: '1', gross: '1.19' } });
    expect(sides(used('0', of))).toEqual(['1.00', '1.19']);
  });

  it('with tax alone may bind', () => {
    const of = tariff([ENERGY], { maxPrice: { net: '20', gross: '22' } });
    expect(sides(used('39', of))).toEqual(['19.50', '22.00']);
  });

  it('tells the gross of a tariff that states no tax', () => {
    const of = tariff([element(component('ENERGY', '0.50'))], { maxPrice: { net: '20', gross: '23.80' } });
    expect(sides(used('39', of))).toEqual(['19.50', undefined]);
    expect(sides(used('100', of))).toEqual(['20.00', '23.80']);
  });

  it('of several tariffs is the tightest', () => {
    const of = [
      tariff([ENERGY], { id: 'A', maxPrice: { net: '60', gross: undefined }, minPrice: { net: '3', gross: '3.57' } }),
      tariff([ENERGY], { id: 'B', maxPrice: { net: '40', gross: '47.60' }, minPrice: { net: '2', gross: '2.38' } }),
    ];
    const shared = (kwh: string) =>
      charge(of, '12:00', [period('10:00', { ENERGY: kwh }, 'A'), period('11:00', { ENERGY: kwh }, 'B')]);
    expect(sides(shared('100'))).toEqual(['40.00', '47.60']);
    expect(sides(shared('1'))).toEqual(['3.00', '3.57']);
  });

  it('gives way to the greatest where both contradict each other', () => {
    const of = tariff([ENERGY], { minPrice: { net: '5', gross: '5.95' }, maxPrice: { net: '3', gross: '3.57' } });
    expect(sides(used('1', of))).toEqual(['3.00', '3.57']);
  });
});
