/** FLO's own objects: OCPI has no fleet, so depots, vehicles and their positions are defined here. */
import { z } from 'zod';
import { ciString, currency, dateTime, geoLocation, text, timeZone } from './primitives.ts';

/** A yard of the fleet. Its charge points are the OCPI Locations named in `location_ids`. */
export const depot = z.object({
  id: ciString(36),
  name: text(100),
  coordinates: geoLocation,
  time_zone: timeZone,
  currency,
  /** kW the grid connection allows. */
  site_limit_kw: z.number().min(0).max(100_000),
  location_ids: z.array(ciString(36)).max(50),
  last_updated: dateTime,
});

export const vehicle = z.object({
  id: ciString(36),
  registration: text(20),
  model: text(60),
  depot_id: ciString(36),
  /** kWh a full battery gives, as the maker states it. */
  usable_capacity_kwh: z.number().gt(0).max(2000),
  /** kW the vehicle takes at most, alternating and direct current. */
  max_ac_kw: z.number().min(0).max(1000),
  max_dc_kw: z.number().min(0).max(5000),
  /** Outside measures with trailer, cm and kg: whether it fits a place to charge. */
  height_cm: z.number().gt(0).max(1000).optional(),
  length_cm: z.number().gt(0).max(10_000).optional(),
  width_cm: z.number().gt(0).max(1000).optional(),
  weight_kg: z.number().gt(0).max(500_000).optional(),
  /** OCPI 2.3.0, VehicleType, open. */
  vehicle_type: ciString(40).optional(),
  /** Wh a kilometre, as the maker or the fleet's experience states it. */
  consumption_wh_per_km: z.number().gt(0).max(20_000).optional(),
  /** OCPI ConnectorType of each inlet, open. */
  connector_standards: z.array(ciString(40)).max(10).optional(),
  last_updated: dateTime,
});

/** What a vehicle is next needed for. A change, such as a return that will be late, is the same duty put again. */
export const duty = z.object({
  id: ciString(36),
  vehicle_id: ciString(36),
  depot_id: ciString(36),
  name: text(60),
  /** As now expected, from and to the depot. */
  depart_at: dateTime,
  return_at: dateTime,
  /** kWh out of the battery over the whole duty. */
  energy_kwh: z.number().min(0).max(5000),
  /** What is to be left at its end, in percent of the usable capacity. */
  reserve_percent: z.number().min(0).max(100),
  last_updated: dateTime,
});

export const deletedObject = z.object({ id: ciString(36), last_updated: dateTime });

/** What the vehicle itself reports it is doing. */
export const vehicleActivity = z.enum(['DRIVING', 'IDLE', 'PLUGGED', 'CHARGING']);

/** One fix of one vehicle. Telemetry uses integers and milliseconds where OCPI would use text: it is the bulk. */
export const position = z.object({
  vehicle_id: ciString(36),
  /** Milliseconds since the Unix epoch when the vehicle measured this. */
  at_ms: z.int().min(1_420_070_400_000).max(4_102_444_800_000),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  speed_kmh: z.number().min(0).max(300),
  /** Degrees clockwise from true north. */
  heading_deg: z.number().min(0).max(360),
  soc_percent: z.number().min(0).max(100),
  /** Degrees Celsius of the traction battery. */
  battery_temp_c: z.number().min(-60).max(120),
  activity: vehicleActivity,
});

export const positionBatch = z.object({ positions: z.array(position).min(1).max(500) });

export type WireDepot = z.infer<typeof depot>;
export type WireVehicle = z.infer<typeof vehicle>;
export type WireDuty = z.infer<typeof duty>;
export type WirePosition = z.infer<typeof position>;
