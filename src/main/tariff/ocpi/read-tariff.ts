/** An OCPI Tariff of either release as the console holds it (2.2.1 and 2.3.0, 11.3). Pure; no number passes through a binary fraction. */
import type {
  PriceComponent,
  PriceLimit,
  Tariff,
  TariffElement,
  TariffRestrictions,
  TaxBasis,
} from '../../../shared/domain/tariff/tariff.ts';
import { decimalText, optionalText, type Texted } from '../../marketplace-link/wire/v1/decimal-text.ts';
import type { WireTariff } from '../../marketplace-link/wire/v1/ocpi/tariff.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';

type Sent = Texted<WireTariff>;
type SentElement = Sent['elements'][number];
type SentLimit = NonNullable<Sent['min_price']>;

const TAX_BASIS: Readonly<Record<NonNullable<Sent['tax_included']>, TaxBasis>> = {
  YES: 'gross',
  NO: 'net',
  'N/A': 'not-applicable',
};

export function readTariff(wire: Sent): Tariff {
  return {
    countryCode: wire.country_code,
    partyId: wire.party_id,
    id: wire.id,
    currency: wire.currency,
    type: wire.type,
    // 2.2.1 cannot say and prices without tax.
    taxBasis: TAX_BASIS[wire.tax_included ?? 'NO'],
    minPrice: readLimit(wire.min_price),
    maxPrice: readLimit(wire.max_price),
    elements: wire.elements.map(readElement),
    validFromMs: readInstant(wire.start_date_time),
    validToMs: readInstant(wire.end_date_time),
    altText: wire.tariff_alt_text?.[0]?.text,
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}

function readInstant(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDateTimeMs(text);
}

function readLimit(wire: SentLimit | undefined): PriceLimit | undefined {
  if (wire === undefined) return undefined;
  return 'excl_vat' in wire
    ? { net: decimalText(wire.excl_vat), gross: optionalText(wire.incl_vat) }
    : { net: decimalText(wire.before_taxes), gross: optionalText(wire.after_taxes) };
}

function readElement(wire: SentElement): TariffElement {
  return {
    components: wire.price_components.map(readComponent),
    restrictions: wire.restrictions === undefined ? undefined : readRestrictions(wire.restrictions),
  };
}

function readComponent(wire: SentElement['price_components'][number]): PriceComponent {
  return {
    type: wire.type,
    price: decimalText(wire.price),
    vatPercent: optionalText(wire.vat),
    stepSize: Number(wire.step_size),
  };
}

function readRestrictions(wire: NonNullable<SentElement['restrictions']>): TariffRestrictions {
  const seconds = (value: number | string | undefined) => (value === undefined ? undefined : Number(value));
  return {
    startTime: wire.start_time,
    endTime: wire.end_time,
    startDate: wire.start_date,
    endDate: wire.end_date,
    minKwh: optionalText(wire.min_kwh),
    maxKwh: optionalText(wire.max_kwh),
    minCurrent: optionalText(wire.min_current),
    maxCurrent: optionalText(wire.max_current),
    minPower: optionalText(wire.min_power),
    maxPower: optionalText(wire.max_power),
    minDurationS: seconds(wire.min_duration),
    maxDurationS: seconds(wire.max_duration),
    daysOfWeek: wire.day_of_week,
    reservation: wire.reservation,
  };
}
