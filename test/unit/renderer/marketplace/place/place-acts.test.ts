import { expect, test } from 'vitest';
import { judgeActs, type ActFacts } from '../../../../../src/renderer/marketplace/place/place-acts.ts';
import type { Evse } from '../../../../../src/shared/domain/marketplace/evse.ts';
import type { Reservation } from '../../../../../src/shared/domain/marketplace/reservation.ts';
import type { Session } from '../../../../../src/shared/domain/marketplace/session.ts';

const evse = {
  key: 'LOC-1/E1',
  label: 'E1',
  status: 'AVAILABLE',
  connectors: [{ id: '1', standard: 'IEC_62196_T2_COMBO', current: 'DC', maxPowerW: 150_000 }],
} as unknown as Evse;
const held = { reservationId: 'r', state: 'confirmed', vehicleId: 'V1', evseKey: evse.key } as Reservation;
const running = { id: 's', status: 'ACTIVE', vehicleId: 'V1', evseKey: evse.key, connectorId: '1', startAtMs: 5 };

const judge = (changes: Partial<ActFacts> = {}) =>
  judgeActs({
    vehicleId: 'V1',
    evse,
    connectorId: '1',
    expiresAtMs: 2000,
    nowMs: 1000,
    sessions: [],
    commands: [],
    reservations: [],
    ...changes,
  });

test('a free charge point may be reserved and started, and there is nothing to stop or cancel', () => {
  expect(judge()).toMatchObject({ start: undefined, reserve: undefined, unlock: undefined });
  expect(judge().stop).toBeDefined();
  expect(judge().cancel).toBeDefined();
});

test('without a vehicle or a charge point each says what to choose', () => {
  expect(judge({ vehicleId: undefined }).start).toContain('Choose a vehicle');
  expect(judge({ evse: undefined }).reserve).toContain('Choose a charge point');
});

test('a reservation of ours may be used and cancelled, and not made twice', () => {
  const acts = judge({ reservations: [held], evse: { ...evse, status: 'RESERVED' } });
  expect(acts).toMatchObject({ start: undefined, cancel: undefined, reservation: held });
  expect(acts.reserve).toContain('has a reservation already');
});

test('a running session may be stopped, and forbids another start and the unlocking of its connector', () => {
  const acts = judge({ sessions: [running as Session], evse: { ...evse, status: 'CHARGING' } });
  expect(acts).toMatchObject({ stop: undefined, session: { id: 's' } });
  expect(acts.start).toBeDefined();
  expect(acts.unlock).toContain('Stop it first');
});
