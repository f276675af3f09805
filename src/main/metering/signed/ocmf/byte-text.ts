/** Bytes written as text: hexadecimal in any grouping, or base64 with or without its padding. */
import { Buffer } from 'node:buffer';

/** Spaces, colons and hyphens group hexadecimal digits on meters' labels. */
export function readHex(text: string): Uint8Array | undefined {
  const digits = text.replaceAll(/[\s:-]/gu, '');
  return digits.length > 0 && digits.length % 2 === 0 && /^[0-9a-f]+$/iu.test(digits)
    ? Buffer.from(digits, 'hex')
    : undefined;
}

export function readBase64(text: string): Uint8Array | undefined {
  const letters = text.replaceAll(/\s/gu, '').replace(/={1,2}$/u, '');
  return letters.length > 0 && letters.length % 4 !== 1 && /^[0-9A-Za-z+/]+$/u.test(letters)
    ? Buffer.from(letters, 'base64')
    : undefined;
}

/** Undefined where the bytes are no UTF-8: a replaced character would change what was signed. */
export function readUtf8(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}
