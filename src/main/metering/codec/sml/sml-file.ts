/**
 * An SML file out of the bytes between its start and its end (SML 1.04, 5 and 8): messages, each with a checksum of its own.
 * The standard's is X-25; some meters use Kermit's, which is taken where all of a file agree in it, so that no damage to
 * one message can turn the one into the other unseen.
 */
import { crcKermit, crcX25 } from '../reflected-crc16.ts';
import { listOf, octetsOf, readElement, unsignedOf, type SmlElement } from './sml-element.ts';

export type SmlChecksum = 'x25' | 'kermit';

export type SmlMessage = {
  /** The choice of the message's body, such as 0x701 for GetList.Res. */
  readonly tag: number;
  readonly body: SmlElement;
};

export type SmlMessages =
  | { readonly ok: true; readonly messages: readonly SmlMessage[]; readonly checksum: SmlChecksum }
  | { readonly ok: false; readonly reason: 'malformed-message' | 'wrong-message-checksum' | 'no-message' };

/** @param content what stands between start and end, escapes taken out, filling bytes included */
export function readMessages(content: Uint8Array): SmlMessages {
  const messages: SmlMessage[] = [];
  let possible: readonly SmlChecksum[] = ['x25', 'kermit'];
  let at = 0;
  while (at < content.length && content[at] !== 0) {
    const found = readMessage(content, at);
    if (found === undefined) return { ok: false, reason: 'malformed-message' };
    possible = possible.filter((checksum) => found.fits.includes(checksum));
    if (possible.length === 0) return { ok: false, reason: 'wrong-message-checksum' };
    messages.push(found.message);
    at = found.end;
  }
  if (content.subarray(at).some((byte) => byte !== 0)) return { ok: false, reason: 'malformed-message' };
  const [checksum] = possible;
  if (messages.length === 0 || checksum === undefined) return { ok: false, reason: 'no-message' };
  return { ok: true, messages, checksum };
}

const MESSAGE_HEAD = 0x76;

function readMessage(content: Uint8Array, start: number) {
  if (content[start] !== MESSAGE_HEAD) return undefined;
  const parts: SmlElement[] = [];
  let at = start + 1;
  while (parts.length < 5) {
    const part = readElement(content, at);
    if (part === undefined) return undefined;
    parts.push(part);
    at = part.end;
  }
  const [transactionId, group, onError, body, crc] = parts;
  const [choice, choiceBody] = listOf(body, 2) ?? [];
  if (octetsOf(transactionId) === undefined || group?.kind !== 'unsigned' || onError?.kind !== 'unsigned')
    return undefined;
  if (choice?.kind !== 'unsigned' || choiceBody === undefined || crc?.kind !== 'unsigned') return undefined;
  const tag = unsignedOf(choice.bytes);
  const sent = unsignedOf(crc.bytes);
  if (tag === undefined || tag > 0xffffffffn || sent === undefined || sent > 0xffffn || content[at] !== 0)
    return undefined;
  const covered = content.subarray(start, crc.at);
  const fits: SmlChecksum[] = [];
  if (swapped(Number(sent)) === crcX25(covered)) fits.push('x25');
  if (swapped(Number(sent)) === crcKermit(covered)) fits.push('kermit');
  return { message: { tag: Number(tag), body: choiceBody }, fits, end: at + 1 };
}

/** The checksum goes over the line low byte first, and is written as a number that has its high byte first. */
function swapped(crc: number): number {
  return ((crc & 0xff) << 8) | (crc >>> 8);
}
