/** Who may hold a charge point, and who may give it up: the rules that preview in the window and decide in the store. */
import { describe, expect, test } from 'vitest';
import type { Evse } from '../../../../../src/shared/domain/marketplace/evse.ts';
import { mayCancelReservation, mayReserve } from '../../../../../src/shared/domain/marketplace/may-reserve.ts';
import type { Reservation, ReservationState } from '../../../../../src/shared/domain/marketplace/reservation.ts';
import {
  mayStartSession,
  mayUnlock,
  type SessionCommand,
} from '../../../../../src/shared/domain/marketplace/session-command.ts';
import { powerW } from '../../../../../src/shared/kernel/quantity.ts';

const evse: Evse = {
  key: 'L1/E1',
  uid: 'E1',
  evseId: undefined,
  label: 'Bay 1',
  locationId: 'L1',
  locationName: 'Yard',
  operatorName: 'Op',
  timeZone: 'Europe/Berlin',
  latitude: 52,
  longitude: 13,
  status: 'AVAILABLE',
  statusAtMs: 0,
  connectors: [{ id: '1', standard: 'X', current: 'DC', maxPowerW: powerW(1), maxPowerStated: true }],
};
const held = (vehicleId: string, evseKey: string, state: ReservationState = 'confirmed'): Reservation => ({
  reservationId: 'r',
  state,
  reason: undefined,
  vehicleId,
  evseKey,
  expiresAtMs: 10_000,
  operator: 'A',
  requestedAtMs: 0,
  changedAtMs: 0,
});
const open = (kind: SessionCommand['kind'], change: Partial<SessionCommand> = {}): SessionCommand => ({
  commandId: 'c',
  kind,
  state: 'sent',
  reason: undefined,
  operator: 'A',
  vehicleId: 'V9',
  evseKey: 'l1/e1',
  sessionId: undefined,
  issuedAtMs: 0,
  changedAtMs: 0,
  setAsideAtMs: undefined,
  ...change,
});
const codeOf = (result: { readonly ok: boolean; readonly code?: string }): string =>
  result.ok ? 'allowed' : (result.code ?? '');

describe('reserving', () => {
  const base = {
    vehicleId: 'V1',
    vehicleKnown: true,
    evse,
    expiresAtMs: 5000,
    nowMs: 1000,
    reservations: [],
    openCommands: [],
  };
  test.for<[string, Partial<Parameters<typeof mayReserve>[0]>]>([
    ['allowed', {}],
    ['vehicle-unknown', { vehicleKnown: false }],
    ['evse-unknown', { evse: undefined }],
    ['evse-unknown', { evse: { ...evse, status: 'REMOVED' } }],
    ['evse-not-available', { evse: { ...evse, status: 'CHARGING' } }],
    ['evse-not-reservable', { evse: { ...evse, capabilities: ['UNLOCK_CAPABLE'] } }],
    ['allowed', { evse: { ...evse, capabilities: [] } }],
    ['reservation-time', { expiresAtMs: 1000 }],
    ['reservation-time', { expiresAtMs: 1001 + 24 * 3_600_000 }],
    ['vehicle-has-reservation', { reservations: [held('v1', 'L9/E9')] }],
    ['vehicle-has-reservation', { reservations: [held('V2', 'l1/e1', 'unknown')] }],
    ['allowed', { reservations: [held('V1', 'L1/E1', 'expired')] }],
    ['reserve-already-open', { openCommands: [open('START_SESSION')] }],
    ['allowed', { openCommands: [open('UNLOCK_CONNECTOR')] }],
  ])('%s', ([code, change]) => expect(codeOf(mayReserve({ ...base, ...change }))).toBe(code));
});

describe('giving up', () => {
  test.for<[string, Partial<Parameters<typeof mayCancelReservation>[0]>]>([
    ['allowed', { reservation: held('V1', 'L1/E1') }],
    ['allowed', { reservation: held('V1', 'L1/E1', 'unknown') }],
    ['reservation-unknown', { reservation: undefined }],
    ['reservation-over', { reservation: held('V1', 'L1/E1', 'used') }],
    ['reservation-not-confirmed', { reservation: held('V1', 'L1/E1', 'requested') }],
    [
      'cancel-already-open',
      { reservation: held('V1', 'L1/E1'), openCommands: [open('CANCEL_RESERVATION', { reservationId: 'R' })] },
    ],
  ])('%s', ([code, change]) =>
    expect(codeOf(mayCancelReservation({ reservation: undefined, openCommands: [], ...change }))).toBe(code),
  );
});

describe('starting where somebody reserved', () => {
  const base = { vehicleId: 'V1', vehicleKnown: true, connectorId: '1', activeSessions: [], openCommands: [] };
  const reserved: Evse = { ...evse, status: 'RESERVED' };
  test.for<[string, Evse, readonly Reservation[]]>([
    ['evse-reserved', reserved, []],
    ['evse-reserved', reserved, [held('V2', 'L1/E1')]],
    ['evse-reserved', evse, [held('V2', 'l1/e1', 'requested')]],
    ['evse-reserved', reserved, [held('V1', 'L1/E1', 'expired')]],
    ['allowed', reserved, [held('v1', 'l1/e1')]],
    ['allowed', evse, [held('V2', 'L1/E2')]],
  ])('%s', ([code, at, reservations]) =>
    expect(codeOf(mayStartSession({ ...base, evse: at, reservations }))).toBe(code),
  );
  test('the start names the reservation it makes use of', () =>
    expect(mayStartSession({ ...base, evse: reserved, reservations: [held('V1', 'L1/E1')] })).toMatchObject({
      value: { reservation: { reservationId: 'r' } },
    }));
});

describe('unlocking', () => {
  const base = { evse, connectorId: '1', activeSessions: [], openCommands: [] };
  test.for<[string, Partial<Parameters<typeof mayUnlock>[0]>]>([
    ['allowed', {}],
    ['evse-unknown', { evse: undefined }],
    ['connector-unknown', { connectorId: '7' }],
    ['unlock-not-supported', { evse: { ...evse, capabilities: ['RESERVABLE'] } }],
    ['allowed', { evse: { ...evse, capabilities: ['unlock_capable'] } }],
    ['unlock-already-open', { openCommands: [open('UNLOCK_CONNECTOR')] }],
  ])('%s', ([code, change]) => expect(codeOf(mayUnlock({ ...base, ...change }))).toBe(code));
});
