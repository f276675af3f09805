/** A recorded line from a file: raw bytes, or a text of hexadecimal digits as terminals, `xxd`, `hexdump -C` and `od` write it. */
import { readFileSync, statSync } from 'node:fs';
import { ToolError } from './tool-definition.ts';

export type Recording = { readonly bytes: Uint8Array; readonly writtenAs: 'binary' | 'hexadecimal text' };

/** A week of a pushing meter; a longer one is read in parts. */
const MOST_BYTES = 256 * 1024 * 1024;
const BAD_INPUT = 2;

/** @throws ToolError where there is no such file, or nothing in it */
export function readRecording(file: string): Recording {
  const content = readContent(file);
  const bytes = isText(content) ? bytesOfText(file, content.toString('latin1')) : undefined;
  const recording: Recording =
    bytes === undefined ? { bytes: content, writtenAs: 'binary' } : { bytes, writtenAs: 'hexadecimal text' };
  if (recording.bytes.length === 0)
    throw new ToolError(
      'empty-file',
      `${file} is empty: there is nothing to decode. Record the line again.`,
      BAD_INPUT,
    );
  return recording;
}

function readContent(file: string): Buffer {
  try {
    if (statSync(file).size > MOST_BYTES)
      throw new ToolError('too-large', `${file} is larger than 256 MB. Cut it into parts, and decode each.`, BAD_INPUT);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof ToolError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError('unreadable-file', `The file ${file} cannot be read: ${why}. Name a recording.`, BAD_INPUT);
  }
}

/** Letters and blanks only: a meter's own text begins with a slash, and its binary message with other bytes. */
function isText(content: Buffer): boolean {
  const head = content.subarray(0, 4096);
  return head.every((byte) => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09);
}

const SEPARATORS = /0x|[\s,:;]/giu;

/** Undefined where the text is no dump. */
function bytesOfText(file: string, text: string): Uint8Array | undefined {
  const digits = text.replaceAll(SEPARATORS, '');
  if (/^[0-9a-f]*$/iu.test(digits) && !hasOffsets(text)) {
    if (digits.length % 2 === 1)
      throw new ToolError(
        'odd-digits',
        `${file} has an odd number of hexadecimal digits: one is missing or too many. Mend the text.`,
        BAD_INPUT,
      );
    return Uint8Array.from(Buffer.from(digits, 'hex'));
  }
  return bytesOfDump(text);
}

const DUMP_LINE = /^([0-9a-f]{6,})(?::|\s)\s*(.*)$/iu;

function hasOffsets(text: string): boolean {
  return /^0{6,}(?::|\s+)[0-9a-f]/iu.test(text.trimStart()) && bytesOfDump(text) !== undefined;
}

/** Lines of offset, bytes and perhaps letters, where each offset says how many bytes stand before it. */
function bytesOfDump(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const [, offset = '', rest = ''] = DUMP_LINE.exec(line) ?? [];
    const isLast = index === lines.length - 1;
    if (![16, 8].some((base) => Number.parseInt(offset, base) === bytes.length))
      return isLast && /^[0-9a-f]{6,}\s*$/iu.test(line) ? Uint8Array.from(bytes) : undefined;
    const [columns = ''] = rest.split(/\s{2,}[^0-9a-f\s]|\s\|/iu, 1);
    const pairs = hexColumns(columns);
    if (pairs.length === 0 || pairs.length > 64) return undefined;
    bytes.push(...pairs);
  }
  return bytes.length === 0 ? undefined : Uint8Array.from(bytes);
}

/** `xxd` parts its letters by two blanks, and they may look like digits: no more than sixteen bytes stand before them. */
function hexColumns(columns: string): number[] {
  const [dense = ''] = /^(?:[0-9a-f]{2}){1,2}(?: {1,2}(?:[0-9a-f]{2}){1,2}(?=\s|$))*/iu.exec(columns) ?? [];
  const beforeLetters = / {2}/u.test(dense) && /^[0-9a-f]{4} /iu.test(dense) ? (dense.split('  ', 1)[0] ?? '') : dense;
  return [...Buffer.from(beforeLetters.replaceAll(/\s/gu, ''), 'hex')];
}
