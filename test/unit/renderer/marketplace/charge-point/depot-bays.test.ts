import { expect, test } from 'vitest';
import { baysByDepot, countRunning } from '../../../../../src/renderer/marketplace/charge-point/depot-bays.ts';
import type { Depot } from '../../../../../src/shared/domain/fleet/vehicle.ts';
import type { Evse } from '../../../../../src/shared/domain/marketplace/evse.ts';
import type { Session } from '../../../../../src/shared/domain/marketplace/session.ts';

const depot = { id: 'blr', locationIds: ['LOC-1'] } as unknown as Depot;
const bay = (label: string, status: Evse['status'], locationId = 'loc-1') =>
  ({ key: `${locationId}/${label}`, label, status, locationId, statusAtMs: 5 }) as Evse;

test('bays stand in the order of their numbers; ids are compared without case; removed ones are gone', () => {
  const bays = baysByDepot(
    [depot],
    [bay('Bay 10', 'CHARGING'), bay('Bay 9', 'AVAILABLE'), bay('Bay 1', 'REMOVED'), bay('x', 'AVAILABLE', 'public')],
  );
  expect(bays.get('blr')?.bays.map(({ label }) => label)).toEqual(['Bay 9', 'Bay 10']);
  expect(bays.get('blr')?.counts).toEqual([
    { status: 'AVAILABLE', count: 1 },
    { status: 'CHARGING', count: 1 },
  ]);
});

test('sessions are counted by whose charge points they use, ended ones not at all', () => {
  const session = (evseKey: string, status: Session['status']) => ({ evseKey, status, updatedAtMs: 7 }) as Session;
  const sessions = [session('LOC-1/a', 'ACTIVE'), session('public/b', 'PENDING'), session('LOC-1/c', 'COMPLETED')];
  expect(countRunning(sessions, new Map(), [depot])).toEqual({ own: 1, elsewhere: 1, newestAtMs: 7 });
});
