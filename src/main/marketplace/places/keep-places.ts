/**
 * Every place as the search shows it, in memory: built when it is first asked for, then only what a commit touched is read again. Places
 * are whole or absent, so a list is never half of one state and half of another.
 */
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import type { Topic } from '../../feed/feed-hub.ts';
import { readPlace, readPlaces } from './place-parts.ts';

export type Places = {
  readonly all: () => ReadonlyMap<string, ChargePlace>;
  /** In any spelling. */
  readonly of: (locationId: string) => ChargePlace | undefined;
  /** Something of this location changed in this transaction. */
  readonly touch: (tx: Transaction, locationId: string) => void;
  /** Which of them are the fleet's own may have changed. */
  readonly depotsChanged: () => void;
};

/** @param topic as a function, since the feed that loads from here is opened with it */
export function keepPlaces(store: Store, topic: () => Topic<ChargePlace>): Places {
  let places: Map<string, ChargePlace> | undefined;
  let touched: Set<string> | undefined;

  function all(): Map<string, ChargePlace> {
    places ??= new Map(readPlaces(store).map((place) => [place.locationId.toLowerCase(), place]));
    return places;
  }

  function readAgain(known: Map<string, ChargePlace>, keys: Iterable<string>): void {
    const upserted: ChargePlace[] = [];
    const removed: string[] = [];
    for (const key of keys) {
      const place = readPlace(store, key);
      const before = known.get(key);
      if (place !== undefined) {
        known.set(key, place);
        upserted.push(place);
      } else if (before !== undefined) {
        known.delete(key);
        removed.push(before.locationId);
      }
    }
    topic().upsert(upserted);
    topic().remove(removed);
  }

  return {
    all,
    of: (locationId) => all().get(locationId.toLowerCase()),
    touch: (tx, locationId) => {
      if (touched === undefined) {
        // A page may touch one location many times: it is read once, when the whole page is committed.
        const gathered = new Set<string>();
        touched = gathered;
        tx.afterRollback(() => {
          touched = undefined;
        });
        tx.afterCommit(() => {
          touched = undefined;
          if (places !== undefined) readAgain(places, gathered);
        });
      }
      touched.add(locationId.toLowerCase());
    },
    depotsChanged: () => {
      if (places === undefined) return;
      const before = places;
      places = undefined;
      topic().upsert(
        [...all().values()].filter(
          ({ locationId, isDepot }) => before.get(locationId.toLowerCase())?.isDepot !== isDepot,
        ),
      );
    },
  };
}
