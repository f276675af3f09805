/** A meter and a line as the feeds tell them, with everything in order; a test changes what it is about. */
import { NOTHING_COUNTED } from '../../src/shared/domain/metering/meter-health.ts';
import type { LineRecord, MeterHealth, MeterRecord } from '../../src/shared/ipc/metering/metering-contract.ts';
import { energyWh, powerW } from '../../src/shared/kernel/quantity.ts';
import { UNPLACED } from './unplaced-meter.ts';

export const WALL_MS = 1_000_000;

const health: MeterHealth = {
  ...NOTHING_COUNTED,
  asked: 101,
  answered: 100,
  timeoutMs: 1000,
  lastAnswerAtMs: WALL_MS - 1000,
};

const phase = { voltageV: 230, currentA: 10, powerW: powerW(2300) };

export function madeMeter(changes: Partial<MeterRecord> = {}, counts: Partial<MeterHealth> = {}): MeterRecord {
  return {
    id: 'MTR-1',
    name: 'Site incomer',
    role: 'incomer',
    depotId: 'DEPOT-1',
    lineId: 'LINE-1',
    unitAddress: 1,
    profile: 'eastron-sdm630',
    ...UNPLACED,
    model: 'Eastron SDM630',
    serialNumber: '123',
    latest: {
      atMs: WALL_MS - 1000,
      values: {
        powerW: powerW(412_000),
        importWh: energyWh(5_000_000),
        exportWh: energyWh(0),
        frequencyHz: 50,
        phases: [phase, phase, phase],
      },
    },
    refusal: undefined,
    ...changes,
    health: { ...health, ...counts },
  };
}

export function madeLine(changes: Partial<LineRecord> = {}): LineRecord {
  return {
    id: 'LINE-1',
    name: 'Line 1',
    depotId: 'DEPOT-1',
    protocol: 'modbus-rtu',
    origin: 'operator',
    address: 'device server 10.0.0.7:4001',
    settings: '9600 8N1',
    state: 'open',
    sinceMs: WALL_MS - 60_000,
    nextTryAtMs: undefined,
    reason: undefined,
    lastByteAtMs: WALL_MS - 1000,
    reopened: 0,
    bytesSent: 1,
    bytesHeard: 1,
    bytesDiscarded: 0,
    foreignRequests: 0,
    ...changes,
  };
}
