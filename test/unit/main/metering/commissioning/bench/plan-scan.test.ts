/** The order in which a scan tries settings and addresses. */
import { describe, expect, it } from 'vitest';
import {
  afterFinding,
  costOf,
  describeStep,
  planScan,
} from '../../../../../../src/main/metering/commissioning/bench/plan-scan.ts';
import type { LineSettings } from '../../../../../../src/main/serial/line-address.ts';

const settings = (baudRate: number, parity: LineSettings['parity']): LineSettings => ({
  baudRate,
  dataBits: 8,
  parity,
  stopBits: 1,
});
const asked = {
  settings: [settings(38_400, 'none'), settings(19_200, 'even'), settings(9600, 'none')],
  unitAddresses: { from: 1, to: 5 },
};

describe('a scan', () => {
  it('tries low addresses under all settings, the common ones first, and then the rest', () => {
    expect(planScan({ ...asked, protocols: ['modbus-rtu'] }).map(describeStep)).toEqual([
      '9600 8N1, address 1',
      '9600 8N1, address 2',
      '9600 8N1, address 3',
      '19200 8E1, address 1',
      '19200 8E1, address 2',
      '19200 8E1, address 3',
      '38400 8N1, address 1',
      '38400 8N1, address 2',
      '38400 8N1, address 3',
      '9600 8N1, address 4',
      '9600 8N1, address 5',
      '19200 8E1, address 4',
      '19200 8E1, address 5',
      '38400 8N1, address 4',
      '38400 8N1, address 5',
    ]);
  });

  it('asks every address once under each of the settings', () => {
    const plan = planScan({ ...asked, unitAddresses: { from: 1, to: 247 }, protocols: ['modbus-rtu'] });
    expect(new Set(plan.map(describeStep)).size).toBe(3 * 247);
    expect(plan).toHaveLength(3 * 247);
  });

  it('listens before it asks, and signs on at 300 baud whatever was given', () => {
    const [first] = asked.settings;
    const one = { settings: first === undefined ? [] : [first], unitAddresses: { from: 9, to: 9 } };
    const plan = planScan({ ...one, protocols: ['modbus-rtu', 'sml', 'iec62056-mode-c', 'dsmr-p1'] });
    expect(plan.map(describeStep)).toEqual(['38400 8N1, listening', '38400 8N1, address 9', '300 7E1, signing on']);
    expect(plan.map(costOf)).toEqual([11_000, 670, 6_000]);
  });

  it('stays with the settings under which something answered, and ends with a meter that is alone on its line', () => {
    const plan = planScan({ ...asked, protocols: ['modbus-rtu', 'sml'] });
    const at = plan.findIndex((step) => describeStep(step) === '19200 8E1, address 2');
    const found = plan[at];
    if (found === undefined) throw new Error('it is planned');
    const rest = afterFinding(found, plan.slice(at + 1)).map(describeStep);
    expect(rest).toEqual(['19200 8E1, address 3', '19200 8E1, address 4', '19200 8E1, address 5']);
    const heard = plan[0];
    expect(heard?.kind).toBe('listen');
    expect(heard && afterFinding(heard, plan.slice(1))).toEqual([]);
  });
});
