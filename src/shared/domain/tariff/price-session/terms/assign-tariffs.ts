/**
 * Which tariff a period is priced by: the one it names among those in the record, which are frozen as they were when the session began
 * (OCPI 2.2.1, 10.3.1 and 10.4.1). A period that names none has none.
 *
 * Operators leave the name out where they mean the only tariff there is. That is assumed, and said, when no period names any.
 */
import type { EpochMs } from '../../../../kernel/instant.ts';
import { accept, refuse, type Result } from '../../../../kernel/result.ts';
import type { Charge, UsagePeriod } from '../../charge.ts';
import type { Tariff } from '../../tariff.ts';
import { compileTariff, type CompiledTariff } from './compile-tariff.ts';
import type { Warnings } from '../warnings.ts';

export type TariffRefusal =
  | 'no-tariff'
  | 'tariff-unknown'
  | 'tariff-ambiguous'
  | 'tariff-unreadable'
  | 'currency-differs';

type Chosen = Result<CompiledTariff | undefined, TariffRefusal>;
type ChooseTariff = (period: UsagePeriod, periodIndex: number) => Chosen;

export function assignTariffs(charge: Charge, warnings: Warnings): Result<ChooseTariff, 'no-tariff'> {
  if (charge.tariffs.length === 0)
    return refuse(
      'no-tariff',
      'The record holds no tariff, so there is nothing to price it by. Ask the operator for a record with its tariffs, or price it by one from the list of tariffs.',
    );
  const isAnyNamed = charge.periods.some(({ tariffId }) => tariffId !== undefined);

  function choose(period: UsagePeriod, periodIndex: number): Result<Tariff | undefined, TariffRefusal> {
    if (period.tariffId !== undefined)
      return chooseNamed(charge, period.tariffId, period.beginMs, periodIndex, warnings);
    if (!isAnyNamed) return chooseAssumed(charge, period.beginMs, periodIndex, warnings);
    warnings.add(
      'period-without-tariff',
      periodIndex,
      (periods) => `No tariff is named for ${periods}, so what was used then costs nothing (OCPI 10.4.1).`,
    );
    return accept(undefined);
  }

  return accept((period, periodIndex) => {
    const chosen = choose(period, periodIndex);
    if (!chosen.ok || chosen.value === undefined) return chosen.ok ? accept(undefined) : chosen;
    const tariff = chosen.value;
    if (tariff.currency.toUpperCase() !== charge.currency.toUpperCase())
      return refuse(
        'currency-differs',
        `The record is in ${charge.currency} and its tariff ${tariff.id} in ${tariff.currency}. Currencies are not converted; ask the operator for a tariff in ${charge.currency}.`,
      );
    if (!isInForce(tariff, charge.beginMs))
      warnings.add(
        'tariff-not-in-force',
        periodIndex,
        () => `Tariff ${tariff.id} was not in force when the charge began. It is used because the record holds it.`,
      );
    return compileTariff(tariff);
  });
}

function chooseNamed(
  { tariffs }: Charge,
  tariffId: string,
  beginMs: EpochMs,
  periodIndex: number,
  warnings: Warnings,
): Result<Tariff, TariffRefusal> {
  const named = tariffs.filter(({ id }) => id.toUpperCase() === tariffId.toUpperCase());
  const [first] = named;
  if (first === undefined)
    return refuse(
      'tariff-unknown',
      `Period ${periodIndex + 1} is to be priced by tariff ${tariffId}, which the record does not hold. Ask the operator for a complete record.`,
    );
  if (named.length === 1) return accept(first);
  warnings.add(
    'tariff-repeated',
    periodIndex,
    () => `The record holds tariff ${tariffId} ${named.length} times. Of these the first that was in force is taken.`,
  );
  return accept(named.find((tariff) => isInForce(tariff, beginMs)) ?? first);
}

function chooseAssumed(
  { tariffs }: Charge,
  beginMs: EpochMs,
  periodIndex: number,
  warnings: Warnings,
): Result<Tariff, TariffRefusal> {
  const candidates = tariffs.length === 1 ? tariffs : tariffs.filter((tariff) => isInForce(tariff, beginMs));
  const [only, another] = candidates;
  if (only === undefined || another !== undefined)
    return refuse(
      'tariff-ambiguous',
      `No period names its tariff and the record holds ${tariffs.length}, so it cannot be told which was meant. Ask the operator for a record that names them.`,
    );
  warnings.add(
    'tariff-id-missing',
    periodIndex,
    () => `No period names its tariff. The only one that the record holds for the time, ${only.id}, is assumed.`,
  );
  return accept(only);
}

function isInForce({ validFromMs, validToMs }: Tariff, atMs: EpochMs): boolean {
  return (validFromMs ?? -Infinity) <= atMs && atMs < (validToMs ?? Infinity);
}
