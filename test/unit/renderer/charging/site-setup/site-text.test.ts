import { describe, expect, it } from 'vitest';
import {
  printBay,
  printDemand,
  printEnergy,
  printFeeder,
  printLines,
  readBays,
  readDemand,
  readEnergy,
  readFeeders,
} from '../../../../../src/renderer/charging/site-setup/site-text.ts';

describe('prices as lines', () => {
  it('are read from a spreadsheet’s tabs or with semicolons, and with a comma for the point', () => {
    const { values, faults } = readEnergy('Peak\t0,4512\tJun-Sep Mon-Fri 12:00-18:00\n\nRest; 0.2211\n');
    expect(faults).toEqual([]);
    expect(values).toEqual([
      {
        name: 'Peak',
        pricePerKwh: '0.4512',
        when: { months: [6, 7, 8, 9], weekdays: [1, 2, 3, 4, 5], fromMinute: 720, toMinute: 1080 },
      },
      { name: 'Rest', pricePerKwh: '0.2211', when: {} },
    ]);
    expect(readEnergy(printLines(values, printEnergy)).values).toEqual(values);
  });

  it('say by line what cannot be read', () => {
    const { values, faults } = readEnergy('Peak; cheap\nRest; 0.2\nNight; 0.1; nights');
    expect(values).toHaveLength(1);
    expect(faults.map(({ line }) => line)).toEqual([1, 3]);
    expect(faults[0]?.message).toContain('“cheap” is no price');
    expect(readDemand('Peak; 15.51; kWh').faults[0]?.message).toContain('Write kW or kVA');
  });

  it('of demand are read back as they are printed', () => {
    const { values } = readDemand('Grid use; 8.20; kVA; 07:00-22:00\nAny; 1; kW');
    expect(readDemand(printLines(values, printDemand)).values).toEqual(values);
    expect(values).toHaveLength(2);
  });
});

describe('wiring as lines', () => {
  it('is read back as it is printed, powers in kW', () => {
    const feeders = readFeeders('A; Row A; ; 253\nB; Row B; A; 69.5').values;
    expect(feeders).toEqual([
      { id: 'A', name: 'Row A', parent: undefined, limitW: 253_000 },
      { id: 'B', name: 'Row B', parent: 'A', limitW: 69_500 },
    ]);
    expect(readFeeders(printLines(feeders, printFeeder)).values).toEqual(feeders);
    const bays = readBays(
      'DE*ION*E1; Bay 1; A; 22; 4.14; 1,2,3; 230; 5.5\nDE*ION*E2; Bay 2; ; 150; 10; ; 400; 20',
    ).values;
    expect(bays).toHaveLength(2);
    expect(bays[1]).toMatchObject({ feeder: undefined, phases: [], maxW: 150_000, fallbackW: 20_000 });
    expect(readBays(printLines(bays, printBay)).values).toEqual(bays);
  });

  it.each([
    ['E1; Bay 1; A; 22; 4; 4; 230; 5', 'no phases'],
    ['E1; Bay 1; A; 22; 4; 1; 23; 5', 'no voltage'],
    ['E1; Bay 1; A; many; 4; 1; 230; 5', 'no number'],
    ['; Bay 1; A; 22; 4; 1; 230; 5', 'is missing'],
  ])('refuses %s', (line, why) => {
    expect(readBays(line).faults[0]?.message).toContain(why);
  });
});
