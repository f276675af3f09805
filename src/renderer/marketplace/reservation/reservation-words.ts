/** What is known of a reservation, in a sentence that never claims more (see `reservation.ts` for the states). */
import type { Reservation } from '../../../shared/domain/marketplace/reservation.ts';
import { assertNever } from '../../../shared/kernel/assert.ts';

export type ReservationLook = {
  readonly word: string;
  readonly sentence: string;
  readonly shape: 'waiting' | 'done' | 'failed' | 'unknown';
};

export function describeReservation({ state, reason }: Pick<Reservation, 'state' | 'reason'>): ReservationLook {
  const because = reason ?? '';
  switch (state) {
    case 'requested':
      return { word: 'requested', shape: 'waiting', sentence: 'Asked for; the charge point has not answered yet.' };
    case 'confirmed':
      return { word: 'held', shape: 'done', sentence: because || 'The charge point holds itself for the vehicle.' };
    case 'cancelling':
      return {
        word: 'being cancelled',
        shape: 'waiting',
        sentence: 'Its cancellation is under way; until then it is held.',
      };
    case 'cancelled':
      return { word: 'cancelled', shape: 'failed', sentence: because || 'It is given up.' };
    case 'used':
      return { word: 'used', shape: 'done', sentence: 'The vehicle’s session began there.' };
    case 'expired':
      return { word: 'expired', shape: 'failed', sentence: because || 'Its time is over, and no session began there.' };
    case 'refused':
      return { word: 'refused', shape: 'failed', sentence: because || 'The charge point refused and gave no reason.' };
    case 'unknown':
      return {
        word: 'not known',
        shape: 'unknown',
        sentence: `It may or may not be held. ${because || 'The answer was lost.'}`,
      };
    default:
      return assertNever(state);
  }
}
