/**
 * The registers of a Janitza UMG 96 (its Modbus address list; addresses in hex, as on the wire): floats, with energies in
 * Wh.
 */
import type { RegisterArea } from '../rtu-slave.ts';
import type { MeterState } from '../site-meters.ts';
import { writeArea } from './register-area.ts';

export function janitzaAreas(state: MeterState): readonly RegisterArea[] {
  return [
    writeArea(0x4a38, 0x80, 0, (area) => {
      state.phases.forEach((phase, index) => {
        area.float(0x4a38 + index * 2, phase.voltageV);
        area.float(0x4a44 + index * 2, phase.currentA);
        area.float(0x4a4c + index * 2, phase.powerW);
      });
      area.float(0x4a52, state.powerW);
      area.float(0x4a6a, state.frequencyHz);
      area.float(0x4a7c, state.importWh);
      area.float(0x4a84, 0);
    }),
  ];
}
