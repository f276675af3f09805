/**
 * Parties of the hub (OCPI 2.2.1, 14 HubClientInfo) as they are told in the stream `network`: that a CPO is away is why a place cannot
 * be reserved, and a dispatcher should see it before trying.
 */
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';
import type { WireParty } from '../../marketplace-link/wire/v1/ocpi/hub-client-info.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';
import { putParty, readParties, readParty } from './party-table.ts';

export type Parties = { readonly takeParty: (tx: Transaction, wire: WireParty) => void };

export function startParties(parts: { readonly store: Store; readonly feeds: Pick<FeedHub, 'open'> }): Parties {
  const topic = parts.feeds.open('marketplace/parties', { load: () => readParties(parts.store) });
  return {
    takeParty: (tx, wire) => {
      const told = readWireParty(wire);
      putParty(tx, told);
      const stored = readParty(tx, told.key) ?? told;
      tx.afterCommit(() => topic.upsert([stored]));
    },
  };
}

function readWireParty(wire: WireParty): Party {
  return {
    key: `${wire.country_code}*${wire.party_id}`.toUpperCase(),
    role: wire.role,
    name: wire.name,
    status: wire.status,
    statusAtMs: parseDateTimeMs(wire.last_updated),
  };
}
