/** Faults in words: the first three, and how many more there are. */
import { expect, test } from 'vitest';
import { sayIssues } from '../../../../src/main/marketplace-link/say-issues.ts';
import { vehicle } from '../../../../src/main/marketplace-link/wire/v1/fleet-objects.ts';
import { sampleVehicle } from '../../../support/wire-samples.ts';

const say = (value: unknown): string => {
  const read = vehicle.safeParse(value);
  return read.success ? '' : sayIssues(read.error);
};

test('each names where it is', () => {
  const { id: _id, model: _model, ...torso } = sampleVehicle('V1');
  expect(say({ ...torso, registration: '' })).toMatch(/^“id”: .+\. “registration”: .+\. “model”: .+[^0-9]\.$/u);
  expect(say({ ...torso, registration: '', max_ac_kw: null, max_dc_kw: -1 })).toMatch(/“model”: .+\. And 2 more\.$/u);
  expect(say(7)).toMatch(/^Invalid input: .+\.$/u);
});
