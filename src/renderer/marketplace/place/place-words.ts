/** What is said of a place: connectors, ways, times and access, in the words of the control room. */
import type { Party, PartyStatus } from '../../../shared/domain/marketplace/party.ts';
import type {
  AccessVerdict,
  ChargePlace,
  ConnectorGroup,
  PlaceAssessment,
} from '../../../shared/domain/marketplace/place.ts';
import { formatDistance } from '../../fleet/distance.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { kilowatts, standardName } from '../charge-point/charge-point-words.ts';

/** `CCS2 150 kW`; a computed power is an upper bound and says so. */
export function groupName(group: Pick<ConnectorGroup, 'standard' | 'maxPowerW' | 'maxPowerStated'>): string {
  return `${standardName(group.standard)} ${group.maxPowerStated ? '' : '≤ '}${kilowatts(group.maxPowerW)} kW`;
}

/** The strongest connector of a place. */
export function strongestGroup(place: ChargePlace): ConnectorGroup | undefined {
  return place.groups.toSorted((one, other) => other.maxPowerW - one.maxPowerW)[0];
}

/** Seconds as `45 min` or `2 h 05 min`; whole minutes, never none. */
export function duration(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) return `${minutes} min`;
  if (minutes >= 24 * 60) return `${Math.floor(minutes / 1440)} d ${Math.floor((minutes % 1440) / 60)} h`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

export const WAY_RULE = 'Estimated: the straight line × 1.3, not a route.';

export function wayWords({ awayM, driveS }: Pick<PlaceAssessment, 'awayM' | 'driveS'>): string {
  return `${formatDistance(awayM)} · ${duration(driveS)}`;
}

export function percentWords(percent: number): string {
  return `${decimals(percent, 0)} %`;
}

type AccessLook = { readonly word: string; readonly sentence: string; readonly isAgainst: boolean };

const ACCESS: Readonly<Record<AccessVerdict, AccessLook>> = {
  fits: { word: 'fits', sentence: 'The vehicle fits what is stated of the place.', isAgainst: false },
  'not-known': {
    word: 'not stated',
    sentence: 'The place does not state its limits: ask the operator, or the driver, before a large vehicle is sent.',
    isAgainst: false,
  },
  'too-high': { word: 'too high', sentence: 'The vehicle is higher than the place allows.', isAgainst: true },
  'too-long': { word: 'too long', sentence: 'The vehicle is longer than the spaces of the place.', isAgainst: true },
  'too-wide': { word: 'too wide', sentence: 'The vehicle is wider than the spaces of the place.', isAgainst: true },
  'too-heavy': { word: 'too heavy', sentence: 'The vehicle is heavier than the place allows.', isAgainst: true },
  'wrong-type': { word: 'other types', sentence: 'The place takes other types of vehicle.', isAgainst: true },
};

export function accessLook(verdict: AccessVerdict): AccessLook {
  return ACCESS[verdict];
}

const PARTY_WORDS: Readonly<Record<PartyStatus, string>> = {
  CONNECTED: 'connected',
  OFFLINE: 'offline',
  PLANNED: 'not yet connected',
  SUSPENDED: 'suspended',
};

export function partyWord(party: Pick<Party, 'status'>): string {
  return PARTY_WORDS[party.status];
}

/** Limits as the place states them; empty when it states none. */
export function accessFacts({ access }: Pick<ChargePlace, 'access'>): readonly string[] {
  const metres = (centimetres: number) => `${decimals(centimetres / 100, 1, 2)} m`;
  return [
    ...(access.maxHeightCm === undefined ? [] : [`height ${metres(access.maxHeightCm)}`]),
    ...(access.maxLengthCm === undefined ? [] : [`length ${metres(access.maxLengthCm)}`]),
    ...(access.maxWidthCm === undefined ? [] : [`width ${metres(access.maxWidthCm)}`]),
    ...(access.maxWeightKg === undefined ? [] : [`weight ${decimals(access.maxWeightKg / 1000, 1)} t`]),
    ...(access.vehicleTypes === undefined ? [] : [`for ${access.vehicleTypes.map(plain).join(', ')}`]),
    ...(access.driveThrough === true ? ['drive-through'] : []),
    ...(access.reservationRequired === true ? ['reservation required'] : []),
  ];
}

const CAPABILITIES: Readonly<Record<string, string>> = {
  RESERVABLE: 'can be reserved',
  REMOTE_START_STOP_CAPABLE: 'starts and stops from here',
  UNLOCK_CAPABLE: 'unlocks from here',
  CHARGING_PROFILE_CAPABLE: 'takes charging profiles',
  RFID_READER: 'card reader',
  CREDIT_CARD_PAYABLE: 'takes credit cards',
  CONTACTLESS_CARD_SUPPORT: 'takes contactless cards',
};

/** An unknown code is shown in its own words. */
export function capabilityWords({ capabilities }: Pick<ChargePlace, 'capabilities'>): readonly string[] {
  return capabilities.map((code) => CAPABILITIES[code] ?? plain(code));
}

function plain(code: string): string {
  return code.toLowerCase().replaceAll('_', ' ');
}
