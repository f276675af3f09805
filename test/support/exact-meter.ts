/** A meter whose registers count milliwatt-hours, so that a test knows to the last digit what must come out; and a store with its depot. */
import { openStore } from '../../src/main/database/open-store.ts';
import type { Store } from '../../src/main/database/sqlite.ts';
import { openMeterProfiles, type MeterProfiles } from '../../src/main/metering/meters/meter-profiles.ts';
import type { NewReading } from '../../src/main/metering/readings/write-readings.ts';
import { energyWh, powerW } from '../../src/shared/kernel/quantity.ts';

const ROLLS_OVER_AT_MWH = 1e12;

const profile = {
  protocol: 'modbus-rtu',
  name: 'exact-meter',
  model: 'Exact meter',
  source: 'made for tests',
  rated: { currentA: 100, voltageV: 230 },
  plausible: { voltageV: [180, 280], frequencyHz: [45, 65] },
  rollsOverAtWh: ROLLS_OVER_AT_MWH / 1000,
  blocks: [{ functionCode: 4, firstRegister: '0x0000', neededCount: 12, allowedCounts: [12, 14, 16] }],
  values: {
    voltageV: [{ register: '0x0000', type: 'u32' }],
    powerW: { register: '0x0002', type: 's32' },
    importWh: { register: '0x0004', type: 'u64', scale: 0.001 },
    exportWh: { register: '0x0008', type: 'u64', scale: 0.001 },
  },
};

export function exactProfiles(): MeterProfiles {
  return openMeterProfiles({ 'exact-meter.json': profile });
}

export function exactReading(
  atMs: number,
  importMwh: number,
  changes: Partial<NewReading> & { readonly exportMwh?: number } = {},
): NewReading {
  const { exportMwh = 0, ...others } = changes;
  const registers = new DataView(new ArrayBuffer(24));
  registers.setUint32(0, 230);
  registers.setInt32(4, 1000);
  registers.setBigUint64(8, BigInt(importMwh));
  registers.setBigUint64(16, BigInt(exportMwh));
  const phase = { voltageV: 230, currentA: undefined, powerW: undefined };
  return {
    meterNumber: 1,
    atMs,
    wallAtMs: atMs,
    monotonicMs: atMs,
    serialNumber: '1001',
    quality: 'plain',
    refusal: undefined,
    profile: 'exact-meter',
    ctRatio: 1,
    values: {
      powerW: powerW(1000),
      importWh: energyWh(importMwh / 1000),
      exportWh: energyWh(exportMwh / 1000),
      frequencyHz: undefined,
      phases: [phase, phase, phase],
    },
    newSeries: undefined,
    registers: new Uint8Array(registers.buffer),
    ...others,
  };
}

export function openMeteredStore(
  file: string,
  options: { readonly zone?: string; readonly meters?: number } = {},
): Store {
  const { zone = 'Europe/Berlin', meters = 1 } = options;
  const store = openStore({ path: file });
  store.write((tx) => {
    tx.prepare('INSERT OR REPLACE INTO depot VALUES (?, ?, 0, 0, ?, ?, 0, ?, 0)').run(
      'DEPOT-1',
      'Yard',
      zone,
      'EUR',
      '[]',
    );
    const meter = tx.prepare(
      `INSERT OR IGNORE INTO meter (number, id, name, role, depot_id, line_id, unit_address, profile, position)
       VALUES (?, ?, 'Meter', 'feeder', 'DEPOT-1', 'LINE-1', 1, 'exact-meter', 0)`,
    );
    for (let number = 1; number <= meters; number++) meter.run(number, `MTR-${number}`);
  });
  return store;
}
