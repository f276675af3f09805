/** Bodies that fit the wire schemas, for tests to send or to spoil. */
const AT = '2026-06-09T04:10:00Z';

export function sampleLocation(id: string) {
  return {
    country_code: 'DE',
    party_id: 'TST',
    id,
    publish: true,
    name: `Yard ${id}`,
    address: 'Hafenstr. 1',
    city: 'Berlin',
    country: 'DEU',
    coordinates: { latitude: '52.5200000', longitude: '13.4050000' },
    operator: { name: 'Testnetz' },
    time_zone: 'Europe/Berlin',
    last_updated: AT,
  };
}

export function sampleEvse(uid: string, status = 'AVAILABLE') {
  return {
    uid,
    evse_id: `DE*TST*E${uid}`,
    status,
    physical_reference: uid.slice(0, 16),
    connectors: [
      {
        id: '1',
        standard: 'IEC_62196_T2_COMBO',
        format: 'CABLE',
        power_type: 'DC',
        max_voltage: 920,
        max_amperage: 200,
        last_updated: AT,
      },
    ],
    last_updated: AT,
  };
}

export function sampleVehicle(id: string) {
  return {
    id,
    registration: `B-${id}`.slice(0, 20),
    model: 'eCitaro',
    depot_id: 'depot-1',
    usable_capacity_kwh: 392,
    max_ac_kw: 22,
    max_dc_kw: 150,
    last_updated: AT,
  };
}

export function sampleDuty(id: string, vehicleId: string) {
  return {
    id,
    vehicle_id: vehicleId,
    depot_id: 'depot-1',
    name: 'Tour 41',
    depart_at: '2026-06-09T20:00:00Z',
    return_at: '2026-06-10T06:00:00Z',
    energy_kwh: 210.5,
    reserve_percent: 15,
    last_updated: AT,
  };
}

export function sampleDepot(id: string) {
  return {
    id,
    name: 'Berlin yard',
    coordinates: { latitude: '52.52', longitude: '13.405' },
    time_zone: 'Europe/Berlin',
    currency: 'EUR',
    site_limit_kw: 2000,
    location_ids: ['L1'],
    last_updated: AT,
  };
}

export function sampleSession(id: string, change: Record<string, unknown> = {}) {
  return {
    country_code: 'DE',
    party_id: 'TST',
    id,
    start_date_time: AT,
    kwh: 1.5,
    auth_method: 'WHITELIST',
    location_id: 'L1',
    evse_uid: 'E1',
    connector_id: '1',
    currency: 'EUR',
    status: 'ACTIVE',
    last_updated: AT,
    ...change,
  };
}

export function samplePosition(vehicleId: string, atMs: number) {
  return {
    vehicle_id: vehicleId,
    at_ms: atMs,
    latitude: 52.52,
    longitude: 13.405,
    speed_kmh: 42,
    heading_deg: 90,
    soc_percent: 61.5,
    battery_temp_c: 24,
    activity: 'DRIVING',
  };
}

export function sampleTariff(id: string, change: object = {}) {
  return {
    country_code: 'DE',
    party_id: 'TST',
    id,
    currency: 'EUR',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, vat: 19, step_size: 1 }] }],
    last_updated: AT,
    ...change,
  };
}

/** 15 kWh in an hour at 0.30, with 19 % tax. */
export function sampleChargeRecord(id: string, change: object = {}) {
  return {
    country_code: 'DE',
    party_id: 'TST',
    id,
    start_date_time: '2026-06-09T03:10:00Z',
    end_date_time: AT,
    cdr_token: { country_code: 'DE', party_id: 'TST', uid: '04A1', type: 'RFID', contract_id: 'DE-TST-C1' },
    auth_method: 'COMMAND',
    cdr_location: {
      id: 'L1',
      address: 'Hafenstr. 1',
      city: 'Berlin',
      country: 'DEU',
      coordinates: { latitude: '52.5200000', longitude: '13.4050000' },
      evse_uid: 'E1',
      evse_id: 'DE*TST*EE1',
      connector_id: '1',
      connector_standard: 'IEC_62196_T2_COMBO',
      connector_format: 'CABLE',
      connector_power_type: 'DC',
    },
    currency: 'EUR',
    tariffs: [sampleTariff('T1')],
    charging_periods: [
      {
        start_date_time: '2026-06-09T03:10:00Z',
        tariff_id: 'T1',
        dimensions: [
          { type: 'ENERGY', volume: 15 },
          { type: 'TIME', volume: 1 },
        ],
      },
    ],
    total_cost: { excl_vat: 4.5, incl_vat: 5.36 },
    total_energy: 15,
    total_time: 1,
    last_updated: AT,
    ...change,
  };
}
