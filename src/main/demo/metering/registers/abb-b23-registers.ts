/**
 * The registers of an ABB B23 (its user manual, chapter 9, mapping tables; addresses in hex, as on the wire): scaled
 * integers, energies of 64 bits in hundredths of a kWh; what it does not measure is all ones.
 */
import type { RegisterArea } from '../rtu-slave.ts';
import type { MeterState } from '../site-meters.ts';
import { writeArea } from './register-area.ts';

const NOT_AVAILABLE = 0xff;

export function abbB23Areas(state: MeterState, serialNumber: number): readonly RegisterArea[] {
  return [
    writeArea(0x5000, 0x80, NOT_AVAILABLE, (area) => area.s64(0x5000, state.importWh / 10)),
    writeArea(0x5b00, 0x80, NOT_AVAILABLE, (area) => {
      state.phases.forEach((phase, index) => {
        area.u32(0x5b00 + index * 2, phase.voltageV * 10);
        area.u32(0x5b0c + index * 2, phase.currentA * 100);
        area.s32(0x5b16 + index * 2, phase.powerW * 100);
      });
      area.s32(0x5b14, state.powerW * 100);
      area.u16(0x5b2c, state.frequencyHz * 100);
    }),
    writeArea(0x8900, 0x40, NOT_AVAILABLE, (area) => area.u32(0x8900, serialNumber)),
  ];
}
