/**
 * The stream `tariffs`. A new log of the marketplace changes nothing here: versions are evidence, and what is told again with its
 * original `last_updated` is known already.
 */
import type { Clock } from '../../shared/kernel/instant.ts';
import { itemKind, type StreamDefinition } from '../marketplace-link/stream-definition.ts';
import { itemKinds } from '../marketplace-link/wire/v1/item-kinds.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';
import { putTariff, withdrawTariff } from './keep-tariff.ts';
import { readTariff } from './ocpi/read-tariff.ts';

export function tariffsStream(clock: Clock): StreamDefinition {
  return {
    name: 'tariffs',
    kinds: {
      'tariff.put': itemKind(itemKinds.tariffs['tariff.put'], (tx, wire) =>
        putTariff(tx, readTariff(wire), clock.nowMs()),
      ),
      'tariff.delete': itemKind(itemKinds.tariffs['tariff.delete'], (tx, wire) =>
        withdrawTariff(
          tx,
          { countryCode: wire.country_code, partyId: wire.party_id, id: wire.id },
          parseDateTimeMs(wire.last_updated),
          clock.nowMs(),
        ),
      ),
    },
  };
}
