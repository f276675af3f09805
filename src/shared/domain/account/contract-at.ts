/**
 * Which contract and which of its terms hold: "in force when" against "known when". A version speaks for all the time from its own
 * beginning on; before that, what was said earlier stands. So a renewal leaves the year before it as it was, and a correction that
 * ends a contract sooner ends it.
 */
import type { EpochMs } from '../../kernel/instant.ts';
import type { Contract, ContractTerms, ContractVersion } from './contract.ts';

/**
 * The version in force at an instant, as it was known at another. Of versions that speak for the instant the one that the
 * marketplace changed last decides, whatever order they came in.
 * @param versions of one contract, in the order they were learnt
 */
export function contractAt(
  versions: readonly ContractVersion[],
  atMs: EpochMs,
  knownAtMs: EpochMs = Infinity,
): ContractVersion | undefined {
  const speaking = versions.filter(
    ({ contract, learntAtMs }) => learntAtMs <= knownAtMs && contract.validFromMs <= atMs,
  );
  const decisive = speaking.reduce<ContractVersion | undefined>(
    (latest, version) =>
      latest === undefined || version.contract.updatedAtMs >= latest.contract.updatedAtMs ? version : latest,
    undefined,
  );
  return decisive !== undefined && atMs < (decisive.contract.validToMs ?? Infinity) ? decisive : undefined;
}

/**
 * The terms for a partner in a country: those that name the partner before those for all, those that name the country before those
 * for every country. Undefined: nothing was agreed.
 * @param partner `CC*PPP`
 * @param country ISO 3166 alpha-2
 */
export function termsFor(
  contract: Pick<Contract, 'terms'>,
  partner: string,
  country: string,
): ContractTerms | undefined {
  const fitting = contract.terms.filter(
    (terms) =>
      (terms.partner === undefined || isSame(terms.partner, partner)) &&
      (terms.countries.length === 0 || terms.countries.some((listed) => isSame(listed, country))),
  );
  const rank = (terms: ContractTerms): number =>
    (terms.partner === undefined ? 0 : 2) + (terms.countries.length === 0 ? 0 : 1);
  return fitting.reduce<ContractTerms | undefined>(
    (best, terms) => (best === undefined || rank(terms) > rank(best) ? terms : best),
    undefined,
  );
}

/** OCPI ids compare without case (OCPI 2.2.1, 16.1 CiString). */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
