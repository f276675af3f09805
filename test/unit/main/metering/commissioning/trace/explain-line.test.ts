/** What went over a line, in words. */
import { describe, expect, it } from 'vitest';
import { explainLine, type RawEntry } from '../../../../../../src/main/metering/commissioning/trace/explain-line.ts';
import { showRegisters } from '../../../../../../src/main/metering/commissioning/trace/show-registers.ts';
import { openMeterProfiles } from '../../../../../../src/main/metering/meters/meter-profiles.ts';
import { withCrc } from '../../../../../../src/main/serial/modbus/crc16.ts';
import { octets, SERVER_ID, signed, smlFile, unsigned } from '../../../../../support/sml-encoder.ts';

const QUESTION = withCrc([17, 4, 0, 0, 0, 2]);
const ANSWER = withCrc([17, 4, 4, 0x43, 0x66, 0, 0]);

function sent(bytes: Uint8Array, atMs = 0): RawEntry {
  return { kind: 'sent', bytes, atMs };
}
function heard(bytes: Uint8Array, atMs = 10): RawEntry {
  return { kind: 'heard', bytes, atMs };
}

function explained(entries: readonly RawEntry[], protocols: Parameters<typeof explainLine>[0] = ['modbus-rtu']) {
  const line = explainLine(protocols);
  return [...entries.flatMap((entry) => line.take(entry)), ...line.rest(1e9)];
}
const words = (...args: Parameters<typeof explained>) =>
  explained(...args).map(({ kind, meaning }) => `${kind}: ${meaning}`);

describe('a Modbus line', () => {
  it('names unit, function and registers of a question and of its answer, however the answer is split', () => {
    const pieces = [heard(ANSWER.slice(0, 3)), heard(ANSWER.slice(3), 12)];
    expect(words([sent(QUESTION), ...pieces])).toEqual([
      'sent: unit 17: read 2 input registers from 0x0000',
      'heard: unit 17: 2 input registers from 0x0000',
    ]);
  });

  it('says what the registers of a meter it knows say', () => {
    const show = showRegisters([{ unitAddress: 17, profile: 'eastron-sdm630' }], openMeterProfiles());
    const speaks: RawEntry = { kind: 'speaks', atMs: 0, bytes: new Uint8Array(0), protocols: ['modbus-rtu'], show };
    expect(words([speaks, sent(QUESTION), heard(ANSWER)]).at(-1)).toBe(
      'heard: unit 17: 2 input registers from 0x0000 (230 V)',
    );
  });

  it('names an exception', () => {
    expect(words([sent(QUESTION), heard(withCrc([17, 0x84, 2]))])[1]).toBe(
      'heard: unit 17 refuses: illegal data address (exception 2)',
    );
  });

  it('tells an answer that nobody awaits, an echo and another master from the awaited answer', () => {
    const bytes = Buffer.concat([QUESTION, ANSWER, withCrc([3, 3, 2, 0, 1]), withCrc([5, 3, 0, 16, 0, 1])]);
    expect(words([sent(QUESTION), heard(bytes)]).slice(1)).toEqual([
      'heard: the echo of our own question',
      'heard: unit 17: 2 input registers from 0x0000',
      'heard: unit 3: 1 holding register that nobody awaits (late, or for another master)',
      'heard: another master asks unit 5: read 1 holding register from 0x0010',
    ]);
  });

  it('says why bytes are no frame', () => {
    const damaged = Uint8Array.from(ANSWER, (byte, at) => (at === 4 ? byte ^ 1 : byte));
    expect(words([sent(QUESTION), heard(damaged)])[1]).toBe('discarded: No frame: the answer is damaged (wrong CRC)');
    expect(words([sent(QUESTION), heard(ANSWER.slice(0, 6))])[1]).toBe('discarded: No frame: the answer broke off');
    expect(words([heard(Uint8Array.of(0xff, 0xfe))])[0]).toBe('discarded: No frame: noise, or another speed or parity');
  });

  it('accounts for every byte once and in order, with the time of each piece', () => {
    const noise = Uint8Array.of(0xff);
    const told = explained([sent(QUESTION), heard(noise, 5), heard(ANSWER, 9)]).slice(1);
    expect(Buffer.concat(told.map(({ bytes }) => bytes))).toEqual(Buffer.concat([noise, ANSWER]));
    expect(told.map(({ atMs }) => atMs)).toEqual([5, 9]);
  });
});

describe('a line of telegrams', () => {
  const file = smlFile([
    { obis: [1, 0, 96, 1, 0, 255], value: octets(SERVER_ID) },
    { obis: [1, 0, 1, 8, 0, 255], value: unsigned(123_456_789, 8), unit: unsigned(30, 1), scaler: signed(-1, 1) },
  ]);

  it('names a file and the meter it is of', () => {
    expect(words([heard(file.slice(0, 40)), heard(file.slice(40), 60)], ['sml'])).toEqual([
      'heard: SML file of meter 0a 01 49 53 4b 00 04 03 df 63: 1-0:1.8.0 12345678.9 Wh, 1 more',
    ]);
  });

  it('takes the protocol that makes something of the bytes where several are listened to', () => {
    expect(words([heard(file)], ['iec62056-push', 'dsmr-p1', 'sml'])[0]).toContain('SML file');
  });

  it('tells one telegram from the next by the silence between them', () => {
    const told = explained([heard(file, 0), heard(file, 1_000)], ['sml']);
    expect(told.map(({ atMs }) => atMs)).toEqual([0, 1_000]);
  });

  it('shows what is sent as letters', () => {
    expect(words([sent(Buffer.from('/?!\r\n'))], ['iec62056-mode-c'])).toEqual(['sent: /?!<CR><LF>']);
  });
});
