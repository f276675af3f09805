/** Meters in the words and numbers of the control room. What a meter did not say is a dash, never a zero. */
import type { LineProtocol } from '../../../shared/domain/metering/line-protocol.ts';
import type { MeterRole } from '../../../shared/domain/metering/meter.ts';
import type { MeterHealth } from '../../../shared/ipc/metering/metering-contract.ts';
import { decimals } from '../../instruments/number/format-number.ts';

export const ROLE_WORDS: Readonly<Record<MeterRole, string>> = {
  incomer: 'Site incomer',
  feeder: 'Feeder',
  charger: 'Charge point',
};

export const PROTOCOL_WORDS: Readonly<Record<LineProtocol, string>> = {
  'modbus-rtu': 'Modbus RTU',
  sml: 'SML',
  'iec62056-push': 'D0, pushed',
  'iec62056-mode-c': 'D0, mode C',
  'dsmr-p1': 'P1',
};

export const NOT_TOLD = '–';

/** kW: whole from a hundred on, one decimal below, so that a value that moves keeps its width. */
export function powerKw(powerW: number | undefined): string {
  if (powerW === undefined) return NOT_TOLD;
  const kw = powerW / 1000;
  return signed(decimals(kw, Math.abs(kw) >= 99.95 ? 0 : 1));
}

/** kWh with one decimal: a float32 register is no finer at a hundred megawatt-hours. */
export function energyKwh(energyWh: number | undefined): string {
  return energyWh === undefined ? NOT_TOLD : signed(decimals(energyWh / 1000, 1));
}

export function measured(value: number | undefined, places: number): string {
  return value === undefined ? NOT_TOLD : signed(decimals(value, places));
}

/** A hyphen is not a minus; and there is no negative nought. */
function signed(text: string): string {
  return /^-[0.,]*$/u.test(text) ? text.slice(1) : text.replace('-', '\u2212');
}

/** Questions that ended without a valid answer. */
export function lostQuestions(health: MeterHealth): number {
  return health.timedOut + health.spoiled + health.excepted + health.lineLost;
}

/** Of the questions that ended: one is under way most of the time and says nothing yet. */
export function answeredShare(health: MeterHealth): number | undefined {
  const ended = health.answered + lostQuestions(health);
  return ended === 0 ? undefined : health.answered / ended;
}

/** `99.4 %`, and never `100.0 %` where an answer was lost. */
export function sharePercent(share: number | undefined): string {
  if (share === undefined) return NOT_TOLD;
  if (share === 1) return '100';
  return decimals(Math.min(99.9, Math.floor(share * 1000) / 10), 1);
}
