/**
 * The registers of a Carlo Gavazzi EM340 (its communication protocol document; addresses in hex, as on the wire): scaled
 * integers of 32 bits, the low word first; the serial number as seven words of text.
 */
import type { RegisterArea } from '../rtu-slave.ts';
import type { MeterState } from '../site-meters.ts';
import { writeArea } from './register-area.ts';

export function em300Areas(state: MeterState, serialNumber: number): readonly RegisterArea[] {
  return [
    writeArea(0x0000, 0x80, 0, (area) => {
      const put = (register: number, value: number): void => {
        const bits = Math.round(value) >>> 0;
        area.u16(register, bits & 0xffff);
        area.u16(register + 1, bits >>> 16);
      };
      state.phases.forEach((phase, index) => {
        put(0x00 + index * 2, phase.voltageV * 10);
        put(0x0c + index * 2, phase.currentA * 1000);
        put(0x12 + index * 2, phase.powerW * 10);
      });
      put(0x28, state.powerW * 10);
      area.u16(0x33, state.frequencyHz * 10);
      put(0x34, Math.floor(state.importWh / 100));
      put(0x4e, 0);
    }),
    writeArea(0x5000, 0x10, 0, (area) => area.text(0x5000, `BX${serialNumber}`.padEnd(14, ' ').slice(0, 14))),
  ];
}
