/** Writes the readable messages of meters for tests: P1 telegrams with their checksum, and IEC 62056-21's data messages. */
const lines = (some: readonly string[]): string => some.map((line) => `${line}\r\n`).join('');

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.codePointAt(0) ?? 0);

/** With a checksum unless it is left out, as in versions 2.2 and 3. */
export function p1Telegram(data: readonly string[], { head = '/ISK5\\2M550T-1012', isSealed = true } = {}): Uint8Array {
  const covered = `${head}\r\n\r\n${lines(data)}!`;
  let crc = 0;
  for (const byte of ascii(covered))
    for (let bit = 0; bit < 8; bit += 1) {
      const isSet = ((crc ^ (byte >> bit)) & 1) === 1;
      crc = (crc >> 1) ^ (isSet ? 0xa001 : 0);
    }
  const seal = isSealed ? crc.toString(16).toUpperCase().padStart(4, '0') : '';
  return ascii(`${covered}${seal}\r\n`);
}

/** STX, lines, the mark, ETX and the check character. */
export function dataMessage(data: readonly string[]): Uint8Array {
  return sealed(`\u0002${lines(data)}!\r\n\u0003`);
}

/** `text` with the exclusive-or of all behind its first character. */
export function sealed(text: string): Uint8Array {
  const bytes = ascii(text);
  return Uint8Array.from([...bytes, bytes.slice(1).reduce((check, byte) => check ^ byte, 0)]);
}

export function pushTelegram(data: readonly string[], head = '/ESY5Q3DA1024 V3.04'): Uint8Array {
  return ascii(`${head}\r\n\r\n${lines(data)}!\r\n`);
}

/** Each character's parity in its first bit, as a line of eight bits hears seven with even parity. */
export function withEvenParity(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    const ones = byte.toString(2).replaceAll('0', '').length;
    return ones % 2 === 0 ? byte : byte | 0x80;
  });
}
