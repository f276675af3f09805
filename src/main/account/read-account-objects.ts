/** FLO's own objects of money and OCPI's Token, from the wire to what the console holds. Amounts keep the decimals they were sent with. */
import type { ContractTerms, Contract, Token } from '../../shared/domain/account/contract.ts';
import { toMinorUnits } from '../../shared/domain/account/minor-units.ts';
import { minorDigitsOf } from '../../shared/kernel/minor-digits.ts';
import type { RoundingConvention } from '../../shared/domain/tariff/price.ts';
import type { WireAccount, WireContract, WirePayment } from '../marketplace-link/wire/v1/account-objects.ts';
import { decimalText } from '../marketplace-link/wire/v1/decimal-text.ts';
import type { WireToken } from '../marketplace-link/wire/v1/ocpi/token.ts';
import { parseDateTimeMs } from '../marketplace-link/wire/v1/primitives.ts';
import type { StoredAccount } from './account-table.ts';
import type { Payment } from './booking.ts';

/** Where nothing was agreed: commercial rounding of the net total to cents. */
const USUAL_ROUNDING: RoundingConvention = { mode: 'half-up', scale: 2, stage: 'total', first: 'net' };
const USUAL_TOLERANCE = { amount: '0.01', percent: '0', energyWh: 10 };

export function readWireContract(wire: WireContract): Contract {
  return {
    id: wire.id,
    name: wire.name,
    accountId: wire.account_id,
    currency: wire.currency,
    timeZone: wire.time_zone,
    validFromMs: parseDateTimeMs(wire.valid_from),
    validToMs: wire.valid_to === undefined ? undefined : parseDateTimeMs(wire.valid_to),
    terms: wire.terms.map(readTerms),
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}

function readTerms(wire: WireContract['terms'][number]): ContractTerms {
  return {
    partner: wire.partner,
    countries: wire.countries ?? [],
    tariffId: wire.tariff_id,
    discountPercent: decimalText(wire.discount_percent),
    caps: (wire.caps ?? []).map((cap) => ({
      dimension: cap.dimension,
      current: cap.current,
      maxPrice: decimalText(cap.max_price),
    })),
    volumeSteps: (wire.volume_steps ?? []).map((step) => ({
      fromKwh: decimalText(step.from_kwh),
      discountPercent: decimalText(step.discount_percent),
    })),
    tax: {
      name: wire.tax.name,
      percent: decimalText(wire.tax.percent),
      parts: (wire.tax.parts ?? []).map(({ name, percent }) => ({ name, percent: decimalText(percent) })),
    },
    rounding: wire.rounding === undefined ? USUAL_ROUNDING : readRounding(wire.rounding),
    tolerance:
      wire.tolerance === undefined
        ? USUAL_TOLERANCE
        : {
            amount: decimalText(wire.tolerance.amount),
            percent: decimalText(wire.tolerance.percent),
            energyWh: Math.round(wire.tolerance.energy_kwh * 1000),
          },
  };
}

const MODES = {
  HALF_UP: 'half-up',
  HALF_EVEN: 'half-even',
  HALF_DOWN: 'half-down',
  UP: 'up',
  DOWN: 'down',
} as const;
const STAGES = { LINE: 'line', DIMENSION: 'dimension', TOTAL: 'total' } as const;

function readRounding(wire: NonNullable<WireContract['terms'][number]['rounding']>): RoundingConvention {
  return {
    mode: MODES[wire.mode],
    scale: wire.scale as RoundingConvention['scale'],
    stage: STAGES[wire.stage],
    first: wire.first === 'NET' ? 'net' : 'gross',
  };
}

export function readWireAccount(wire: WireAccount): StoredAccount {
  const digits = minorDigitsOf(wire.currency);
  const minorOf = (amount: number): number => toMinorUnits(decimalText(amount), digits).minor;
  return {
    id: wire.id,
    name: wire.name,
    kind: wire.kind === 'PREPAID' ? 'prepaid' : 'postpaid',
    currency: wire.currency,
    creditLimitMinor: wire.credit_limit === undefined ? undefined : minorOf(wire.credit_limit),
    startMinimumMinor: minorOf(wire.start_minimum ?? 0),
    stated:
      wire.balance === undefined
        ? undefined
        : {
            balanceMinor: minorOf(wire.balance),
            holdsMinor: wire.holds === undefined ? undefined : minorOf(wire.holds),
            atMs: parseDateTimeMs(wire.balance_at ?? wire.last_updated),
          },
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}

const PAYMENT_KINDS = { TOP_UP: 'top-up', PAYOUT: 'payout', INVOICE_PAYMENT: 'invoice-payment' } as const;

export function readWirePayment(wire: WirePayment): Payment {
  return {
    id: wire.id,
    accountId: wire.account_id,
    kind: PAYMENT_KINDS[wire.kind],
    amount: decimalText(wire.amount),
    currency: wire.currency,
    atMs: parseDateTimeMs(wire.at),
    note: wire.note,
  };
}

export function readWireToken(wire: WireToken): Token {
  return {
    uid: wire.uid,
    countryCode: wire.country_code,
    partyId: wire.party_id,
    type: wire.type,
    contractId: wire.contract_id,
    vehicleId: wire.vehicle_id,
    valid: wire.valid,
    whitelist: wire.whitelist,
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}
