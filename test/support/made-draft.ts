/** Drafts and found meters for tests of the commissioning form; only what a test is about is said in it. */
import {
  EMPTY_DRAFT,
  type LineDraft,
  type MeterDraft,
} from '../../src/renderer/metering/commissioning/draft/line-draft.ts';
import type { FoundMeter } from '../../src/shared/ipc/metering/commissioning-contract.ts';
import { energyWh, powerW } from '../../src/shared/kernel/quantity.ts';

export const SETTINGS = { baudRate: 19_200, dataBits: 8, parity: 'even', stopBits: 1 } as const;
const phase = { voltageV: 230, currentA: 16, powerW: powerW(3680) };

export function madeFound(change: Partial<FoundMeter> = {}): FoundMeter {
  return {
    id: 'one',
    protocol: 'modbus-rtu',
    settings: SETTINGS,
    unitAddress: 17,
    serialNumber: '90017',
    profiles: [
      {
        name: 'eastron-sdm630',
        model: 'Eastron SDM630',
        checks: [{ name: 'voltage', outcome: 'passed', sentence: 'It says 230 V.' }],
      },
    ],
    values: {
      powerW: powerW(11_040),
      importWh: energyWh(5_000_000),
      exportWh: undefined,
      frequencyHz: 50,
      phases: [phase, phase, phase],
    },
    knownAs: undefined,
    ...change,
  };
}

export function madeMeterDraft(change: Partial<MeterDraft> = {}): MeterDraft {
  return {
    key: `modbus-rtu ${change.unitAddress ?? 17}`,
    protocol: 'modbus-rtu',
    unitAddress: 17,
    settings: SETTINGS,
    keeps: true,
    profile: 'eastron-sdm630',
    name: 'Hall B feeder',
    id: '',
    role: 'feeder',
    parentId: '',
    evseKey: '',
    ctRatio: '1',
    ratedCurrentA: '',
    accuracyClass: '',
    ...change,
  };
}

/** Ready to be saved. */
export function madeDraft(change: Partial<LineDraft> = {}): LineDraft {
  return {
    ...EMPTY_DRAFT,
    name: 'Hall B',
    depotId: 'north',
    where: { ...EMPTY_DRAFT.where, adapterSerialNumber: 'FT90XY17', path: '/dev/ttyUSB0' },
    foundAt: 'FT90XY17',
    meters: [madeMeterDraft()],
    ...change,
  };
}
