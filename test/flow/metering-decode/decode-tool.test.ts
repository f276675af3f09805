/** The tool `decode` as a person runs it: files of each kind, raw and as text, and what it says to wrong ones. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ISKRA_METER } from '../../support/published-captures.ts';
import { dataMessage, p1Telegram, pushTelegram } from '../../support/readable-messages.ts';
import { answerFrame, exceptionFrame } from '../../support/scripted-line.ts';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { questionBytes } from '../../../src/main/serial/modbus/rtu-frame.ts';
import { withCrc } from '../../../src/main/serial/modbus/crc16.ts';

type Decoded = {
  readonly error?: { code: string; message: string };
  readonly writtenAs: string;
  readonly summary: { frames: number; values: number; refused: number; discardedBytes: number };
  readonly values: readonly Record<string, unknown>[];
  readonly frames: readonly Record<string, unknown>[];
  readonly discarded: readonly Record<string, unknown>[];
};

const tool = path.resolve(import.meta.dirname, '../../../src/main/tool/tool.ts');

function decode(...args: readonly string[]): { readonly said: Decoded; readonly exitCode: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [tool, 'decode', ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { said: JSON.parse(stdout) as Decoded, exitCode: status };
}

function recorded(content: Uint8Array | string): string {
  const file = path.join(temporaryFolder(), 'recording');
  writeFileSync(file, content);
  return file;
}

const noise = Uint8Array.of(0x55, 0xaa, 0x55);

describe('each protocol', () => {
  test('SML, with noise before it and a file cut short behind it', () => {
    const { said, exitCode } = decode(
      'sml',
      recorded(Buffer.concat([noise, ISKRA_METER, ISKRA_METER.subarray(0, 100)])),
    );
    expect(exitCode).toBe(0);
    expect(said.writtenAs).toBe('binary');
    expect(said.summary).toMatchObject({ frames: 1, values: 10, refused: 0, discardedBytes: 103 });
    expect(said.values[2]).toEqual({
      obis: '1-0:1.8.0',
      number: 22_462_413.6,
      exact: '22462413.6',
      unit: 'Wh',
      quality: 'good',
      status: '0x00000182',
      from: 134,
      length: 28,
      frame: 0,
    });
    expect(said.frames).toMatchObject([{ from: 3, to: 387, checksum: 'x25' }]);
    expect(said.discarded).toMatchObject([
      { from: 0, to: 3, length: 3, reason: 'between-frames', bytes: '55aa55', why: 'No message begins here.' },
      { from: 387, to: 487, length: 100, reason: 'cut-short' },
    ]);
  });

  test('D0, pushed and in mode C', () => {
    const lines = ['1-0:1.8.0*255(000123.4567*kWh)', '1-0:1.8.0*01(000100.0000*kWh)'];
    const { said } = decode('d0', recorded(Buffer.concat([pushTelegram(lines), dataMessage(lines)])));
    expect(said.frames).toMatchObject([
      { kind: 'push-telegram', check: 'none' },
      { kind: 'data-message', check: 'bcc' },
    ]);
    expect(said.values).toMatchObject([
      { obis: '1-0:1.8.0', number: 123.4567, unit: 'kWh', quality: 'unchecked', frame: 0 },
      { obis: '1-0:1.8.0*1', number: 100, exact: '100.0000', past: true, frame: 0 },
      { obis: '1-0:1.8.0', quality: 'good', frame: 1 },
      { past: true, frame: 1 },
    ]);
  });

  test('P1, and one whose checksum is wrong', () => {
    const telegram = p1Telegram(['1-0:1.8.1(000004.426*kWh)', '1-0:1.7.0(00.244*kXY)']);
    const damaged = telegram.map((byte, at) => (at === 40 ? byte ^ 1 : byte));
    const { said } = decode('p1', recorded(Buffer.concat([damaged, telegram])));
    expect(said.summary).toMatchObject({ frames: 1, refused: 1 });
    expect(said.values[1]).toMatchObject({
      obis: '1-0:1.7.0',
      number: null,
      quality: 'refused',
      refusedCode: 'unit-unknown',
    });
    expect(said.discarded).toMatchObject([{ reason: 'wrong-checksum', length: telegram.length }]);
  });

  const file = 'p1/telegram_v5.txt';
  const isAbsent = isFixtureAbsent(file);
  test.skipIf(isAbsent)(`a published telegram${isAbsent ? ' (skipped: the samples are not at hand)' : ''}`, () => {
    const { said } = decode('p1', fixturePath(file));
    expect(said.summary).toMatchObject({ frames: 1, values: 36, refused: 0, discardedBytes: 0 });
    expect(said.values).toContainEqual(expect.objectContaining({ obis: '0-1:24.2.1', number: 0.107, unit: 'm3' }));
  });
});

describe('a recorded Modbus line', () => {
  /** The registers of an SDM630 from 0: 230 V on the first phase, 1234.5 W in total, 71.25 kWh. */
  function registers(count: number): Uint8Array {
    const data = new DataView(new ArrayBuffer(2 * count));
    for (const [register, value] of [
      [0, 230],
      [0x34, 1234.5],
      [0x48, 71.25],
    ] as const)
      if (2 * register + 4 <= data.byteLength) data.setFloat32(2 * register, value);
    return withCrc([1, 4, 2 * count, ...new Uint8Array(data.buffer)]);
  }
  const profile = ['--profile', 'eastron-sdm630'];

  test('each answer is laid to its question', () => {
    const line = [
      noise,
      questionBytes(1, 4, 0, 80),
      registers(80),
      questionBytes(1, 3, 0xfc00, 2),
      withCrc([1, 3, 4, 0, 0, 3, 0xe9]),
    ];
    const { said, exitCode } = decode('modbus', ...profile, recorded(Buffer.concat(line)));
    expect(exitCode).toBe(0);
    expect(said.frames.map(({ kind }) => kind)).toEqual(['question', 'answer', 'question', 'answer']);
    expect(said.values).toContainEqual(
      expect.objectContaining({
        register: '0x0034',
        number: 1234.5,
        unit: 'W',
        raw: '44 9a 50 00',
        from: 118,
        length: 4,
      }),
    );
    expect(said.values).toContainEqual(expect.objectContaining({ register: '0x0048', number: 71_250, unit: 'Wh' }));
    expect(said.values.at(-1)).toMatchObject({ name: 'serialNumber', text: '1001', quality: 'good' });
    expect(said.discarded).toMatchObject([{ from: 0, length: 3, reason: 'no-frame' }]);
  });
  test('a part of the block gives its own values only', () => {
    const part = withCrc([1, 4, 4, 0x44, 0x9a, 0x50, 0]);
    const { said } = decode('modbus', ...profile, recorded(Buffer.concat([questionBytes(1, 4, 0x34, 2), part])));
    expect(said.values).toMatchObject([{ register: '0x0034', number: 1234.5 }]);
  });
  test('an answer that fits two questions, or none, is shown and not decoded', () => {
    const two = [questionBytes(1, 4, 0, 2), questionBytes(1, 4, 0x34, 2), withCrc([1, 4, 4, 0x44, 0x9a, 0x50, 0])];
    const none = [answerFrame(9, 76, 1), questionBytes(1, 4, 0, 76), exceptionFrame(1, 2), registers(76)];
    const { said } = decode('modbus', ...profile, recorded(Buffer.concat([...two, ...none])));
    expect(said.values).toEqual([]);
    expect(said.frames.map(({ kind }) => kind)).toEqual([
      'question',
      'question',
      'answer',
      'answer',
      'question',
      'exception',
      'answer',
    ]);
    expect(said.frames[2]?.['note']).toMatch(/several questions/u);
    expect(said.frames[3]?.['note']).toMatch(/No question/u);
    expect(said.frames[6]?.['note']).toMatch(/No question/u);
  });
});

