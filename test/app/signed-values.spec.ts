/**
 * Signed meter values inside Electron, whose own cryptography knows two of the seven curves: what was signed by OpenSSL outside is judged
 * inside as it is in Node, built as the backend is built.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { build } from 'vite';
import type { JudgedElsewhere } from '../support/judge-signed-process.ts';
import { fixturePath, isFixtureAbsent } from '../support/shared-fixtures.ts';
import { madePayload, openSignedMeter, OPENSSL_CURVES } from '../support/signed-meter.ts';

let folder: string;
let program: string;

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-signed-'));
  program = path.join(folder, 'judge.mjs');
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: path.resolve(import.meta.dirname, '../support/judge-signed-process.ts'),
      target: 'node20.18',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: 'judge.mjs' } },
    },
  });
});

test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

function judgeInElectron(
  records: readonly { readonly sent: string; readonly key: string }[],
  containers: readonly string[] = [],
): JudgedElsewhere {
  const { stdout, stderr } = spawnSync(process.env['SWITCHYARD_ELECTRON'] ?? '', [program], {
    encoding: 'utf8',
    input: JSON.stringify({ records, containers }),
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (stdout === '') throw new Error(`Electron answered nothing: ${stderr}`);
  return JSON.parse(stdout) as JudgedElsewhere;
}

test('all seven curves verify inside Electron, and a changed digit does not', () => {
  const meters = [...OPENSSL_CURVES.keys()].map((curve) => openSignedMeter(curve));
  const genuine = meters.map((meter) => ({ sent: meter.sign(madePayload()), key: meter.publicKey }));
  const changed = genuine.map(({ sent, key }) => ({ sent: sent.replace('123.75', '123.76'), key }));
  const { electron, nativeCurves, judgements } = judgeInElectron([...genuine, ...changed]);
  expect(electron).toBeDefined();
  // The reason for all this: were it otherwise, the runtime's own would do.
  expect(nativeCurves.filter((name) => [...OPENSSL_CURVES.values()].includes(name)).length).toBeLessThan(7);
  expect(judgements.map(({ result }) => result)).toEqual([
    ...meters.map(() => 'valid'),
    ...meters.map(() => 'invalid'),
  ]);
  expect(judgements[0]?.deliveredKwh).toBe('23.25');
});

test('hostile containers are refused by name inside Electron', () => {
  const bomb = `<!DOCTYPE v [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1_000)}">]><values>&b;</values>`;
  const deep = `<values>${'<a>'.repeat(100_000)}</values>`;
  const container =
    '<values><value><signedData format="OCMF"><![CDATA[<script>alert(1)</script>]]></signedData></value></values>';
  expect(judgeInElectron([], [bomb, deep, container]).containers).toEqual(['refused-xml', 'refused-xml', '1 read']);
});

test('the nine published records verify inside Electron with the readings beside them', () => {
  test.skip(
    isFixtureAbsent('ocmf/bet/publicKey.pem'),
    'The published records stand beside the repository (shared/fixtures); SWITCHYARD_FIXTURES names another place.',
  );
  const names = ['001-01', '001-02', '001-03', '002-01', '002-02', '002-03', '003-01', '003-02', '003-03'];
  const read = (file: string) => readFileSync(fixturePath(`ocmf/bet/${file}`), 'utf8');
  const key = read('publicKey.pem');
  const { judgements } = judgeInElectron(names.map((name) => ({ sent: read(`${name}.txt`), key })));
  expect(judgements.map(({ result }) => result)).toEqual(names.map(() => 'valid'));
  for (const [index, name] of names.entries()) {
    const expected = JSON.parse(read(`${name}.expected.json`)) as {
      readonly measurement: { readonly values: readonly { readonly timestamp: string; readonly value: number }[] };
    };
    const readings = judgements[index]?.records[0]?.readings ?? [];
    expect(readings.map(({ atMs, value }) => [atMs, Number(value)])).toEqual(
      expected.measurement.values.map(({ timestamp, value }) => [Date.parse(timestamp), value]),
    );
  }
});
