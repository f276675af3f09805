/** Telegrams into readings: what real meters sent, and what must never become a number. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReading } from '../../../../../src/main/metering/codec/decode-reading.ts';
import { decodeTelegram } from '../../../../../src/main/metering/codec/decode-telegram.ts';
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import {
  AIDON_P1,
  DZG_ONE_PHASE,
  FLUVIUS_P1,
  ISKRA_METER,
  ISKRA_P1_OF_OLD,
  LANDIS_E320,
  LANDIS_ZMD_LINES,
} from '../../../../support/published-captures.ts';
import { dataMessage, p1Telegram, pushTelegram } from '../../../../support/readable-messages.ts';
import { octets, signed, smlFile, unsigned } from '../../../../support/sml-encoder.ts';

const p1 = (...lines: readonly string[]) => decodeTelegram({ protocol: 'dsmr-p1' }, p1Telegram(lines));
const d0 = (...lines: readonly string[]) => decodeTelegram({ protocol: 'iec62056-push' }, pushTelegram(lines));

describe('what real meters sent', () => {
  it('Iskra, SML', () => {
    const { reading, serialNumber } = decodeTelegram({ protocol: 'sml' }, ISKRA_METER);
    expect(reading.values).toMatchObject({ importWh: 22_462_413.6, exportWh: undefined, powerW: 168 });
    expect(serialNumber).toBe('090149534b000403df63');
    expect(reading).toMatchObject({ resolutionWh: 0.1, isExact: true, isUnsealed: false, rollsOverAtWh: undefined });
  });

  it('Landis+Gyr E320, SML', () => {
    const { reading, serialNumber } = decodeTelegram({ protocol: 'sml' }, LANDIS_E320);
    expect(reading.values).toMatchObject({ importWh: 734_945.6, exportWh: 1_213.7, powerW: 4 });
    expect(serialNumber).toBe('0a014c475a000526d2ae');
  });

  it('DZG’s that nobody knows the sign of: energy as sent, no power', () => {
    const { reading, values } = decodeTelegram({ protocol: 'sml' }, DZG_ONE_PHASE);
    expect(reading.values.importWh).toBe(10_022_367.2);
    expect(reading.values.phases[0].powerW).toBeUndefined();
    expect(values.map(({ refusedCode }) => refusedCode)).toContain('sign-uncertain');
  });

  it('Aidon, P1 of Sweden', () => {
    const { reading, serialNumber } = decodeTelegram({ protocol: 'dsmr-p1' }, AIDON_P1);
    expect(reading.values).toMatchObject({ importWh: 31_157_405, exportWh: 0, powerW: 4_344 });
    expect(reading.values.phases[2]).toEqual({ voltageV: 232.7, currentA: 6.4, powerW: 1_408 });
    expect(serialNumber).toBeUndefined();
    expect(reading.isUnsealed).toBe(false);
  });

  it('Fluvius, P1 of Belgium', () => {
    const { reading, serialNumber } = decodeTelegram({ protocol: 'dsmr-p1' }, FLUVIUS_P1);
    expect(reading.values).toMatchObject({ importWh: 2_966_236, exportWh: 2_636_985, powerW: -207 });
    expect(reading.values.phases[0]).toEqual({ voltageV: 238.8, currentA: 1.53, powerW: -207 });
    expect(serialNumber).toBe('1SAG1100076616');
  });

  it('Iskra, P1 of old', () => {
    const { reading, serialNumber } = decodeTelegram({ protocol: 'dsmr-p1' }, ISKRA_P1_OF_OLD);
    expect(reading.values).toMatchObject({ importWh: 36_135_339, exportWh: 2_676_791, powerW: 590 });
    expect(serialNumber).toBe('ZBEV005106844912');
    expect(reading.isUnsealed).toBe(true);
  });

  it('Landis+Gyr ZMD, mode C', () => {
    const message = dataMessage(LANDIS_ZMD_LINES);
    const { reading, serialNumber } = decodeTelegram({ protocol: 'iec62056-mode-c' }, message);
    expect(reading.values).toMatchObject({ importWh: 302_826, exportWh: 0, powerW: undefined });
    expect(reading).toMatchObject({ rollsOverAtWh: 10_000_000, isUnsealed: true });
    expect(reading.resolutionWh).toBeCloseTo(0.1);
    expect(serialNumber).toBe('54800102');
  });

  it('EasyMeter, D0: a power whose tariff is not specified', () => {
    const { reading, serialNumber } = d0(
      '1-0:0.0.0*255(1ESY1160123456)',
      '1-0:1.8.0*255(00001234.5678901*kWh)',
      '1-0:21.7.255*255(000123.45*W)',
      '1-0:1.7.255*255(-000012.30*W)',
    );
    expect(reading.values.powerW).toBe(-12.3);
    expect(reading.values.phases[0].powerW).toBe(123.45);
    expect(reading.rollsOverAtWh).toBe(1e11);
    expect(serialNumber).toBe('1ESY1160123456');
  });
});

describe('a sum of tariffs', () => {
  it('is exact, and only where there is no total', () => {
    expect(p1('1-0:1.8.1(000000.1*kWh)', '1-0:1.8.2(000000.2*kWh)').reading.values.importWh).toBe(300);
    expect(p1('1-0:1.8.0(000005.0*kWh)', '1-0:1.8.1(000001.0*kWh)').reading.values.importWh).toBe(5_000);
  });
  it.for([
    ['one of them is refused', ['1-0:1.8.1(000001.0*kWh)', '1-0:1.8.2(000002.0*kW)']],
    ['one of them is absent', ['1-0:1.8.1(000001.0*kWh)', '1-0:1.8.2(--------*kWh)']],
    ['one of them is told twice, and differently', ['1-0:1.8.1(000001.0*kWh)', '1-0:1.8.1(000002.0*kWh)']],
    ['the total is refused', ['1-0:1.8.0(000003.0*kW)', '1-0:1.8.1(000001.0*kWh)']],
    ['there is a fifth', ['1-0:1.8.1(000001.0*kWh)', '1-0:1.8.5(000001.0*kWh)']],
    ['they have no unit', ['1-0:1.8.1(000001.0)']],
  ] as const)('is none where %s', ([, lines]) => {
    expect(p1(...lines).reading.values.importWh).toBeUndefined();
  });
});

describe('values', () => {
  it('are read in the unit they are sent in', () => {
    const { values } = d0('1.8.0(000001.5*MWh)', '16.7.0(-1.25*kW)', '14.7.0(49.98*Hz)', '32.7.0(0.2304*kV)').reading;
    expect(values).toMatchObject({ importWh: 1_500_000, powerW: -1_250, frequencyHz: 49.98 });
    expect(values.phases[0].voltageV).toBe(230.4);
  });

  it('of months before, of another medium and in a unit of another kind are none', () => {
    const { values } = d0('1-0:1.8.0*01(000009.0*kWh)', '7-0:1.8.0(000008.0*kWh)', '1-0:1.7.0(5*kWh)').reading;
    expect([values.importWh, values.powerW]).toEqual([undefined, undefined]);
  });

  it('beyond all binary numbers are the nearest, and no exception', () => {
    const file = smlFile([
      { obis: [1, 0, 1, 8, 0, 255], unit: unsigned(30, 1), scaler: signed(-3, 1), value: unsigned(2n ** 64n - 1n, 8) },
      { obis: [1, 0, 2, 8, 0, 255], unit: unsigned(30, 1), scaler: signed(24, 1), value: unsigned(2n ** 64n - 1n, 8) },
    ]);
    const { values } = decodeTelegram({ protocol: 'sml' }, file).reading;
    expect(values.importWh).toBe(18_446_744_073_709_552);
    expect(values.exportWh).toBeGreaterThan(1e42);
  });

  it('are multiplied with the ratio once, and so is where the register begins again', () => {
    const found = openMeterProfiles().of('d0-push-meter');
    if (!found.ok) throw new Error(found.message);
    const telegram = pushTelegram(['1.8.0(0123.456*kWh)', '16.7.0(1.5*kW)', '31.7.0(2*A)', '32.7.0(230*V)']);
    const { values, resolutionWh, rollsOverAtWh } = decodeReading(found.value, telegram, 50);
    expect(values).toMatchObject({ importWh: 6_172_800, powerW: 75_000 });
    expect(values.phases[0]).toEqual({ voltageV: 230, currentA: 100, powerW: undefined });
    expect([resolutionWh, rollsOverAtWh]).toEqual([50, 500_000_000]);
  });

  it('of any bytes are some or none, and no exception', () => {
    const protocols = ['sml', 'dsmr-p1', 'iec62056-push', 'iec62056-mode-c'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...protocols), fc.uint8Array({ maxLength: 300 }), (protocol, bytes) => {
        expect(decodeTelegram({ protocol }, bytes).reading.values.phases).toHaveLength(3);
      }),
    );
  });
});

describe('a serial number', () => {
  it('of P1 is letters where it was written in hexadecimal, and itself where not', () => {
    expect(p1('0-0:96.1.1(4530303432)', '1-0:1.8.0(1.0*kWh)').serialNumber).toBe('E0042');
    expect(p1('0-0:96.1.0(9903352978)', '1-0:1.8.0(1.0*kWh)').serialNumber).toBe('9903352978');
    expect(p1('0-1:96.1.0(3238303131)', '1-0:1.8.0(1.0*kWh)').serialNumber).toBeUndefined();
  });
  it('of D0 is C.1.0, which a manufacturer’s own C.1 is not', () => {
    expect(d0('C.1(00087654)', 'C.1.0(12345678)', '1.8.0(1.0*kWh)').serialNumber).toBe('12345678');
  });
  it('of SML is its server id, in hexadecimal', () => {
    const file = smlFile([{ obis: [1, 0, 96, 1, 0, 255], value: octets('other') }], { serverId: [1, 0xab] });
    expect(decodeTelegram({ protocol: 'sml' }, file).serialNumber).toBe('01ab');
  });
});
