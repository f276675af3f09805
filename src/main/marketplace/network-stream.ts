/**
 * The stream `network`: locations and charge points into their tables. A PUT replaces; what vanishes becomes a tombstone,
 * although the standard says that it never vanishes.
 */
import { refuse } from '../../shared/kernel/result.ts';
import type { Transaction } from '../database/sqlite.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { itemKinds, type ItemBody } from '../marketplace-link/wire/v1/item-kinds.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';
import {
  deleteEvses,
  evseKey,
  putEvse,
  putEvseStatus,
  readEvseByKey,
  readEvsesOfLocation,
  removeEvsesMissingFrom,
} from './evse-table.ts';
import { deleteLocations, putLocation, spellLocationId } from './location-table.ts';
import type { MarketplaceTopics } from './marketplace-topics.ts';
import { readEvse } from './ocpi/read-evse.ts';

export function networkStream(topics: Pick<MarketplaceTopics, 'evses'>): StreamDefinition {
  function publishEvse(tx: Transaction, key: string): void {
    const evse = readEvseByKey(tx, key);
    if (evse !== undefined) tx.afterCommit(() => topics.evses.upsert([evse]));
  }

  function takeLocation(tx: Transaction, location: ItemBody<'network', 'location.put'>): ApplyAnswer {
    putLocation(tx, location);
    const locationId = spellLocationId(tx, location.id);
    if (location.evses !== undefined) {
      for (const evse of location.evses) putEvse(tx, locationId, readEvse(evse));
      const present = location.evses.map((evse) => evseKey(locationId, evse.uid));
      removeEvsesMissingFrom(tx, locationId, present, parseDateTimeMs(location.last_updated));
    }
    // Name and place come from the location, so all its charge points may look different now.
    const evses = readEvsesOfLocation(tx, locationId);
    tx.afterCommit(() => topics.evses.upsert(evses));
  }

  function takeEvse(tx: Transaction, body: ItemBody<'network', 'evse.put'>): ApplyAnswer {
    publishEvse(tx, putEvse(tx, spellLocationId(tx, body.location_id), readEvse(body.evse)));
  }

  function takeStatus(tx: Transaction, body: ItemBody<'network', 'evse.status'>): ApplyAnswer {
    const key = evseKey(spellLocationId(tx, body.location_id), body.evse_uid);
    if (!putEvseStatus(tx, key, body.status, parseDateTimeMs(body.last_updated)))
      return refuse('evse-unknown', 'This is the status of a charge point that was never announced.');
    publishEvse(tx, key);
  }

  return {
    name: 'network',
    kinds: {
      'location.put': itemKind(itemKinds.network['location.put'], takeLocation),
      'evse.put': itemKind(itemKinds.network['evse.put'], takeEvse),
      'evse.status': itemKind(itemKinds.network['evse.status'], takeStatus),
    },
    restart: (tx) => {
      const keys = deleteEvses(tx);
      deleteLocations(tx);
      tx.afterCommit(() => topics.evses.remove(keys));
    },
  };
}
