/**
 * Signed records damaged in every way there is time for: any one digit of a published one, and records and containers mutated by the ten
 * thousand. None may verify that was changed, and nothing may end in an exception.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgeCharge } from '../../../src/main/metering/signed/ocmf/judge-charge.ts';
import { readTransparencyXml } from '../../../src/main/metering/signed/read-transparency-xml.ts';
import { judged } from '../../support/judged-record.ts';
import { mutateBytes } from '../../support/mutate-bytes.ts';
import { chooseSeed, seededRandom } from '../../support/seeded-random.ts';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';
import { madePayload, openSignedMeter } from '../../support/signed-meter.ts';

const NAMES = ['001-01', '001-02', '001-03', '002-01', '002-02', '002-03', '003-01', '003-02', '003-03'];
const read = (file: string) => readFileSync(fixturePath(`ocmf/bet/${file}`), 'utf8');

describe.skipIf(isFixtureAbsent('ocmf/bet/publicKey.pem'))('nine published records', () => {
  test.each([
    ['payload', /[0-9]/u, 130],
    ['signature', /[0-9A-F]/u, 130],
  ] as const)('do not verify with any one digit of the %s changed', (part, digit, atLeast) => {
    const key = read('publicKey.pem');
    const trusted: string[] = [];
    for (const name of NAMES) {
      const text = read(`${name}.txt`);
      const [from, to] =
        part === 'payload' ? [5, text.indexOf('}|{')] : [text.indexOf('"SD":"') + 6, text.lastIndexOf('"')];
      const places = Array.from({ length: to - from }, (_, index) => from + index).filter((at) =>
        digit.test(text[at] ?? ''),
      );
      expect(places.length).toBeGreaterThan(atLeast);
      for (const at of places) {
        const other = (1 + (at % 9) + Number.parseInt(text[at] ?? '', 16)) % 10;
        const damaged = `${text.slice(0, at)}${other}${text.slice(at + 1)}`;
        const { result } = judged(damaged, key);
        if (damaged !== text && result !== 'invalid' && result !== 'malformed')
          trusted.push(`${name}, character ${at}: ${other} is ${result}`);
      }
    }
    expect(trusted).toEqual([]);
  });
});

test('a hundred thousand damaged records end in a result, never in an exception, and none is valid', () => {
  const seed = chooseSeed();
  const random = seededRandom(seed);
  const meter = openSignedMeter();
  const bytes = Buffer.from(meter.sign(madePayload()));
  const trusted: string[] = [];
  for (let round = 0; round < 100_000; round += 1) {
    const sent = Buffer.from(mutateBytes(bytes, random).bytes).toString('utf8');
    // Each hundredth goes through the curve, which takes milliseconds.
    const { result } =
      round % 100 === 0
        ? judged(sent, meter.publicKey)
        : judgeCharge([{ sent, format: 'OCMF', nature: '', offered: [] }]);
    // Damage beside what is signed, such as a letter of `SE`, may leave the payload and its signature whole.
    if (result === 'valid' && !sent.includes(`|${madePayload()}|`))
      trusted.push(`seed ${seed}, round ${round}: ${sent}`);
  }
  expect(trusted).toEqual([]);
});

test('twenty thousand damaged files end in an answer, never in an exception', () => {
  const random = seededRandom(chooseSeed());
  const record = openSignedMeter().sign(madePayload());
  const value = (data: string) =>
    `<value><signedData format="OCMF">${data}</signedData><publicKey>3059</publicKey></value>`;
  const bytes = Buffer.from(
    `<values>${value(record.replaceAll('"', '&quot;'))}${value(`<![CDATA[${record}]]>`)}</values>`,
  );
  const answers = new Set<string>();
  for (let round = 0; round < 20_000; round += 1) {
    const answer = readTransparencyXml(Buffer.from(mutateBytes(bytes, random).bytes).toString('utf8'));
    answers.add(answer.ok ? 'read' : answer.code);
  }
  expect([...answers].toSorted()).toEqual(['malformed', 'read', 'refused-xml']);
});
