/**
 * Is the price that a record was made with the price that was told? The tariffs inside a record are frozen as at the start of the session
 * (OCPI 2.2.1, 10.3.1) and decide the amount; what the CPO had published for that moment stands beside them. Only what changes a price
 * is a difference.
 */
import type { ChargeCheck, ChargeRecord } from '../../../../shared/domain/marketplace/charge-record.ts';
import { priceCharge } from '../../../../shared/domain/tariff/price-session.ts';
import type { RoundingConvention } from '../../../../shared/domain/tariff/price.ts';
import { pricesAlike } from '../../../tariff/hash-tariff.ts';
import type { HeldTariff } from './record-facts.ts';

export function checkTariffs(
  record: ChargeRecord,
  held: readonly HeldTariff[],
  rounding: RoundingConvention | undefined,
): ChargeCheck[] {
  const used = held.filter(({ stated }) => isUsed(record, stated.id));
  const unknown = used.filter(({ known }) => known === undefined);
  const different = used.filter(({ stated, known }) => known !== undefined && !pricesAlike(stated, known.tariff));
  const late = used.filter(({ known }) => known !== undefined && known.learntAtMs > record.charge.beginMs);
  const checks: ChargeCheck[] = [];
  if (unknown.length > 0)
    checks.push({
      code: 'tariff-not-known',
      severity: 'note',
      message: `${nameAll(unknown)} was not published to us for the time of this charge, so nothing stands against the price in the record.`,
    });
  if (different.length > 0)
    checks.push({
      code: 'tariff-differs-from-known',
      severity: 'warning',
      message: `${nameAll(different)} in the record is not what was published for the time when the charge began.${sayPriceByKnown(record, held, rounding)} Ask the CPO which prices held.`,
    });
  if (late.length > 0)
    checks.push({
      code: 'tariff-learnt-late',
      severity: 'note',
      message: `${nameAll(late)} reached us only after the charge had begun, so its price could not be shown beforehand.`,
    });
  return checks;
}

function isUsed(record: ChargeRecord, tariffId: string): boolean {
  const named = record.charge.periods.map((period) => period.tariffId?.toLowerCase());
  return named.every((id) => id === undefined) || named.includes(tariffId.toLowerCase());
}

function nameAll(tariffs: readonly HeldTariff[]): string {
  const ids = tariffs.map(({ stated }) => stated.id).join(', ');
  return tariffs.length === 1 ? `Tariff ${ids}` : `Each of the tariffs ${ids}`;
}

function sayPriceByKnown(
  record: ChargeRecord,
  held: readonly HeldTariff[],
  rounding: RoundingConvention | undefined,
): string {
  // Under the record's own spelling of each id, which its periods use.
  const tariffs = held.map(({ stated, known }) => (known === undefined ? stated : { ...known.tariff, id: stated.id }));
  const priced = priceCharge({ ...record.charge, tariffs }, rounding === undefined ? {} : { rounding });
  if (!priced.ok) return '';
  return ` By what was published it comes to ${priced.value.total.net} ${record.charge.currency} net; the record states ${record.totals.cost.net}.`;
}
