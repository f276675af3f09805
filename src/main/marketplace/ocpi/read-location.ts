/** What an OCPI Location says of itself beside its charge points: whose it is, where, and who fits (2.2.1 and 2.3.0, 8.3.1). Pure. */
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { WireLocation } from '../../marketplace-link/wire/v1/ocpi-objects.ts';
import { parseDateTimeMs } from '../../marketplace-link/wire/v1/primitives.ts';

export type PlaceAccess = ChargePlace['access'];
type Space = NonNullable<WireLocation['parking_places']>[number];

export type StoredLocation = {
  readonly id: string;
  readonly name: string;
  readonly operatorName: string;
  readonly countryCode: string;
  readonly partyId: string;
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly timeZone: string;
  readonly access: PlaceAccess;
  readonly updatedAtMs: EpochMs;
};

export function readWireLocation(wire: WireLocation): StoredLocation {
  const address = `${wire.address}, ${wire.city}`;
  return {
    id: wire.id,
    name: wire.name ?? address,
    operatorName: wire.operator?.name ?? `${wire.country_code}-${wire.party_id}`,
    countryCode: wire.country_code,
    partyId: wire.party_id,
    address,
    latitude: Number(wire.coordinates.latitude),
    longitude: Number(wire.coordinates.longitude),
    timeZone: wire.time_zone,
    access: readAccess(wire.parking_places ?? []),
    updatedAtMs: parseDateTimeMs(wire.last_updated),
  };
}

/** The most generous space of each measure: a vehicle that none could hold is turned away, any other must look for itself. */
function readAccess(spaces: readonly Space[]): PlaceAccess {
  const greatest = (measure: (space: Space) => number | undefined): number | undefined => {
    const measures = spaces.map(measure);
    return measures.length === 0 || measures.includes(undefined) ? undefined : Math.max(...measures.map(Number));
  };
  const stated = spaces.flatMap(({ drive_through: driveThrough }) => driveThrough ?? []);
  // A type that is only welcomed, not demanded, keeps nobody out.
  const isForAll = spaces.some(({ restricted_to_type: restricted }) => !restricted);
  return {
    maxHeightCm: greatest((space) => space.max_vehicle_height),
    maxLengthCm: greatest((space) => space.max_vehicle_length ?? space.parking_space_length),
    maxWidthCm: greatest((space) => space.max_vehicle_width ?? space.parking_space_width),
    maxWeightKg: greatest((space) => space.max_vehicle_weight),
    vehicleTypes:
      spaces.length === 0 || isForAll ? undefined : [...new Set(spaces.flatMap((space) => space.vehicle_types))],
    driveThrough: stated.length === 0 ? undefined : stated.includes(true),
    reservationRequired: spaces.length === 0 ? undefined : spaces.every((space) => space.reservation_required),
  };
}
