/**
 * Judges signed records inside whatever runtime it is started in: from standard input a list of texts with their keys, to standard
 * output the runtime and one judgement each. What it runs is the console's own code and no test's.
 */
import { getCurves } from 'node:crypto';
import { judgeCharge } from '../../src/main/metering/signed/ocmf/judge-charge.ts';
import { readTransparencyXml } from '../../src/main/metering/signed/read-transparency-xml.ts';
import type { SignedJudgement } from '../../src/shared/domain/metering/signed-record.ts';

export type JudgedElsewhere = {
  readonly electron: string | undefined;
  /** What the runtime's own cryptography knows. */
  readonly nativeCurves: readonly string[];
  readonly judgements: readonly SignedJudgement[];
  /** What became of the containers. */
  readonly containers: readonly string[];
};

const chunks: Buffer[] = [];
for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
const { records, containers } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
  readonly records: readonly { readonly sent: string; readonly key: string }[];
  readonly containers: readonly string[];
};
const answer: JudgedElsewhere = {
  electron: process.versions['electron'],
  nativeCurves: getCurves(),
  judgements: records.map(({ sent, key }) =>
    judgeCharge([{ sent, format: 'OCMF', nature: '', offered: [{ text: key, standing: 'pinned' }] }]),
  ),
  containers: containers.map((text) => {
    const read = readTransparencyXml(text);
    return read.ok ? `${read.value.length} read` : read.code;
  }),
};
process.stdout.write(JSON.stringify(answer));
