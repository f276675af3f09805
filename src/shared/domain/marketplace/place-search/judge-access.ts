/** Whether a vehicle fits the spaces of a place (OCPI 2.3.0, 8.4 Parking). What is not stated on either side is not known. */
import type { Vehicle } from '../../fleet/vehicle.ts';
import type { AccessVerdict, ChargePlace } from '../place.ts';

export type VehicleSize = Pick<Vehicle, 'heightCm' | 'lengthCm' | 'widthCm' | 'weightKg' | 'type'>;

export function judgeAccess(vehicle: VehicleSize, access: ChargePlace['access']): AccessVerdict {
  const measures = [
    ['too-high', vehicle.heightCm, access.maxHeightCm],
    ['too-long', vehicle.lengthCm, access.maxLengthCm],
    ['too-wide', vehicle.widthCm, access.maxWidthCm],
    ['too-heavy', vehicle.weightKg, access.maxWeightKg],
  ] as const;
  for (const [verdict, has, limit] of measures)
    if (has !== undefined && limit !== undefined && has > limit) return verdict;
  const isListed = access.vehicleTypes?.some((type) => type.toUpperCase() === vehicle.type?.toUpperCase());
  if (vehicle.type !== undefined && isListed === false) return 'wrong-type';
  // Height keeps vehicles out for good; a place that says nothing of it, or a vehicle whose height nobody stated, must be looked at.
  return vehicle.heightCm === undefined || access.maxHeightCm === undefined ? 'not-known' : 'fits';
}

export const ACCESS_SENTENCES: Readonly<Record<Exclude<AccessVerdict, 'fits' | 'not-known'>, string>> = {
  'too-high': 'The vehicle is too high for every space here.',
  'too-long': 'The vehicle is too long for every space here.',
  'too-wide': 'The vehicle is too wide for every space here.',
  'too-heavy': 'The vehicle is too heavy for every space here.',
  'wrong-type': 'The spaces here are for other kinds of vehicles.',
};
