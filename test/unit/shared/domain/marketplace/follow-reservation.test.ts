/** A reservation by what is heard of it: no state claims more, and what is over stays over. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  followReservation,
  type ReservationEvent,
} from '../../../../../src/shared/domain/marketplace/follow-reservation.ts';
import { mayBeHeld, type Reservation } from '../../../../../src/shared/domain/marketplace/reservation.ts';
import type { Session } from '../../../../../src/shared/domain/marketplace/session.ts';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';

const requested: Reservation = {
  reservationId: 'r',
  state: 'requested',
  reason: undefined,
  vehicleId: 'V1',
  evseKey: 'L1/E1',
  expiresAtMs: 3_600_000,
  operator: 'A',
  requestedAtMs: 0,
  changedAtMs: 0,
};
const session = (change: Partial<Session> = {}): ReservationEvent => ({
  type: 'session',
  session: {
    id: 'S1',
    status: 'ACTIVE',
    startAtMs: 60_000,
    endAtMs: undefined,
    energyWh: energyWh(0),
    evseKey: 'l1/e1',
    connectorId: '1',
    vehicleId: 'v1',
    authorizationReference: undefined,
    totalCost: undefined,
    currency: 'EUR',
    updatedAtMs: 60_000,
    ...change,
  },
});
const reserve = (state: 'accepted' | 'done' | 'refused' | 'unknown' | 'expired'): ReservationEvent => ({
  type: 'reserve-outcome',
  state,
  reason: state === 'done' ? undefined : `said ${state}`,
});
const cancel = (state: 'queued' | 'done' | 'refused' | 'unknown', wasConfirmed = true): ReservationEvent => ({
  type: 'cancel-outcome',
  state,
  reason: undefined,
  wasConfirmed,
});
const leaves = (now: 'AVAILABLE' | 'CHARGING' | 'UNKNOWN' | 'OUTOFORDER', atMs = 1000): ReservationEvent => ({
  type: 'evse-status',
  before: 'RESERVED',
  now,
  atMs,
  label: 'Bay 1',
});
const time = (nowMs: number): ReservationEvent => ({ type: 'time', nowMs });
const after = (...events: readonly ReservationEvent[]): string => events.reduce(followReservation, requested).state;

describe('a reservation', () => {
  test.for<[string, readonly ReservationEvent[], string]>([
    ['confirmed by its command', [reserve('done')], 'confirmed'],
    ['never was, when it never left the console', [reserve('expired')], 'refused'],
    ['unknown, and then known after all', [reserve('unknown'), reserve('done')], 'confirmed'],
    ['used by its vehicle in any spelling', [reserve('done'), session()], 'used'],
    ['used although its answer was lost', [reserve('unknown'), session()], 'used'],
    ['not used by a session that was only planned', [reserve('done'), session({ status: 'PENDING' })], 'confirmed'],
    ['not used by a session from before', [reserve('done'), session({ startAtMs: -3_600_000 })], 'confirmed'],
    ['not used at another charge point', [reserve('done'), session({ evseKey: 'L1/E2' })], 'confirmed'],
    ['lost to another vehicle', [reserve('done'), session({ vehicleId: 'V2' })], 'cancelled'],
    ['not judged by a vehicle nobody named', [reserve('done'), session({ vehicleId: undefined })], 'confirmed'],
    ['given up by the operator', [reserve('done'), leaves('AVAILABLE')], 'cancelled'],
    ['over, when it becomes free as its time ends', [reserve('done'), leaves('AVAILABLE', 3_599_000)], 'expired'],
    ['kept while somebody charges', [reserve('done'), leaves('CHARGING')], 'confirmed'],
    ['kept while the charge point is offline', [reserve('done'), leaves('UNKNOWN')], 'confirmed'],
    ['gone with a broken charge point', [reserve('done'), leaves('OUTOFORDER')], 'cancelled'],
    ['not judged before it was confirmed', [leaves('AVAILABLE')], 'requested'],
    ['expired by the clock', [reserve('done'), time(3_600_000)], 'expired'],
    ['used, when the news of it came late', [reserve('done'), time(3_600_000), session()], 'used'],
    ['expired, whatever its command says later', [time(3_600_000), reserve('done')], 'expired'],
    ['being cancelled', [reserve('done'), cancel('queued')], 'cancelling'],
    ['cancelled', [reserve('done'), cancel('queued'), cancel('done')], 'cancelled'],
    ['still held, when that was refused', [reserve('done'), cancel('queued'), cancel('refused')], 'confirmed'],
    ['still unknown, when it was never confirmed', [reserve('unknown'), cancel('refused', false)], 'unknown'],
    ['unknown, when that answer was lost', [reserve('done'), cancel('queued'), cancel('unknown')], 'unknown'],
    ['gone, when the operator says so', [reserve('done'), { type: 'gone', reason: 'It is gone.' }], 'cancelled'],
  ])('is %s', ([, events, state]) => expect(after(...events)).toBe(state));

  test('whatever is heard in whatever order: what is over stays over, but for a late word of its use', () => {
    const event = fc.constantFrom<ReservationEvent>(
      reserve('accepted'),
      reserve('done'),
      reserve('refused'),
      reserve('unknown'),
      cancel('queued'),
      cancel('done'),
      cancel('refused'),
      cancel('unknown'),
      session(),
      session({ vehicleId: 'V2' }),
      leaves('AVAILABLE'),
      leaves('CHARGING'),
      time(1),
      time(3_600_000),
      { type: 'gone', reason: 'It is gone.' },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let now = requested;
        for (const each of events) {
          const next = followReservation(now, each);
          const stays = mayBeHeld(now) || next.state === now.state;
          expect(stays || `${now.state} ${next.state}` === 'expired used').toBe(true);
          expect(followReservation(next, each)).toEqual(next);
          now = next;
        }
      }),
    );
  });
});
