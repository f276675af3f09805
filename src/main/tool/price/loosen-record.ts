/**
 * A CDR of OCPI 2.1.1 to 2.3.0, or a session, reduced to what decides its price and what its sender says it costs. Addresses, tokens and
 * whatever else no price needs may be missing.
 */
import type { StatedPrice, StatedTotals } from '../../../shared/domain/marketplace/charge-record.ts';
import type { Texted } from '../../marketplace-link/wire/v1/decimal-text.ts';
import type { WireChargeRecord } from '../../marketplace-link/wire/v1/ocpi/charge-detail-record.ts';
import { readPrice } from '../../marketplace/ocpi/read-price.ts';
import { isObject, required, type Fields } from './loose-fields.ts';
import { loosenTariff, type LooseTariff } from './loosen-tariff.ts';

type Sent = Texted<WireChargeRecord>;

export type LooseRecord = {
  readonly kind: 'cdr' | 'session';
  readonly id: string | undefined;
  readonly countryCode: string | undefined;
  readonly partyId: string | undefined;
  readonly beginsAt: string;
  readonly endsAt: string;
  readonly currency: string;
  readonly periods: Sent['charging_periods'];
  readonly tariffs: readonly LooseTariff[];
  readonly isCredit: boolean;
  /** What it says of its place; OCPI gives a zone to the location only, but some send one along. */
  readonly zone: string | undefined;
  /** ISO 3166, two or three letters. */
  readonly country: string | undefined;
  /** What is missing is undefined, never nothing. */
  readonly stated: Partial<StatedTotals>;
};

export function loosenRecord(fields: Fields): LooseRecord {
  const kind = fields.has('kwh') && !fields.has('total_energy') ? 'session' : 'cdr';
  const place = fields.object('cdr_location') ?? fields.object('location');
  const [countryCode, partyId] = [fields.text('country_code'), fields.text('party_id')];
  const currency = required(fields.text('currency'), fields, 'currency').toUpperCase();
  const beginsAt = required(fields.instant('start_date_time'), fields, 'start_date_time');
  const tariffs = (fields.objects('tariffs') ?? []).map((one) =>
    loosenTariff(one, { currency, ...(countryCode && { countryCode }), ...(partyId && { partyId }) }),
  );
  return {
    kind,
    id: fields.text('id'),
    countryCode,
    partyId,
    beginsAt,
    endsAt: readEnd(fields),
    currency,
    periods: (fields.objects('charging_periods') ?? []).map(loosenPeriod),
    tariffs,
    isCredit: fields.flag('credit') === true,
    zone: place?.text('time_zone') ?? fields.text('time_zone'),
    country: place?.text('country') ?? countryCode,
    stated: readStated(fields, kind),
  };
}

/** 2.1.1 says `stop_date_time`; a session that runs on is priced as far as it was told. */
function readEnd(fields: Fields): string {
  const ended = fields.instant('end_date_time');
  if (ended !== undefined) return ended;
  const stopped = fields.instant('stop_date_time');
  if (stopped !== undefined) {
    fields.note('release-2.1.1', 'stop_date_time');
    return stopped;
  }
  const told = fields.has('kwh') ? fields.instant('last_updated') : undefined;
  if (told !== undefined) fields.note('session-running', 'end_date_time');
  return required(told, fields, 'end_date_time');
}

function loosenPeriod(fields: Fields): Sent['charging_periods'][number] {
  const tariffId = fields.text('tariff_id');
  return {
    start_date_time: required(fields.instant('start_date_time'), fields, 'start_date_time'),
    dimensions: (fields.objects('dimensions') ?? []).flatMap(loosenDimension),
    ...(tariffId !== undefined && { tariff_id: tariffId }),
  };
}

function loosenDimension(fields: Fields): Sent['charging_periods'][number]['dimensions'][number][] {
  const type = required(fields.text('type'), fields, 'type').toUpperCase();
  const volume = fields.number('volume');
  if (volume !== undefined) return [{ type, volume }];
  fields.note('volume-missing', 'volume');
  return [];
}

function readStated(fields: Fields, kind: LooseRecord['kind']): Partial<StatedTotals> {
  const totals = {
    cost: readStatedPrice(fields, 'total_cost'),
    fixedCost: readStatedPrice(fields, 'total_fixed_cost'),
    energyCost: readStatedPrice(fields, 'total_energy_cost'),
    timeCost: readStatedPrice(fields, 'total_time_cost'),
    parkingCost: readStatedPrice(fields, 'total_parking_cost'),
    reservationCost: readStatedPrice(fields, 'total_reservation_cost'),
    energyKwh: fields.number(kind === 'session' ? 'kwh' : 'total_energy'),
    timeHours: fields.number('total_time'),
    parkingHours: fields.number('total_parking_time'),
  };
  return Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== undefined));
}

/** 2.1.1 states a bare number, which is net. */
function readStatedPrice(fields: Fields, name: string): StatedPrice | undefined {
  if (!fields.has(name)) return undefined;
  if (!isObject(fields.raw(name))) {
    fields.note('price-as-number', name);
    return readPrice({ excl_vat: required(fields.number(name), fields, name) });
  }
  const price = fields.object(name);
  const taxes = price?.objects('taxes')?.map((tax) => ({
    name: tax.text('name') ?? '',
    amount: required(tax.number('amount'), tax, 'amount'),
  }));
  const before = price?.number('before_taxes');
  if (before !== undefined) return readPrice({ before_taxes: before, ...(taxes && { taxes }) });
  const [net, gross] = [price?.number('excl_vat'), price?.number('incl_vat')];
  // An object without any amount states nothing.
  return net === undefined ? undefined : readPrice({ excl_vat: net, ...(gross !== undefined && { incl_vat: gross }) });
}
