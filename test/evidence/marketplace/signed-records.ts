/** The nine signed records, read and verified by the tool; and what becomes of them when one digit of the signed text is another. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { verify } from '../../../src/main/tool/verify.ts';
import { inFolder, type Evidence } from '../../support/evidence-table.ts';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';

const LAST_DIGIT = 9;

export async function showSignedRecords(evidence: Evidence): Promise<void> {
  evidence.section('signed meter values');
  if (isFixtureAbsent('ocmf/bet'))
    return evidence.say('         skipped: the signed records are not beside the project');
  const folder = fixturePath('ocmf/bet');
  const key = path.join(folder, 'publicKey.pem');
  const names = readdirSync(folder).filter((name) => /^\d{3}-\d{2}\.txt$/u.test(name));
  const resultOf = async (file: string): Promise<{ readonly result: string; readonly message: string }> =>
    (await verify.run([file, '--key', key])) as { result: string; message: string };
  await inFolder(async (scratch) => {
    let altered = 0;
    let believed = 0;
    for (const name of names) {
      const said = await resultOf(path.join(folder, name));
      evidence.show(name, said.message, said.result === 'valid');
      const text = readFileSync(path.join(folder, name), 'utf8');
      for (const place of digitPlaces(text)) {
        const file = path.join(scratch, 'altered.txt');
        const other = (Number(text[place]) + 1) % (LAST_DIGIT + 1);
        writeFileSync(file, `${text.slice(0, place)}${other}${text.slice(place + 1)}`);
        altered += 1;
        if ((await resultOf(file)).result === 'valid') believed += 1;
      }
    }
    evidence.show(
      'one digit of the signed text changed, each in turn',
      `${believed} of ${altered} verify`,
      believed === 0,
    );
  });
  process.exitCode = 0;
}

/** Places of digits between the two bars, which is what the signature covers. */
function digitPlaces(text: string): number[] {
  const from = text.indexOf('|') + 1;
  const to = text.lastIndexOf('|');
  return [...text.matchAll(/\d/gu)].map(({ index }) => index).filter((place) => place >= from && place < to);
}
