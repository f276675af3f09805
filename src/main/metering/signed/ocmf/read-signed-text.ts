/**
 * The OCMF text inside what was sent: OCPI's `signed_data` is base64 (2.2.1, 10.4.3), many senders leave that step out, and containers
 * also write hexadecimal. Other formats of signed values are named and left alone.
 */
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';
import { readBase64, readHex, readUtf8 } from './byte-text.ts';

const OCMF = /^\s*OCMF\|/u;

/** @param format OCPI `encoding_method` or the container's `format` */
export function readSignedText(sent: string, format: string): Result<string, 'unsupported-algorithm' | 'malformed'> {
  if (OCMF.test(sent)) return accept(sent);
  if (format !== '' && !/^ocmf/iu.test(format.trim()))
    return refuse(
      'unsupported-algorithm',
      `The record is of the format “${format.slice(0, 40)}”, which cannot be checked here: only OCMF can. Check it with the software that its operator names.`,
    );
  for (const bytes of [readBase64(sent), readHex(sent)]) {
    const text = bytes === undefined ? undefined : readUtf8(bytes);
    if (text !== undefined && OCMF.test(text)) return accept(text);
  }
  return refuse(
    'malformed',
    'This is no OCMF record, neither as text nor in base64 or hexadecimal. Ask the operator for the record as the meter wrote it.',
  );
}
