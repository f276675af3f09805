/**
 * The stream `network`: parties, locations and charge points into their tables. A PUT replaces; what vanishes becomes a tombstone,
 * although the standard says that it never vanishes.
 */
import { refuse } from '../../../shared/kernel/result.ts';
import type { Evse, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import type { Transaction } from '../../database/sqlite.ts';
import { itemKind, type ApplyAnswer, type StreamDefinition } from '../../marketplace-link/stream-definition.ts';
import { itemKinds, type ItemBody } from '../../marketplace-link/wire/v1/item-kinds.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';
import type { MarketplaceTopics } from '../marketplace-topics.ts';
import { readEvse } from '../ocpi/read-evse.ts';
import { readWireLocation } from '../ocpi/read-location.ts';
import type { Parties } from '../parties/start-parties.ts';
import {
  deleteEvses,
  evseKey,
  putEvse,
  putEvseStatus,
  readEvseByKey,
  readEvsesOfLocation,
  readStatus,
  removeEvsesMissingFrom,
} from './evse-table.ts';
import { deleteLocations, putLocation, spellLocationId } from './location-table.ts';

export type NetworkListeners = {
  /** Something of this location is no longer as it was. */
  readonly locationChanged: (tx: Transaction, locationId: string) => void;
  readonly evseChanged: (tx: Transaction, before: EvseStatus, evse: Evse) => void;
};

export function networkStream(
  topics: Pick<MarketplaceTopics, 'evses'>,
  parties: Parties,
  tell: NetworkListeners,
): StreamDefinition {
  /** @param before its status until now; undefined when it was not known */
  function publishEvse(tx: Transaction, key: string, before: EvseStatus | undefined): void {
    const evse = readEvseByKey(tx, key);
    if (evse === undefined) return;
    tx.afterCommit(() => topics.evses.upsert([evse]));
    tell.locationChanged(tx, evse.locationId);
    if (before !== undefined) tell.evseChanged(tx, before, evse);
  }

  function takeLocation(tx: Transaction, location: ItemBody<'network', 'location.put'>): ApplyAnswer {
    const known = readEvsesOfLocation(tx, location.id);
    putLocation(tx, readWireLocation(location));
    const locationId = spellLocationId(tx, location.id);
    if (location.evses !== undefined) {
      for (const evse of location.evses) putEvse(tx, locationId, readEvse(evse));
      const present = location.evses.map((evse) => evseKey(locationId, evse.uid));
      removeEvsesMissingFrom(tx, locationId, present, parseDateTimeMs(location.last_updated));
    }
    // Name and place come from the location, so all its charge points may look different now.
    const evses = readEvsesOfLocation(tx, locationId);
    tx.afterCommit(() => topics.evses.upsert(evses));
    tell.locationChanged(tx, locationId);
    const before = new Map(known.map(({ key, status }) => [key, status]));
    for (const evse of evses) tell.evseChanged(tx, before.get(evse.key) ?? evse.status, evse);
  }

  function takeEvse(tx: Transaction, body: ItemBody<'network', 'evse.put'>): ApplyAnswer {
    const locationId = spellLocationId(tx, body.location_id);
    const before = readStatus(tx, evseKey(locationId, body.evse.uid));
    publishEvse(tx, putEvse(tx, locationId, readEvse(body.evse)), before);
  }

  function takeStatus(tx: Transaction, body: ItemBody<'network', 'evse.status'>): ApplyAnswer {
    const key = evseKey(spellLocationId(tx, body.location_id), body.evse_uid);
    const before = readStatus(tx, key);
    if (!putEvseStatus(tx, key, body.status, parseDateTimeMs(body.last_updated)))
      return refuse('evse-unknown', 'This is the status of a charge point that was never announced.');
    publishEvse(tx, key, before);
  }

  return {
    name: 'network',
    kinds: {
      'location.put': itemKind(itemKinds.network['location.put'], takeLocation),
      'evse.put': itemKind(itemKinds.network['evse.put'], takeEvse),
      'evse.status': itemKind(itemKinds.network['evse.status'], takeStatus),
      'party.put': itemKind(itemKinds.network['party.put'], parties.takeParty),
    },
    restart: (tx) => {
      const keys = deleteEvses(tx);
      const locationIds = deleteLocations(tx);
      for (const locationId of locationIds) tell.locationChanged(tx, locationId);
      tx.afterCommit(() => topics.evses.remove(keys));
    },
  };
}
