/** The contract guard over what is offered: every tariff that stands now against every contract that is in force. */
import { guardTariff, type GuardFinding } from '../../../shared/domain/account/guard-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { isInForce } from '../../tariff/tariff-at.ts';
import { countVersions, readCurrentVersion } from '../../tariff/tariff-version-table.ts';
import { readContracts } from '../contract-table.ts';

/** Of tariffs that were learnt in [fromMs, toMs) and still stand. That nothing is agreed with a partner is said once. */
export function guardOffers(store: ReadableStore, nowMs: EpochMs, fromMs: EpochMs, toMs: EpochMs): GuardFinding[] {
  const unagreed = new Set<string>();
  const isNews = ({ contractId, kind, partner }: GuardFinding): boolean => {
    if (kind !== 'no-terms') return true;
    const key = `${contractId} ${partner}`;
    if (unagreed.has(key)) return false;
    unagreed.add(key);
    return true;
  };
  const contracts = readContracts(store)
    .map(({ contract }) => contract)
    .filter(({ validFromMs, validToMs }) => validFromMs <= nowMs && nowMs < (validToMs ?? Infinity));
  return countVersions(store)
    .map(({ name }) => readCurrentVersion(store, name))
    .filter((version) => version !== undefined)
    .filter((version) => version.learntAtMs >= fromMs && version.learntAtMs < toMs && isInForce(version, nowMs))
    .flatMap(({ learntAtMs, tariff }) =>
      contracts.map((contract) => guardTariff(contract, tariff, undefined, learntAtMs)),
    )
    .filter((finding) => finding !== undefined)
    .filter(isNews);
}
