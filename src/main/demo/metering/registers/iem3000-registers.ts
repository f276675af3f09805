/**
 * The registers of a Schneider iEM3255 (its user manual, Modbus register list; addresses in hex, as on the wire): floats, with
 * power in kW, and energies of 64 bits in Wh.
 */
import type { RegisterArea } from '../rtu-slave.ts';
import type { MeterState } from '../site-meters.ts';
import { writeArea } from './register-area.ts';

export function iem3000Areas(state: MeterState, serialNumber: number): readonly RegisterArea[] {
  return [
    writeArea(0x0080, 0x20, 0, (area) => area.u32(0x0081, serialNumber)),
    writeArea(0x0bb0, 0xc0, 0, (area) => {
      state.phases.forEach((phase, index) => {
        area.float(0x0bb7 + index * 2, phase.currentA);
        area.float(0x0bd3 + index * 2, phase.voltageV);
        area.float(0x0bed + index * 2, phase.powerW / 1000);
      });
      area.float(0x0bf3, state.powerW / 1000);
      area.float(0x0c25, state.frequencyHz);
    }),
    writeArea(0x0c80, 0x40, 0, (area) => {
      area.s64(0x0c83, state.importWh);
      area.s64(0x0c87, 0);
    }),
  ];
}
