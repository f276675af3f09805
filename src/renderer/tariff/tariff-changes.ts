/** What one version of a tariff says otherwise than the one before, field by field, in the words that the tariff is shown in. */
import type { PriceLimit, Tariff } from '../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { moneyWords } from './money-text.ts';
import { componentNotes, componentWords, DIMENSION_WORDS, restrictionWords, TAX_BASIS_WORDS } from './tariff-words.ts';

export type TariffChange = {
  readonly what: string;
  /** Undefined: it was not there before. */
  readonly before: string | undefined;
  /** Undefined: it is gone. */
  readonly after: string | undefined;
};

/** @param timeWords an instant as the page writes it */
export function tariffChanges(
  before: Tariff,
  after: Tariff,
  timeWords: (atMs: EpochMs) => string,
): readonly TariffChange[] {
  const [left, right] = [fieldsOf(before, timeWords), fieldsOf(after, timeWords)];
  const names = [...left.keys(), ...[...right.keys()].filter((name) => !left.has(name))];
  return names
    .map((what) => ({ what, before: left.get(what), after: right.get(what) }))
    .filter((change) => change.before !== change.after);
}

function fieldsOf(tariff: Tariff, timeWords: (atMs: EpochMs) => string): ReadonlyMap<string, string> {
  const { currency } = tariff;
  const fields = new Map<string, string>([
    ['Currency', currency],
    ['Tax', TAX_BASIS_WORDS[tariff.taxBasis]],
  ]);
  const add = (name: string, value: string | undefined) => value !== undefined && fields.set(name, value);
  add('Kind', tariff.type);
  add('In force from', tariff.validFromMs === undefined ? undefined : timeWords(tariff.validFromMs));
  add('In force to', tariff.validToMs === undefined ? undefined : timeWords(tariff.validToMs));
  add('Least price', limitWords(tariff.minPrice, currency));
  add('Greatest price', limitWords(tariff.maxPrice, currency));
  add('Words of the operator', tariff.altText);
  tariff.elements.forEach((element, place) => {
    const name = `Element ${place + 1}`;
    add(`${name}, when`, restrictionWords(element.restrictions).join('; ') || 'always');
    for (const component of element.components)
      add(
        `${name}, ${DIMENSION_WORDS[component.type].toLowerCase()}`,
        `${componentWords(component, currency)}, ${componentNotes(component)}`,
      );
  });
  return fields;
}

/** `5.00 net, 5.95 gross`. */
export function limitWords(limit: PriceLimit | undefined, currency: string): string | undefined {
  if (limit === undefined) return undefined;
  const net = `${moneyWords(limit.net, currency)} ${currency} net`;
  return limit.gross === undefined ? net : `${net}, ${moneyWords(limit.gross, currency)} gross`;
}
