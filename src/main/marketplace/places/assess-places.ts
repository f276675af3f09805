/**
 * Every place for one vehicle. Prices that rest on the same facts are computed once and kept; the rest is arithmetic. The event loop
 * is let go in between, so that telemetry and commands do not wait for a search.
 */
import type { ChargePlace, PlaceAssessment } from '../../../shared/domain/marketplace/place.ts';
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import {
  assessPlace,
  type ChargeNeed,
  type Choice,
  type ChoicePrice,
} from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';

/** Long enough to get on, short enough that nobody waits noticeably. */
const SLICE_MS = 10;
const LOOK_AT_CLOCK_EVERY = 16;

export async function assessPlaces(
  places: readonly ChargePlace[],
  need: ChargeNeed,
  priceOf: (choice: Choice) => ChoicePrice,
  parties: readonly Party[],
): Promise<PlaceAssessment[]> {
  const partyOf = new Map(parties.map((party) => [party.key.toUpperCase(), party]));
  const assessed: PlaceAssessment[] = [];
  let sliceEndsMs = performance.now() + SLICE_MS;
  for (const [index, place] of places.entries()) {
    assessed.push(assessPlace(place, need, priceOf, sayAway(place, partyOf.get(place.party.toUpperCase()))));
    if (index % LOOK_AT_CLOCK_EVERY !== 0 || performance.now() < sliceEndsMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    sliceEndsMs = performance.now() + SLICE_MS;
  }
  return assessed;
}

/** Why starts and reservations would not arrive there; undefined while its party answers, or nothing is known of it. */
export function sayAway(place: Pick<ChargePlace, 'timeZone'>, party: Party | undefined): string | undefined {
  if (party === undefined || party.status === 'CONNECTED') return undefined;
  const state = { OFFLINE: 'offline', PLANNED: 'not connected yet', SUSPENDED: 'suspended' }[party.status];
  const since = sayInstant(party.statusAtMs, place.timeZone);
  return `${party.name} (${party.key}) is ${state} since ${since}: starts and reservations do not arrive there, and its charge points’ states are old.`;
}

function sayInstant(atMs: number, timeZone: string): string {
  const offsetMs = openLocalTime(timeZone)?.offsetMs(atMs);
  const shown = new Date(atMs + (offsetMs ?? 0)).toISOString();
  return `${shown.slice(0, 10)} ${shown.slice(11, 16)}${offsetMs === undefined ? ' UTC' : ''}`;
}