describe('recordings as text', () => {
  const hex = ISKRA_METER.toString('hex');
  const pairs = hex.match(/../gu) ?? [];
  const rows = Array.from({ length: Math.ceil(pairs.length / 16) }, (_, row) => pairs.slice(16 * row, 16 * row + 16));
  const letters = (row: readonly string[]) =>
    Buffer.from(row.join(''), 'hex')
      .toString('latin1')
      .replaceAll(/[^ -~]/gu, '.');
  const offset = (row: number, digits: number, base: number) => (16 * row).toString(base).padStart(digits, '0');
  const dumps: Readonly<Record<string, string>> = {
    'one line': hex,
    'pairs and lines, in capitals': rows
      .map((row) => row.join(' '))
      .join('\n')
      .toUpperCase(),
    'with 0x and commas': pairs.map((pair) => `0x${pair}`).join(', '),
    xxd: rows
      .map(
        (row, at) =>
          `${offset(at, 8, 16)}: ${(row.join('').match(/.{1,4}/gu) ?? []).join(' ').padEnd(39)}  ${letters(row)}`,
      )
      .join('\n'),
    'hexdump -C': `${rows
      .map(
        (row, at) =>
          `${offset(at, 8, 16)}  ${`${row.slice(0, 8).join(' ')}  ${row.slice(8).join(' ')}`.padEnd(48)}  |${letters(row)}|`,
      )
      .join('\n')}\n${pairs.length.toString(16).padStart(8, '0')}\n`,
    'od -A o -t x1': `${rows.map((row, at) => `${offset(at, 7, 8)} ${row.join(' ')}`).join('\n')}\n${pairs.length.toString(8).padStart(7, '0')}\n`,
  };
  test.for(Object.entries(dumps))('%s', ([, text]) => {
    const { said } = decode('sml', recorded(text));
    expect(said.writtenAs).toBe('hexadecimal text');
    expect(said.summary).toMatchObject({ frames: 1, values: 10, discardedBytes: 0 });
  });
});

