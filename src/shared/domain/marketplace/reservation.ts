/**
 * A charge point held for a vehicle (OCPI 2.2.1, 13.3.3 ReserveNow). Known from our own commands, from the EVSE and from the session that
 * uses it; a state never claims more than was heard.
 *
 *   requested   the command is under way
 *   confirmed   the charge point said yes; it holds until `expiresAtMs`
 *   cancelling  a cancellation is under way
 *   cancelled   by us, or by the CPO (`reason` says which)
 *   used        the vehicle's session began there
 *   expired     its time is over and no session began
 *   refused     it never was
 *   unknown     it may or may not be held: the answer was lost
 */
import type { EpochMs } from '../../kernel/instant.ts';

export type ReservationState =
  | 'requested'
  | 'confirmed'
  | 'cancelling'
  | 'cancelled'
  | 'used'
  | 'expired'
  | 'refused'
  | 'unknown';

export type Reservation = {
  /** The id of the command that asked for it. */
  readonly reservationId: string;
  readonly state: ReservationState;
  readonly reason: string | undefined;
  readonly vehicleId: string;
  readonly evseKey: string;
  readonly expiresAtMs: EpochMs;
  readonly operator: string;
  readonly requestedAtMs: EpochMs;
  readonly changedAtMs: EpochMs;
};

/** May the charge point be kept for its vehicle? Unknown counts: it may be. */
export function mayBeHeld({ state }: Pick<Reservation, 'state'>): boolean {
  return state === 'requested' || state === 'confirmed' || state === 'cancelling' || state === 'unknown';
}
