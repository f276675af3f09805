/**
 * `verify`: whether signed meter values are as their meters signed them. For whoever holds a bill and the record beside it, without the
 * console: nothing is asked of a network, and no key is trusted but the one that is given.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { SignedJudgement } from '../../shared/domain/metering/signed-record.ts';
import { judgeCharge } from '../metering/signed/ocmf/judge-charge.ts';
import { groupCharges, type FiledText } from '../metering/signed/group-charges.ts';
import { readUtf8 } from '../metering/signed/ocmf/byte-text.ts';
import { readOcmf } from '../metering/signed/ocmf/read-ocmf.ts';
import type { OfferedKey } from '../metering/signed/ocmf/verify-record.ts';
import { isTransparencyXml, readTransparencyXml } from '../metering/signed/read-transparency-xml.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE = 'FILE [--key HEX|PEM]';
const UNREADABLE = 2;
const MOST_BYTES = 5_000_000;

export const verify: Tool = {
  name: 'verify',
  summary:
    'Verifies signed meter values, offline: OCMF text or the S.A.F.E. XML container. --key is the meter’s public key as hexadecimal, base64 or PEM, ' +
    'or a file with it; without one the key in the container is used. Says of each charge its result, readings, checks and energy. ' +
    'Exits with 0 when all is valid, with 1 when anything is not, and with 2 when the file cannot be read.',
  usage: USAGE,
  run: async (args) => {
    const { values, files } = readToolArgs(joinPem(args), ['key'], `verify ${USAGE}`);
    const [file, ...more] = files;
    if (file === undefined || more.length > 0)
      throw new ToolError('usage', `Name one file with signed values. Usage: verify ${USAGE}`, UNREADABLE);
    const text = readText(file, 'a file with signed values');
    const key = values.key === undefined ? undefined : readKey(values.key);
    const container = isTransparencyXml(text);
    const texts = container ? textsOfXml(text, key) : textsOfFile(text, key);
    const charges = groupCharges(texts).map((one) => judgeCharge(one));
    if (charges.some(({ result }) => result !== 'valid')) process.exitCode = 1;
    return { file, container: container ? 'transparency-xml' : 'ocmf-text', ...summarise(charges), charges };
  },
};

function summarise(charges: readonly SignedJudgement[]): Pick<SignedJudgement, 'result' | 'message'> {
  const { result, message } = charges.find((charge) => charge.result !== 'valid') ?? charges[0] ?? judgeCharge([]);
  return charges.length < 2 || result !== 'valid'
    ? { result, message }
    : { result, message: `The signed values of all ${charges.length} charges are as their meters signed them.` };
}

/** A key in PEM begins with hyphens, as an option does. */
function joinPem(args: readonly string[]): readonly string[] {
  const at = args.findIndex((arg, index) => args[index - 1] === '--key' && arg.startsWith('-----BEGIN'));
  return at === -1 ? args : [...args.slice(0, at - 1), `--key=${args[at] ?? ''}`, ...args.slice(at + 1)];
}

/** A file that a name leads to, or the key itself. */
function readKey(given: string): OfferedKey {
  const text = existsSync(given) ? readText(given, 'a public key') : given;
  return { text, standing: 'given' };
}

function readText(file: string, wanted: string): string {
  let bytes: Uint8Array;
  try {
    if (statSync(file).size > MOST_BYTES)
      throw new ToolError('too-large', `${file} is larger than 5 MB and no ${wanted.slice(2)}.`, UNREADABLE);
    bytes = readFileSync(file);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError('unreadable-file', `The file ${file} cannot be read: ${why}. Name ${wanted}.`, UNREADABLE);
  }
  const text = readUtf8(bytes);
  if (text === undefined) throw new ToolError('no-text', `${file} is no text in UTF-8. Name ${wanted}.`, UNREADABLE);
  return text.replace(/^\uFEFF/u, '');
}

/** Records one after another. What is no record is judged as it stands: the answer says why. */
function textsOfFile(text: string, key: OfferedKey | undefined): readonly FiledText[] {
  const offered = key === undefined ? [] : [key];
  const texts: FiledText[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    const read = readOcmf(text, at);
    const sent = read.ok ? read.value.record.text : text.slice(at).trim();
    texts.push({ sent, format: '', nature: '', offered, transactionId: '' });
    at = read.ok ? read.value.end : text.length;
  }
  if (texts.length === 0)
    throw new ToolError('empty-file', 'The file is empty: there is nothing to verify. Name another.', UNREADABLE);
  return texts;
}

function textsOfXml(text: string, key: OfferedKey | undefined): readonly FiledText[] {
  const values = readTransparencyXml(text);
  if (!values.ok) throw new ToolError(values.code, values.message, UNREADABLE);
  return values.value.map(({ signedData: sent, format, context: nature, transactionId, publicKey }) => {
    const enclosed: OfferedKey[] = publicKey === undefined ? [] : [{ text: publicKey, standing: 'enclosed' }];
    return { sent, format, nature, transactionId, offered: key === undefined ? enclosed : [key] };
  });
}
