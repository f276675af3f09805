/** A tariff file from anywhere, of OCPI 2.1.1 to 2.3.0, as the wire would carry it. What no price needs may be missing. */
import type { Texted } from '../../marketplace-link/wire/v1/decimal-text.ts';
import type { WireTariff } from '../../marketplace-link/wire/v1/ocpi/tariff.ts';
import { isObject, required, unreadable, type Fields } from './loose-fields.ts';

export type LooseTariff = Texted<WireTariff>;
type Element = LooseTariff['elements'][number];
type Component = Element['price_components'][number];
type Restrictions = NonNullable<Element['restrictions']>;
type Limit = NonNullable<LooseTariff['min_price']>;

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const;
const BEGINNING = '2015-01-01T00:00:00Z';

/** @param ofRecord what the record says where the tariff does not */
export function loosenTariff(
  fields: Fields,
  ofRecord: { currency?: string; countryCode?: string; partyId?: string },
): LooseTariff {
  const currency = fields.text('currency')?.toUpperCase() ?? ofRecord.currency;
  const begin = fields.instant('start_date_time');
  const end = fields.instant('end_date_time');
  const type = fields.text('type');
  const minimum = loosenLimit(fields, 'min_price');
  const maximum = loosenLimit(fields, 'max_price');
  const isTaxed = loosenTaxed(fields);
  return {
    country_code: fields.text('country_code') ?? ofRecord.countryCode ?? '',
    party_id: fields.text('party_id') ?? ofRecord.partyId ?? '',
    id: fields.text('id') ?? 'without-id',
    currency: required(currency, fields, 'currency'),
    ...(type !== undefined && { type }),
    ...(minimum !== undefined && { min_price: minimum }),
    ...(maximum !== undefined && { max_price: maximum }),
    ...(isTaxed !== undefined && { tax_included: isTaxed }),
    elements: required(fields.objects('elements'), fields, 'elements').map(loosenElement),
    ...(begin !== undefined && { start_date_time: begin }),
    ...(end !== undefined && { end_date_time: end }),
    last_updated: fields.instant('last_updated') ?? BEGINNING,
  };
}

function loosenTaxed(fields: Fields): 'YES' | 'NO' | 'N/A' | undefined {
  const found = fields.raw('tax_included');
  if (typeof found !== 'boolean') return fields.word('tax_included', ['YES', 'NO', 'N/A']);
  fields.note('flag-for-word', 'tax_included');
  return found ? 'YES' : 'NO';
}

/** 2.2.1 and 2.3.0 write an object; some write a bare number, which can only be net. */
function loosenLimit(fields: Fields, name: string): Limit | undefined {
  if (!fields.has(name)) return undefined;
  if (!isObject(fields.raw(name))) {
    fields.note('price-as-number', name);
    return { excl_vat: required(fields.number(name), fields, name) };
  }
  const limit = fields.object(name);
  if (limit === undefined) return undefined;
  const net = limit.number('excl_vat') ?? limit.number('before_taxes');
  const gross = limit.number('incl_vat') ?? limit.number('after_taxes');
  return { excl_vat: required(net, limit, 'excl_vat'), ...(gross !== undefined && { incl_vat: gross }) };
}

function loosenElement(fields: Fields): Element {
  const restrictions = fields.object('restrictions');
  return {
    price_components: required(fields.objects('price_components'), fields, 'price_components').map(loosenComponent),
    ...(restrictions !== undefined && { restrictions: loosenRestrictions(restrictions) }),
  };
}

function loosenComponent(fields: Fields): Component {
  const type = required<Component['type']>(
    fields.word('type', ['ENERGY', 'FLAT', 'PARKING_TIME', 'TIME']),
    fields,
    'type',
  );
  const vat = fields.number('vat');
  const step = fields.number('step_size');
  if (step === undefined && type !== 'FLAT') fields.note('step-size-missing', 'step_size');
  if (Number(step ?? 0) < 0 || !Number.isInteger(Number(step ?? 0)))
    throw unreadable(`${fields.path}.step_size`, 'is no whole number from zero');
  return {
    type,
    price: required(fields.number('price'), fields, 'price'),
    ...(vat !== undefined && { vat }),
    step_size: Number(step ?? 0),
  };
}

function loosenRestrictions(fields: Fields): Restrictions {
  const numbers = [
    'min_kwh',
    'max_kwh',
    'min_current',
    'max_current',
    'min_power',
    'max_power',
    'min_duration',
    'max_duration',
  ] as const;
  const reservation = fields.word('reservation', ['RESERVATION', 'RESERVATION_EXPIRES']);
  const days = loosenDays(fields);
  return {
    ...loosenClock(fields),
    ...Object.fromEntries(numbers.flatMap((name) => (fields.has(name) ? [[name, fields.number(name)]] : []))),
    ...(days !== undefined && { day_of_week: days }),
    ...(reservation !== undefined && { reservation }),
  };
}

/**
 * `08:00:00` is read as 08:00. A day's end of 24:00, or of the second before it, is read as 00:00, from which a whole day is no restriction
 * at all.
 */
function loosenClock(fields: Fields): Pick<Restrictions, 'start_time' | 'end_time' | 'start_date' | 'end_date'> {
  const clock = (name: string): string | undefined => {
    const found = fields.text(name);
    if (found === undefined) return undefined;
    const isLastSecond = name === 'end_time' && found === '23:59:59';
    const read = isLastSecond ? '24:00' : /^(\d?\d:\d\d)(:00(\.0+)?)?$/u.exec(found)?.[1]?.padStart(5, '0');
    if (read === undefined)
      throw unreadable(`${fields.path}.${name}`, `is “${found}”, which is no time of day like 08:30`);
    if (read !== found) fields.note('time-of-day-with-seconds', name);
    return read === '24:00' ? '00:00' : read;
  };
  const date = (name: string): string | undefined => fields.text(name)?.slice(0, 'YYYY-MM-DD'.length);
  const [startTime, endTime] = [clock('start_time'), clock('end_time')];
  const isWholeDay = (startTime ?? '00:00') === '00:00' && (endTime ?? '00:00') === '00:00';
  const read = {
    start_time: isWholeDay ? undefined : startTime,
    end_time: isWholeDay ? undefined : endTime,
    start_date: date('start_date'),
    end_date: date('end_date'),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

function loosenDays(fields: Fields): (typeof DAYS)[number][] | undefined {
  const found = fields.raw('day_of_week');
  if (found === undefined) return undefined;
  const list: unknown[] = Array.isArray(found) ? found : [found];
  return list.map((one) => {
    const day = DAYS.find((known) => known === String(one).toUpperCase());
    if (day === undefined)
      throw unreadable(`${fields.path}.day_of_week`, `names “${String(one)}”, which is no day of the week`);
    return day;
  });
}
