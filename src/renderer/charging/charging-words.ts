/** How plans are spoken of: states, spare time, differences in money, and what a person wants. */
import type { Readiness, ReadinessState } from '../../shared/domain/charging/site-plan.ts';
import type { WishTerms } from '../../shared/domain/charging/wish.ts';
import { decimals, money } from '../instruments/number/format-number.ts';

export const STATE_WORDS: Readonly<Record<ReadinessState, string>> = {
  'will-miss': 'Will miss',
  tight: 'Tight',
  unknown: 'Not known',
  'on-track': 'On track',
  ready: 'Ready',
};

/** Gravest first. */
export const STATES: readonly ReadinessState[] = ['will-miss', 'tight', 'unknown', 'on-track', 'ready'];

const MINUTE_MS = 60_000;

/** `1:05`, of hours and minutes; with a minus where it is too late already. */
export function sayMargin(marginMs: number | undefined): string {
  if (marginMs === undefined) return '–';
  const minutes = Math.floor(Math.abs(marginMs) / MINUTE_MS);
  const text = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return marginMs < 0 ? `−${text}` : text;
}

export function kwh(wh: number): string {
  return `${decimals(wh / 1000, 1)} kWh`;
}

export function kw(watts: number): string {
  return `${decimals(watts / 1000, 0)} kW`;
}

/** A forecast's difference: what is less than a cent is no difference. */
export function sayDifference(difference: number, currency: string): string {
  if (Math.abs(difference) < 0.005) return 'costs nothing more';
  return difference > 0 ? `costs ${money(difference, currency)} more` : `saves ${money(-difference, currency)}`;
}

export function countStates(all: readonly Readiness[]): readonly (readonly [ReadinessState, number])[] {
  return STATES.map((state) => [state, all.filter((each) => each.state === state).length] as const).filter(
    ([, count]) => count > 0,
  );
}

/** @param clockOf an instant on the depot’s clock */
export function sayWish(terms: WishTerms, clockOf: (atMs: number) => string): string {
  switch (terms.kind) {
    case 'pin':
      return `Pinned to ${kw(terms.powerW)} from ${clockOf(terms.fromMs)} to ${clockOf(terms.toMs)}`;
    case 'lock':
      return 'Locked as planned';
    case 'boost':
      return 'Charged at once';
    case 'exclude':
      return 'Gets nothing from the depot';
    case 'priority':
      return 'Served before others';
    case 'later-departure':
      return `Leaves at ${clockOf(terms.departAtMs)}`;
    case 'lower-target':
      return `Leaves with ${decimals(terms.targetPercent, 0)} %`;
    case 'charge-outside':
      return `${decimals(terms.energyKwh, 1)} kWh charged elsewhere`;
    case 'site-cap':
      return `Site takes no more than ${kw(terms.capW)}`;
  }
}
