/** Which operators of the demo are away from the hub, and when: a function of the time alone. */
const CYCLE_MS = 3 * 3_600_000;
const AWAY_MS = 18 * 60_000;
/** Its line fails for a while in every three hours. */
const UNSTEADY = 'LPG';
const FAILS_AFTER_MS = 75 * 60_000;

export function awayParty(partyId: string, atMs: number): boolean {
  const inCycleMs = atMs % CYCLE_MS;
  return partyId === UNSTEADY && inCycleMs >= FAILS_AFTER_MS && inCycleMs < FAILS_AFTER_MS + AWAY_MS;
}
