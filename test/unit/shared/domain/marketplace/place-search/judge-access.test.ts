/** Whether a vehicle fits: what is not stated is not known. */
import { expect, test } from 'vitest';
import {
  judgeAccess,
  type VehicleSize,
} from '../../../../../../src/shared/domain/marketplace/place-search/judge-access.ts';
import type { ChargePlace } from '../../../../../../src/shared/domain/marketplace/place.ts';

const open: ChargePlace['access'] = {
  maxHeightCm: undefined,
  maxLengthCm: undefined,
  maxWidthCm: undefined,
  maxWeightKg: undefined,
  vehicleTypes: undefined,
  driveThrough: undefined,
  reservationRequired: undefined,
};
const lorry: VehicleSize = { heightCm: 400, lengthCm: 1650, widthCm: 255, weightKg: 40_000, type: 'SEMI_TRACTOR' };

test.for<[string, VehicleSize, Partial<ChargePlace['access']>]>([
  ['not-known', lorry, {}],
  ['not-known', {}, { maxHeightCm: 200 }],
  ['fits', lorry, { maxHeightCm: 400 }],
  ['too-high', lorry, { maxHeightCm: 399 }],
  ['too-long', lorry, { maxHeightCm: 450, maxLengthCm: 1200 }],
  ['too-wide', lorry, { maxWidthCm: 250 }],
  ['too-heavy', lorry, { maxWeightKg: 7500 }],
  ['wrong-type', lorry, { maxHeightCm: 450, vehicleTypes: ['PERSONAL_VEHICLE'] }],
  ['fits', lorry, { maxHeightCm: 450, vehicleTypes: ['semi_tractor'] }],
])('%s', ([verdict, vehicle, access]) => expect(judgeAccess(vehicle, { ...open, ...access })).toBe(verdict));
