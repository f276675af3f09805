/** The answers to a window that looks for a place to charge. */
import { choiceAt } from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import { explainPrice } from '../../../shared/domain/tariff/explain-price.ts';
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';
import type { AnswerRegistry } from '../../../shared/ipc/answer-registry.ts';
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import { energyWh } from '../../../shared/kernel/quantity.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readEvsesOfLocation } from '../network/evse-table.ts';
import { readParties } from '../parties/party-table.ts';
import { assessPlaces } from './assess-places.ts';
import type { Places } from './keep-places.ts';
import { openChoicePrices } from './price-choices.ts';
import { readNeed, unknownNeed } from './read-need.ts';

export function answerPlaces(
  answers: Pick<AnswerRegistry, 'query'>,
  { store, clock, places }: { readonly store: ReadableStore; readonly clock: Clock; readonly places: Places },
): void {
  const pricesUnder = openChoicePrices(store);

  answers.query('marketplace/assess-places', async (input) => {
    const nowMs = clock.nowMs();
    const asked = { ...input, atMs: input.atMs ?? nowMs };
    const read = readNeed(store, asked);
    if (read === undefined) return { need: unknownNeed(asked), places: [] };
    const { priceOf } = pricesUnder(read.contract, nowMs);
    const all = Array.from(places.all().values(), (place) => onlyWanted(place, input));
    return { need: read.told, places: await assessPlaces(all, read.need, priceOf, readParties(store)) };
  });

  answers.query('marketplace/preview-price', (input) => {
    const nowMs = clock.nowMs();
    const place = places.of(input.locationId);
    const group = place?.groups.find(({ key }) => key === input.groupKey);
    const read = readNeed(store, { ...input, atMs: input.atMs ?? nowMs });
    if (place === undefined || group === undefined || read === undefined)
      return {
        refused: { code: 'choice-gone', message: 'This choice is no longer there. Choose again from the list.' },
      };
    const choice = choiceAt(place, group, read.need, energyWh(input.energyWh));
    const explained = pricesUnder(read.contract, nowMs).explain(choice);
    if (!explained.ok) return { refused: { code: explained.code, message: explained.message } };
    const { priced, sentences } = explained.value;
    return { priced, sentences: [...sentences, ...explainPrice(priced)] };
  });

  answers.query('marketplace/place-evses', ({ locationId }) => readEvsesOfLocation(store, locationId));
}

type Wanted = Pick<QueryInput<'marketplace/assess-places'>, 'current' | 'leastPowerW' | 'standard'>;

/** The place as far as its connectors are of the kind that is looked for. */
function onlyWanted(place: ChargePlace, { current, leastPowerW = 0, standard }: Wanted): ChargePlace {
  const groups = place.groups.filter(
    (group) =>
      (current === undefined || group.current === current) &&
      (standard === undefined || group.standard === standard) &&
      group.maxPowerW >= leastPowerW,
  );
  return groups.length === place.groups.length ? place : { ...place, groups };
}
