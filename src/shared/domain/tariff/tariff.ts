/**
 * A tariff as the console holds it: one internal form of OCPI 2.2.1 and 2.3.0 Tariff (11.3). Prices, volumes and percentages are
 * decimal text exactly as they were sent; nothing here is ever a binary fraction.
 */
import type { EpochMs } from '../../kernel/instant.ts';

/** A decimal number as text: `-?digits[.digits]`, no exponent. */
export type DecimalText = string;

/** OCPI 2.2.1, 11.4.2 TariffDimensionType. */
export type TariffDimension = 'ENERGY' | 'FLAT' | 'PARKING_TIME' | 'TIME';

/** OCPI 2.2.1, 11.4.3. A reservation element prices only the time before a vehicle is there. */
export type ReservationKind = 'RESERVATION' | 'RESERVATION_EXPIRES';

export type DayOfWeek = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

/** Whether the prices of a tariff hold tax already. OCPI 2.2.1 cannot say and means net. */
export type TaxBasis = 'net' | 'gross' | 'not-applicable';

export type PriceComponent = {
  readonly type: TariffDimension;
  /** Per kWh, per hour, or once. */
  readonly price: DecimalText;
  /** Percent. Undefined: no tax is stated, which is not a rate of zero. */
  readonly vatPercent: DecimalText | undefined;
  /** Wh for ENERGY, seconds for times; 0 is off. */
  readonly stepSize: number;
};

/** OCPI 2.2.1, 11.4.6. All that is given must hold, in the location's zone; intervals are half-open. */
export type TariffRestrictions = {
  /** `HH:MM` of local clocks. */
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  /** `YYYY-MM-DD` of local calendars. */
  readonly startDate: string | undefined;
  readonly endDate: string | undefined;
  readonly minKwh: DecimalText | undefined;
  readonly maxKwh: DecimalText | undefined;
  /** A, the sum of the phases. */
  readonly minCurrent: DecimalText | undefined;
  readonly maxCurrent: DecimalText | undefined;
  /** kW. */
  readonly minPower: DecimalText | undefined;
  readonly maxPower: DecimalText | undefined;
  /** Seconds since the session began. */
  readonly minDurationS: number | undefined;
  readonly maxDurationS: number | undefined;
  readonly daysOfWeek: readonly DayOfWeek[] | undefined;
  readonly reservation: ReservationKind | undefined;
};

export type TariffElement = {
  readonly components: readonly PriceComponent[];
  readonly restrictions: TariffRestrictions | undefined;
};

/** A least or greatest price of a whole session; each side limits its own total. */
export type PriceLimit = { readonly net: DecimalText; readonly gross: DecimalText | undefined };

export type Tariff = {
  readonly countryCode: string;
  readonly partyId: string;
  readonly id: string;
  readonly currency: string;
  /** OCPI TariffType, as sent; undefined serves every kind of session. */
  readonly type: string | undefined;
  readonly taxBasis: TaxBasis;
  readonly minPrice: PriceLimit | undefined;
  readonly maxPrice: PriceLimit | undefined;
  readonly elements: readonly TariffElement[];
  /** When it begins and ends to be valid (OCPI start_date_time, end_date_time); half-open. */
  readonly validFromMs: EpochMs | undefined;
  readonly validToMs: EpochMs | undefined;
  /** What the CPO says to the driver, first language given. */
  readonly altText: string | undefined;
  readonly updatedAtMs: EpochMs;
};

/**
 * A tariff as it was learnt: "in force when" is in the tariff, "learnt when" is here. A version is never changed; a newer one or a
 * withdrawal stands beside it.
 */
export type TariffVersion = {
  readonly tariff: Tariff;
  /** SHA-256 of the tariff's content without `last_updated`, hexadecimal. */
  readonly contentHash: string;
  /** The profile's clock. */
  readonly learntAtMs: EpochMs;
  /** When the CPO withdrew it (a tombstone), or a newer version took its place here. */
  readonly supersededAtMs: EpochMs | undefined;
  readonly withdrawn: boolean;
};
