/** Every fault of a stored item or page. */
import { expect, test } from 'vitest';
import { listFaults } from '../../../../../src/main/marketplace-link/check/list-faults.ts';
import { sampleVehicle } from '../../../../support/wire-samples.ts';

const { id: _id, model: _model, ...torso } = sampleVehicle('V1');
const spoiled = { ...torso, registration: '', max_ac_kw: null, max_dc_kw: -1 };
const raw = (body: unknown, change: object = {}) =>
  JSON.stringify({ offset: 1, at: '2026-06-09T04:10:00Z', kind: 'vehicle.put', body, ...change });

test('the list has every fault, of the item or of its body', () => {
  expect(listFaults('fleet', raw(spoiled)).map((fault) => /^“(\w+)”/u.exec(fault)?.[1])).toEqual([
    'id',
    'registration',
    'model',
    'max_ac_kw',
    'max_dc_kw',
  ]);
  expect(listFaults('fleet', raw({}, { at: 'now' }))).toEqual([expect.stringContaining('“at”')]);
  expect(listFaults('network', JSON.stringify({ stream: 'network', items: [], head: -1 }))).toHaveLength(2);
});

test('what fits, is unknown or was cut lists nothing', () => {
  expect(listFaults('fleet', raw(sampleVehicle('V1')))).toEqual([]);
  expect(listFaults('fleet', raw({}, { kind: '__proto__' }))).toEqual([]);
  expect(listFaults('constructor', raw({}))).toEqual([]);
  expect(listFaults('fleet', raw(spoiled).slice(0, -1))).toEqual([]);
});
