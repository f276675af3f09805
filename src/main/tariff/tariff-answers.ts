/** The contract's side of tariffs: the list, every version of one, and what an example would cost by any of them. */
import { explainPrice } from '../../shared/domain/tariff/explain-price.ts';
import { priceCharge } from '../../shared/domain/tariff/price-session.ts';
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { QueryInput } from '../../shared/ipc/console-api.ts';
import type { PricedAnswer } from '../../shared/ipc/tariff-contract.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { ReadableStore } from '../database/sqlite.ts';
import { listTariffs } from './list-tariffs.ts';
import { planExample } from './plan-example.ts';
import { isInForce } from './tariff-at.ts';
import { readVersionAt, readVersions } from './tariff-version-table.ts';

/** How many connectors name each tariff, by `CC*PPP*id` in capitals. */
export type TariffUse = () => ReadonlyMap<string, number>;

export function answerTariffQueries(
  answers: Pick<AnswerRegistry, 'query'>,
  parts: { readonly store: ReadableStore; readonly clock: Clock; readonly use: TariffUse },
): void {
  const { store, clock } = parts;
  answers.query('tariff/tariffs', ({ atMs = clock.nowMs(), knownAtMs = clock.nowMs() }) => {
    const use = parts.use();
    return listTariffs(store, { atMs, knownAtMs }, (key) => use.get(key) ?? 0);
  });
  answers.query('tariff/versions', (name) =>
    readVersions(store, name).map(({ number: _n, updatedAtMs: _u, confirmedAtMs: _c, ...version }) => version),
  );
  answers.query('tariff/price-example', (example) => priceExample(store, example, clock.nowMs()));
}

/** By the version that is asked for, or else by the one that is in force when the charge begins, as it is known now. */
function priceExample(store: ReadableStore, example: QueryInput<'tariff/price-example'>, nowMs: number): PricedAnswer {
  const { tariff: name, contentHash, beginMs } = example;
  const version =
    contentHash === undefined
      ? readVersionAt(store, name, beginMs, nowMs)
      : readVersions(store, name).find((known) => known.contentHash === contentHash);
  if (version === undefined || (contentHash === undefined && !isInForce(version, beginMs)))
    return {
      refused: {
        code: 'tariff-not-in-force',
        message: `Tariff ${name.id} of ${name.countryCode}*${name.partyId} is not in force at that time, as far as is known now. Choose another time or version.`,
      },
    };
  const priced = priceCharge(planExample(version.tariff, example), { readings: { boundary: 'cut' } });
  return priced.ok
    ? { priced: priced.value, sentences: explainPrice(priced.value) }
    : { refused: { code: priced.code, message: priced.message } };
}
