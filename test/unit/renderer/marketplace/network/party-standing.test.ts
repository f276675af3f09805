import { expect, test } from 'vitest';
import type { Party, PartyStatus } from '../../../../../src/shared/domain/marketplace/party.ts';
import type { ChargePlace } from '../../../../../src/shared/domain/marketplace/place.ts';
import { partyStandings } from '../../../../../src/renderer/marketplace/network/party-standing.ts';

const party = (key: string, name: string, status: PartyStatus): Party => ({
  key,
  role: 'CPO',
  name,
  status,
  statusAtMs: 1,
});
const place = (of: string, statuses: ChargePlace['statuses']) => ({ party: of, statuses }) as ChargePlace;

test('those who cannot be asked come first, each with its places in whatever case they name it', () => {
  const standings = partyStandings(
    [party('DE*AAA', 'Alpha', 'CONNECTED'), party('DE*BBB', 'Beta', 'OFFLINE'), party('DE*CCC', 'Coming', 'PLANNED')],
    [
      place('de*aaa', { AVAILABLE: 2, CHARGING: 1 }),
      place('DE*AAA', { OUTOFORDER: 1 }),
      place('DE*BBB', { AVAILABLE: 4 }),
    ],
  );
  expect(standings.map(({ party: { name }, places, evses, free }) => [name, places, evses, free])).toEqual([
    ['Beta', 1, 4, 4],
    ['Alpha', 2, 4, 2],
    ['Coming', 0, 0, 0],
  ]);
});
