/** What makes two tariffs the same: all but `last_updated`, which a CPO moves without changing a price. Ids are compared without case. */
import { createHash } from 'node:crypto';
import type { Tariff } from '../../shared/domain/tariff/tariff.ts';
import { canonicalText } from './canonical-text.ts';

/** SHA-256 in hexadecimal. */
export function hashTariff(tariff: Tariff): string {
  const { updatedAtMs: _, ...content } = tariff;
  const named = {
    ...content,
    countryCode: tariff.countryCode.toUpperCase(),
    partyId: tariff.partyId.toUpperCase(),
    id: tariff.id.toUpperCase(),
  };
  return createHash('sha256').update(canonicalText(named)).digest('hex');
}

/** Whether they price every charge alike, whatever else they say. */
export function pricesAlike(one: Tariff, other: Tariff): boolean {
  return canonicalText(pricesOf(one)) === canonicalText(pricesOf(other));
}

function pricesOf(tariff: Tariff) {
  const { currency, taxBasis, minPrice, maxPrice, elements } = tariff;
  return { currency, taxBasis, minPrice, maxPrice, elements };
}
