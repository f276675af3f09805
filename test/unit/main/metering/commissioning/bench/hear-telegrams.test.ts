/** Which kind of telegram is heard. */
import { describe, expect, it } from 'vitest';
import { listenForTelegrams } from '../../../../../../src/main/metering/commissioning/bench/hear-telegrams.ts';
import type { LineProtocol } from '../../../../../../src/shared/domain/metering/line-protocol.ts';
import { p1Telegram, pushTelegram } from '../../../../../support/readable-messages.ts';
import { octets, SERVER_ID, smlFile } from '../../../../../support/sml-encoder.ts';

const ALL: readonly LineProtocol[] = ['sml', 'iec62056-push', 'dsmr-p1'];
const P1_DATA = ['1-0:1.8.1(000123.456*kWh)', '0-0:96.1.1(4B414C37)'];

const SAMPLES: readonly (readonly [LineProtocol, Uint8Array])[] = [
  ['sml', smlFile([{ obis: [1, 0, 96, 1, 0, 255], value: octets(SERVER_ID) }])],
  ['iec62056-push', pushTelegram(['1-0:1.8.0*255(000123.456*kWh)'])],
  ['dsmr-p1', p1Telegram(P1_DATA)],
  ['dsmr-p1', p1Telegram(P1_DATA, { isSealed: false })],
];

describe.each(SAMPLES)('a telegram of %s', (protocol, telegram) => {
  it('is told from the others, and comes out byte for byte', () => {
    const found = listenForTelegrams(ALL).push(telegram);
    expect(found?.protocol).toBe(protocol);
    expect(Buffer.from(found?.telegram ?? [])).toEqual(Buffer.from(telegram));
  });

  it('is heard in pieces and behind noise, once', () => {
    const listener = listenForTelegrams(ALL);
    const bytes = Uint8Array.from([0xff, 0x00, ...telegram]);
    const found = [...bytes].map((byte) => listener.push(Uint8Array.of(byte))).filter((one) => one !== undefined);
    expect(found.map((one) => one.protocol)).toEqual([protocol]);
  });

  it('is not heard by whoever does not listen for it', () => {
    const others = ALL.filter((one) => one !== protocol && one !== 'iec62056-push');
    expect(listenForTelegrams(others).push(telegram)).toBeUndefined();
  });
});
