/** The tool `verify` as a person runs it: text and container, keys in each shape, and what it says to wrong files. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { beginReading, endReading, madePayload, openSignedMeter, OPENSSL_CURVES } from '../../support/signed-meter.ts';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Verified = {
  readonly error?: { code: string; message: string };
  readonly container: string;
  readonly result: string;
  readonly message: string;
  readonly charges: readonly {
    readonly result: string;
    readonly deliveredKwh?: string;
    readonly records: readonly {
      readonly result: string;
      readonly keyFingerprint?: string;
      readonly readings: readonly object[];
    }[];
  }[];
};

const tool = path.resolve(import.meta.dirname, '../../../src/main/tool/tool.ts');

function verify(...args: readonly string[]): { readonly said: Verified; readonly exitCode: number | null } {
  const { stdout, status } = spawnSync(process.execPath, [tool, 'verify', ...args], { encoding: 'utf8' });
  return { said: JSON.parse(stdout) as Verified, exitCode: status };
}

function written(content: string | Uint8Array): string {
  const file = path.join(temporaryFolder(), 'record.txt');
  writeFileSync(file, content);
  return file;
}

const meter = openSignedMeter('brainpool256r1');
const container = (...values: readonly string[]) => `<?xml version="1.0"?><values>${values.join('')}</values>`;
const value = (text: string, key: string, attributes = '') =>
  `<value${attributes}><signedData format="OCMF" encoding="plain">${text}</signedData><publicKey encoding="hex">${key}</publicKey></value>`;

describe('OCMF text', () => {
  test('verifies with a key in hexadecimal, as PEM, and in a file', () => {
    const file = written(`${meter.sign(madePayload())}\n`);
    for (const key of [meter.publicKey, meter.pem, written(meter.pem)]) {
      const { said, exitCode } = verify(file, '--key', key);
      expect([exitCode, said.container, said.result, said.charges[0]?.deliveredKwh]).toEqual([
        0,
        'ocmf-text',
        'valid',
        '23.25',
      ]);
    }
  });

  test('several records in one file, of which two are one charge', () => {
    const texts = [
      meter.sign(madePayload({ PG: 'T1', RD: [beginReading()] })),
      meter.sign(madePayload({ PG: 'T2', RD: [endReading()] })),
      meter.sign(madePayload({ PG: 'T3' })),
    ];
    const { said, exitCode } = verify(written(texts.join('\n')), '--key', meter.publicKey);
    expect([exitCode, said.charges.map(({ records }) => records.length)]).toEqual([0, [2, 1]]);
  });

  test.each([
    ['no key', [], 'key-unknown'],
    ['another key', ['--key', openSignedMeter('brainpool256r1').publicKey], 'invalid'],
    ['a key of another curve', ['--key', openSignedMeter('secp384r1').publicKey], 'invalid'],
    ['something that is no key', ['--key', 'abc'], 'key-unknown'],
  ])('%s: exit code 1 and the reason', (_, args, result) => {
    const { said, exitCode } = verify(written(meter.sign(madePayload())), ...args);
    expect([exitCode, said.result]).toEqual([1, result]);
    expect(said.message).toMatch(/\.$/u);
  });

  test('a changed one is invalid, a cut one malformed', () => {
    const text = meter.sign(madePayload());
    expect(verify(written(text.replace('123.75', '133.75')), '--key', meter.publicKey)).toMatchObject({
      exitCode: 1,
      said: { result: 'invalid' },
    });
    expect(verify(written(text.slice(0, -20)), '--key', meter.publicKey)).toMatchObject({
      exitCode: 1,
      said: { result: 'malformed' },
    });
  });
});

describe('the XML container', () => {
  test('verifies by the keys inside, one curve each, and says that they prove no meter', () => {
    const meters = [...OPENSSL_CURVES.keys()].map((curve) => openSignedMeter(curve));
    const values = meters.map((one, index) =>
      value(one.sign(madePayload()), one.publicKey, ` transactionId="${index}"`),
    );
    const { said, exitCode } = verify(written(container(...values)));
    expect([exitCode, said.container, said.result, said.charges.length]).toEqual([0, 'transparency-xml', 'valid', 7]);
    expect(JSON.stringify(said.charges[0])).toContain('not whose meter it was');
  });

  test('is not valid by the keys inside when another is given', () => {
    const file = written(container(value(meter.sign(madePayload()), meter.publicKey)));
    expect(verify(file, '--key', openSignedMeter('brainpool256r1').pem)).toMatchObject({
      exitCode: 1,
      said: { result: 'invalid' },
    });
  });

  test('names other formats, and is not valid as a whole', () => {
    const other = '<value><signedData format="ISA_EDL_40_P" encoding="hex">0011</signedData></value>';
    const { said, exitCode } = verify(written(container(value(meter.sign(madePayload()), meter.publicKey), other)));
    expect([exitCode, said.result, said.charges.map(({ result }) => result)]).toEqual([
      1,
      'unsupported-algorithm',
      ['valid', 'unsupported-algorithm'],
    ]);
  });

  test('is refused by name where it declares a document type', () => {
    const { said, exitCode } = verify(written(`<!DOCTYPE values [<!ENTITY a "b">]>${container()}`));
    expect([exitCode, said.error?.code]).toEqual([2, 'refused-xml']);
  });
});

test.each([
  ['a file that is not there', ['/nowhere/at-all.txt'], 'unreadable-file'],
  ['no file', [], 'usage'],
  ['two files', ['a', 'b'], 'usage'],
  ['an unknown option', ['a', '--trust'], 'usage'],
])('%s: exit code 2', (_, args, code) => {
  const { said, exitCode } = verify(...args);
  expect([exitCode, said.error?.code]).toEqual([2, code]);
});

test('a file of bytes, and an empty one: exit code 2', () => {
  expect(verify(written(Uint8Array.of(0xff, 0xfe, 0x00))).said.error?.code).toBe('no-text');
  expect(verify(written(' \n')).said.error?.code).toBe('empty-file');
});

test.skipIf(isFixtureAbsent('ocmf/bet/publicKey.pem'))('a published record verifies by its published key', () => {
  const { said, exitCode } = verify(fixturePath('ocmf/bet/003-03.txt'), '--key', fixturePath('ocmf/bet/publicKey.pem'));
  expect([exitCode, said.charges[0]?.deliveredKwh]).toEqual([0, '6.500']);
});
