/** OCPI's codes as the words people in the control room use. An unknown code is shown as it came. */
import { decimals } from '../../instruments/number/format-number.ts';
import type { Connector, Evse, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';

const STANDARDS: Readonly<Record<string, string>> = {
  IEC_62196_T2_COMBO: 'CCS2',
  IEC_62196_T1_COMBO: 'CCS1',
  IEC_62196_T2: 'Type 2',
  IEC_62196_T1: 'Type 1',
  CHADEMO: 'CHAdeMO',
  CHAOJI: 'ChaoJi',
  GBT_AC: 'GB/T AC',
  GBT_DC: 'GB/T DC',
  MCS: 'MCS',
};

export function standardName(standard: string): string {
  return STANDARDS[standard] ?? standard;
}

export function connectorName(connector: Connector): string {
  return standardName(connector.standard);
}

/** Labels such as `002` say nothing without their place. */
export function chargePointName(evse: Evse): string {
  return `${evse.locationName}, ${evse.label}`;
}

/** Kilowatts with at most one decimal. */
export function kilowatts(watts: number): string {
  const kw = watts / 1000;
  return decimals(kw, 0, kw >= 100 ? 0 : 1);
}

export type BayLook = {
  readonly letter: string;
  readonly word: string;
  readonly isAbnormal: boolean;
  readonly kind: 'free' | 'busy' | 'held' | 'broken' | 'unknown';
};

export const BAY_LOOKS: Readonly<Record<EvseStatus, BayLook>> = {
  AVAILABLE: { letter: 'A', word: 'available', isAbnormal: false, kind: 'free' },
  CHARGING: { letter: 'C', word: 'charging', isAbnormal: false, kind: 'busy' },
  RESERVED: { letter: 'R', word: 'reserved', isAbnormal: false, kind: 'held' },
  PLANNED: { letter: 'P', word: 'planned', isAbnormal: false, kind: 'held' },
  BLOCKED: { letter: 'B', word: 'blocked', isAbnormal: true, kind: 'broken' },
  OUTOFORDER: { letter: 'X', word: 'out of order', isAbnormal: true, kind: 'broken' },
  INOPERATIVE: { letter: 'I', word: 'not in operation', isAbnormal: true, kind: 'broken' },
  UNKNOWN: { letter: '?', word: 'not known', isAbnormal: false, kind: 'unknown' },
  REMOVED: { letter: '–', word: 'removed', isAbnormal: false, kind: 'unknown' },
};

/** The order in which states are counted out, the one asked for most often first. */
export const BAY_ORDER: readonly EvseStatus[] = [
  'AVAILABLE',
  'CHARGING',
  'RESERVED',
  'PLANNED',
  'BLOCKED',
  'OUTOFORDER',
  'INOPERATIVE',
  'UNKNOWN',
];
