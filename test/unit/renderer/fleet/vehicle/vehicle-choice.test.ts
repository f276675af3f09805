import { expect, test } from 'vitest';
import { findVehicles } from '../../../../../src/renderer/fleet/vehicle/vehicle-choice.tsx';
import type { Vehicle } from '../../../../../src/shared/domain/fleet/vehicle.ts';

const vehicle = (id: string, registration: string) => ({ id, registration, model: 'eVan', depotId: 'd' }) as Vehicle;
const vehicles = [vehicle('a', 'B-SW 10'), vehicle('b', 'B-SW 9'), vehicle('c', 'KA-01 E 2217')];
const charge = new Map([
  ['a', 80],
  ['c', 12],
]);
const find = (typed: string) => findVehicles(vehicles, typed, ({ id }) => charge.get(id)).map(({ id }) => id);

test('before anything is typed the least charge comes first, and the unknown last', () => {
  expect(find('')).toEqual(['c', 'a', 'b']);
});

test('registrations are found with and without their blanks, in people’s order', () => {
  expect(find('b-sw')).toEqual(['b', 'a']);
  expect(find('ka01e')).toEqual(['c']);
});
