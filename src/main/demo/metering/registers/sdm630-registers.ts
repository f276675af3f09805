/**
 * The registers of an Eastron SDM630 (its Modbus protocol document; addresses in hex, 0-based as on the wire): input
 * registers as big-endian floats, most significant word first; the serial number as a holding register. What the real one
 * has and the demo does not measure reads as zero.
 */
import type { RegisterArea } from '../rtu-slave.ts';
import type { MeterState } from '../site-meters.ts';

export const SDM630_MOST_REGISTERS = 80;

/** Up to and with L3's total reactive energy. */
const INPUT_REGISTERS = 0x17e;
const HOLDING_FIRST = 0xfc00;
const HOLDING_REGISTERS = 0x08;
const METER_CODE = 0x0070;

export function sdm630Areas(functionCode: 3 | 4, state: MeterState, serialNumber: number): readonly RegisterArea[] {
  return [functionCode === 4 ? sdm630Input(state) : sdm630Holding(serialNumber)];
}

function sdm630Input(state: MeterState): RegisterArea {
  const area = new DataView(new ArrayBuffer(INPUT_REGISTERS * 2));
  const put = (register: number, value: number): void => area.setFloat32(register * 2, value);
  const sum = (of: (phase: MeterState['phases'][number]) => number): number =>
    state.phases.reduce((total, phase) => total + of(phase), 0);
  state.phases.forEach((phase, index) => {
    const reactiveVar = Math.sqrt(Math.max(0, phase.apparentVa ** 2 - phase.powerW ** 2));
    put(0x00 + index * 2, phase.voltageV);
    put(0x06 + index * 2, phase.currentA);
    put(0x0c + index * 2, phase.powerW);
    put(0x12 + index * 2, phase.apparentVa);
    put(0x18 + index * 2, reactiveVar);
    put(0x1e + index * 2, phase.apparentVa > 0 ? phase.powerW / phase.apparentVa : 1);
    const next = state.phases[(index + 1) % 3] ?? phase;
    const { voltageV: a } = phase;
    const { voltageV: b } = next;
    // Two phases stand 120 degrees apart.
    put(0xc8 + index * 2, Math.sqrt(a * a + b * b + a * b));
  });
  put(0x2a, sum((phase) => phase.voltageV) / 3);
  put(0x2e, sum((phase) => phase.currentA) / 3);
  put(
    0x30,
    sum((phase) => phase.currentA),
  );
  put(0x34, state.powerW);
  put(
    0x38,
    sum((phase) => phase.apparentVa),
  );
  put(0x46, state.frequencyHz);
  put(0x48, state.importWh / 1000);
  put(0x4a, 0);
  put(0x156, state.importWh / 1000);
  return { first: 0, bytes: new Uint8Array(area.buffer) };
}

function sdm630Holding(serialNumber: number): RegisterArea {
  const area = new DataView(new ArrayBuffer(HOLDING_REGISTERS * 2));
  area.setUint32(0, serialNumber);
  area.setUint16(4, METER_CODE);
  return { first: HOLDING_FIRST, bytes: new Uint8Array(area.buffer) };
}
