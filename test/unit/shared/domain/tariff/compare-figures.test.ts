/** A price beside the figures that its sender states. */
import { expect, test } from 'vitest';
import {
  agreesInParts,
  agreesInTotal,
  differenceOf,
  findOddFigures,
} from '../../../../../src/shared/domain/tariff/compare-figures.ts';
import { charge, component, element, period, price, tariff } from '../../../../support/charge-bench.ts';

const priced = price(
  charge(tariff([element([component('ENERGY', '0.335', '20'), component('FLAT', '1', '20')])]), '11:00', [
    period('10:00', { ENERGY: '3' }),
  ]),
);
const net = (amount: string, gross?: string) => ({ net: amount, gross });

test('a total agrees in value, and in gross only where both have one', () => {
  const ours = net('2.00', '2.40');
  expect(agreesInTotal(ours, net('2'))).toBe(true);
  expect(agreesInTotal(ours, net('2.0', '2.4'))).toBe(true);
  expect(agreesInTotal(ours, net('2.0', '2.41'))).toBe(false);
  expect(agreesInTotal(net('2.00'), net('2', '9'))).toBe(true);
});

test('noise beyond what OCPI carries is none', () => {
  expect(agreesInTotal(net('2.00'), net('2.0000000000000004'))).toBe(true);
  expect(agreesInTotal(net('2.00'), net('2.0001'))).toBe(false);
});

test('the difference is what is stated more', () => {
  expect(differenceOf(net('2.00', '2.40'), net('2.1', '2.3'))).toEqual({ net: '0.1', gross: '-0.1' });
  expect(differenceOf(net('2.00'), net('2', '2.4'))).toEqual({ net: '0', gross: null });
});

test('a part agrees exactly, or rounded as the total is; what is not stated cannot differ', () => {
  const by = priced.rounding;
  const agrees = (energyCost?: { net: string; gross: string | undefined }) =>
    agreesInParts(priced, { cost: priced.total, energyCost }, by);
  expect(agrees()).toBe(true);
  expect(agrees(net('1.005', '1.206'))).toBe(true);
  expect(agrees(net('1.01', '1.21'))).toBe(true);
  expect(agrees(net('1.02'))).toBe(false);
});

test('parts that differ and a net that is our gross are named', () => {
  const codes = (stated: Parameters<typeof findOddFigures>[1]) =>
    findOddFigures(priced, stated).map(({ code }) => code);
  expect(priced.total).toMatchObject({ net: '2.01', gross: '2.41' });
  expect(codes({ cost: priced.total })).toEqual([]);
  expect(codes({ cost: priced.total, fixedCost: net('2'), energyCost: net('1.01') })).toEqual(['part-differs']);
  expect(codes({ cost: net('2.41', '2.89') })).toEqual(['net-is-gross']);
});
