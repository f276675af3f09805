/** What was negotiated, in plain words. */
import type { ContractTerms, PriceCap, Tolerance, VolumeStep } from '../../shared/domain/account/contract.ts';
import { sayRounding } from '../../shared/domain/tariff/say-convention.ts';
import { signOf, decimalWords, moneyWords } from '../tariff/money-text.ts';
import { componentWords } from '../tariff/tariff-words.ts';

/** Who the terms hold with, and where. */
export function partnerWords({ partner, countries }: ContractTerms, nameOf: (party: string) => string): string {
  const who = partner === undefined ? 'Every other partner' : nameOf(partner);
  return countries.length === 0 ? who : `${who}, in ${countries.join(', ')}`;
}

/** `At most 0.52 EUR a kWh, DC`. */
export function capWords({ dimension, current, maxPrice }: PriceCap, currency: string): string {
  const price = componentWords({ type: dimension, price: maxPrice, vatPercent: undefined, stepSize: 0 }, currency);
  return `At most ${price} net${current === undefined ? '' : `, ${current}`}`;
}

export function discountWords({ discountPercent, tariffId }: ContractTerms): string {
  const base = tariffId === undefined ? 'the tariff of the connector' : `the agreed tariff ${tariffId}`;
  if (signOf(discountPercent) === 0) return `No discount on ${base}`;
  return `${percentWords(discountPercent)} off ${base}`;
}

export function stepWords({ fromKwh, discountPercent }: VolumeStep): string {
  return `${percentWords(discountPercent)} off what lies above ${decimalWords(fromKwh, { fewest: 0, most: 1 })} kWh a month`;
}

export function taxWords({ tax }: ContractTerms): string {
  const parts = tax.parts.map(({ name, percent }) => `${name} ${percentWords(percent)}`);
  return `${tax.name} ${percentWords(tax.percent)}${parts.length === 0 ? '' : ` (${parts.join(' + ')})`}`;
}

export function toleranceWords({ amount, percent, energyWh }: Tolerance, currency: string): string {
  return `Up to ${moneyWords(amount, currency)} ${currency} or ${percentWords(percent)}, whichever is more; energy up to ${decimalWords(String(energyWh / 1000), { fewest: 1, most: 3 })} kWh`;
}

export function roundingSentence({ rounding }: ContractTerms): string {
  const words = sayRounding(rounding);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function percentWords(percent: string): string {
  return `${decimalWords(percent, { fewest: 0, most: 2 })} %`;
}

export type StepProgress = {
  readonly step: VolumeStep;
  /** 0 to 1: how much of the way to the step this month's energy has gone. For drawing only. */
  readonly share: number;
  readonly isReached: boolean;
};

export function stepProgress(steps: readonly VolumeStep[], monthKwh: string): readonly StepProgress[] {
  return steps.map((step) => {
    const [from, used] = [Number(step.fromKwh), Number(monthKwh)];
    const share = from <= 0 ? 1 : Math.min(1, used / from);
    return { step, share, isReached: share >= 1 };
  });
}