describe('what it cannot work with', () => {
  const good = () => recorded(ISKRA_METER);
  test.for([
    ['no protocol', () => [], 'usage', /Say what the line speaks: sml, d0, p1, modbus/u],
    ['an unknown protocol', () => ['mbus', good()], 'usage', /Say what the line speaks/u],
    ['no file', () => ['sml'], 'usage', /Name one recording/u],
    ['two files', () => ['sml', good(), good()], 'usage', /Name one recording/u],
    ['an unknown option', () => ['sml', '--fast', good()], 'usage', /--fast/u],
    ['a meter without registers', () => ['modbus', '--profile', 'sml-meter', good()], 'usage', /speaks sml/u],
    ['a profile for SML', () => ['sml', '--profile', 'eastron-sdm630', good()], 'usage', /Only modbus/u],
    ['no profile for Modbus', () => ['modbus', good()], 'usage', /eastron-sdm630/u],
    ['an unknown profile', () => ['modbus', '--profile', 'none', good()], 'no-such-profile', /eastron-sdm630/u],
    ['a file that is not there', () => ['sml', '/nowhere/at-all'], 'unreadable-file', /cannot be read/u],
    ['a folder', () => ['sml', temporaryFolder()], 'unreadable-file', /cannot be read/u],
    ['an empty file', () => ['sml', recorded('')], 'empty-file', /is empty/u],
    ['an odd number of digits', () => ['sml', recorded('1b1b1')], 'odd-digits', /one is missing/u],
  ] as const)('%s: a sentence, and 2', ([, args, code, sentence]) => {
    const { said, exitCode } = decode(...args());
    expect(said.error?.code).toBe(code);
    expect(said.error?.message).toMatch(sentence);
    expect(exitCode).toBe(2);
  });
  test('a recording without any frame: all of it discarded, and 1', () => {
    const { said, exitCode } = decode('p1', recorded(noise));
    expect(said.summary).toMatchObject({ frames: 0, discardedBytes: 3 });
    expect(exitCode).toBe(1);
  });
});
