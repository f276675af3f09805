import { expect, test } from 'vitest';
import { connectorOf, evseMeant, evsesOfKind } from '../../../../../src/renderer/marketplace/place/choose-evse.ts';
import type { Evse } from '../../../../../src/shared/domain/marketplace/evse.ts';
import { madeGroup } from '../../../../support/made-place.ts';

const connector = { id: '2', standard: madeGroup.standard, current: 'DC', maxPowerW: madeGroup.maxPowerW };
const evse = (label: string, status: Evse['status'], connectors: readonly object[] = [connector]) =>
  ({ key: `LOC-1/${label}`, label, status, connectors }) as Evse;

test('only charge points that have the kind, as people count them, without those that are gone', () => {
  const all = [evse('10', 'AVAILABLE'), evse('9', 'CHARGING'), evse('1', 'REMOVED'), evse('2', 'AVAILABLE', [])];
  expect(evsesOfKind(all, madeGroup).map(({ label }) => label)).toEqual(['9', '10']);
  expect(connectorOf(evse('9', 'CHARGING'), madeGroup)?.id).toBe('2');
});

test('the one that was chosen or is held, else the first that is free', () => {
  const all = [evse('1', 'CHARGING'), evse('2', 'AVAILABLE'), evse('3', 'RESERVED')];
  expect(evseMeant(all, [undefined, 'LOC-1/3'])?.label).toBe('3');
  expect(evseMeant(all, ['LOC-9/1'])?.label).toBe('2');
  expect(evseMeant([], [])).toBeUndefined();
});
