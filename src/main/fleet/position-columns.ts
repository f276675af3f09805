/**
 * A position as the store holds it: integers in the smallest unit that loses nothing the vehicle reported usefully
 * (1e-7 degree is 1 cm, 0.1 km/h, 1 degree of heading, 0.01 % of charge). The one place that knows the columns.
 */
import { ACTIVITIES, type Position } from '../../shared/domain/fleet/position.ts';

export const POSITION_COLUMNS =
  'vehicle_number, at_ms, latitude_e7, longitude_e7, speed_deci_kmh, heading_deg, soc_centi_percent, battery_temp_c, activity';

export type PositionRow = {
  readonly vehicle_number: number;
  readonly at_ms: number;
  readonly latitude_e7: number;
  readonly longitude_e7: number;
  readonly speed_deci_kmh: number;
  readonly heading_deg: number;
  readonly soc_centi_percent: number;
  readonly battery_temp_c: number;
  readonly activity: number;
};

export type PositionValues = [number, number, number, number, number, number, number, number, number];

export function toPositionValues(position: Position): PositionValues {
  return [
    position.vehicleNumber,
    position.atMs,
    Math.round(position.latitude * 1e7),
    Math.round(position.longitude * 1e7),
    Math.round(position.speedKmh * 10),
    Math.round(position.headingDeg) % 360,
    Math.round(position.socPercent * 100),
    Math.round(position.batteryTempC),
    ACTIVITIES.indexOf(position.activity),
  ];
}

export function fromPositionValues(values: PositionValues): Position {
  const [vehicleNumber, atMs, latitudeE7, longitudeE7, speedDeciKmh, headingDeg, socCenti, batteryTempC, activity] =
    values;
  return {
    vehicleNumber,
    atMs,
    latitude: latitudeE7 / 1e7,
    longitude: longitudeE7 / 1e7,
    speedKmh: speedDeciKmh / 10,
    headingDeg,
    socPercent: socCenti / 100,
    batteryTempC,
    activity: ACTIVITIES[activity] ?? 'idle',
  };
}

export function fromPositionRow(row: PositionRow): Position {
  return fromPositionValues([
    row.vehicle_number,
    row.at_ms,
    row.latitude_e7,
    row.longitude_e7,
    row.speed_deci_kmh,
    row.heading_deg,
    row.soc_centi_percent,
    row.battery_temp_c,
    row.activity,
  ]);
}
