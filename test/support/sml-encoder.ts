/**
 * Writes SML files as a meter does (SML 1.04), for tests: small, and nothing of it shared with the reader, its checksums
 * among them, which are made bit by bit here.
 */
const bytesOf = (number: bigint, size: number): number[] =>
  Array.from({ length: size }, (_, at) =>
    Number((BigInt.asUintN(8 * size, number) >> BigInt(8 * (size - 1 - at))) & 0xffn),
  );

/** Type and length, in as many bytes as the length takes. */
function head(type: number, length: number, countsItself: boolean): number[] {
  for (let size = 1; ; size += 1) {
    const told = countsItself ? length + size : length;
    if (told >= 16 ** size) continue;
    return Array.from({ length: size }, (_, at) => {
      const nibble = Math.floor(told / 16 ** (size - 1 - at)) % 16;
      return (at === size - 1 ? 0 : 0x80) | (at === 0 ? type << 4 : 0) | nibble;
    });
  }
}

export const octets = (bytes: ArrayLike<number> | string): number[] => {
  const content = typeof bytes === 'string' ? Array.from(bytes, (char) => char.codePointAt(0) ?? 0) : Array.from(bytes);
  return [...head(0, content.length, true), ...content];
};
export const unsigned = (number: number | bigint, size: number): number[] => [
  ...head(6, size, true),
  ...bytesOf(BigInt(number), size),
];
export const signed = (number: number | bigint, size: number): number[] => [
  ...head(5, size, true),
  ...bytesOf(BigInt(number), size),
];
export const boolean = (value: boolean): number[] => [0x42, value ? 0xff : 0];
export const list = (...items: readonly number[][]): number[] => [...head(7, items.length, false), ...items.flat()];
export const LEFT_OUT = [0x01];

export type ListEntry = {
  readonly obis: readonly number[];
  readonly value: number[];
  readonly unit?: number[];
  readonly scaler?: number[];
  readonly status?: number[];
  readonly time?: number[];
};

export type MessageChecksum = 'x25' | 'kermit';

export type SmlFileOptions = {
  readonly serverId?: ArrayLike<number> | string;
  readonly checksum?: MessageChecksum;
  readonly fileChecksum?: MessageChecksum;
};

export const SERVER_ID = [0x0a, 0x01, 0x49, 0x53, 0x4b, 0x00, 0x04, 0x03, 0xdf, 0x63];

/** Open, list and close, as a meter pushes them. */
export function smlFile(entries: readonly ListEntry[], options: SmlFileOptions = {}): Uint8Array {
  const { serverId = SERVER_ID, checksum = 'x25', fileChecksum = 'x25' } = options;
  const id = octets(serverId);
  const written = entries.map(
    ({ obis, value, unit = LEFT_OUT, scaler = LEFT_OUT, status = LEFT_OUT, time = LEFT_OUT }) =>
      list(octets(obis), status, time, unit, scaler, value, LEFT_OUT),
  );
  const sensorTime = list(unsigned(1, 1), unsigned(123_456, 4));
  const content = [
    message(1, 0x101, list(LEFT_OUT, LEFT_OUT, octets([1, 2, 3, 4]), id, LEFT_OUT, LEFT_OUT), checksum),
    message(
      2,
      0x701,
      list(LEFT_OUT, id, octets([1, 0, 98, 10, 255, 255]), sensorTime, list(...written), LEFT_OUT, LEFT_OUT),
      checksum,
    ),
    message(3, 0x201, list(LEFT_OUT), checksum),
  ].flat();
  return smlTransport(content, fileChecksum);
}

/** Messages are numbered, so that no two files are alike by accident. */
export function message(number: number, tag: number, body: number[], checksum: MessageChecksum = 'x25'): number[] {
  const parts = [octets([0x0f, number]), unsigned(0, 1), unsigned(0, 1), list(unsigned(tag, 2), body)];
  const covered = [0x76, ...parts.flat()];
  const crc = crcOf(covered, checksum);
  return [...covered, ...unsigned((crc & 0xff) * 256 + (crc >> 8), 2), 0];
}

const ESCAPE = [0x1b, 0x1b, 0x1b, 0x1b];

/** Fills up to four bytes, doubles escapes, and puts start, end and checksum around. */
export function smlTransport(content: readonly number[], checksum: MessageChecksum = 'x25'): Uint8Array {
  const filling = (4 - (content.length % 4)) % 4;
  const escaped: number[] = [];
  const filled = [...content, ...Array.from({ length: filling }, () => 0)];
  for (let at = 0; at < filled.length;) {
    const isEscape = ESCAPE.every((byte, index) => filled[at + index] === byte);
    if (isEscape) escaped.push(...ESCAPE, ...ESCAPE);
    else escaped.push(filled[at] ?? 0);
    at += isEscape ? 4 : 1;
  }
  const covered = [...ESCAPE, 1, 1, 1, 1, ...escaped, ...ESCAPE, 0x1a, filling];
  const crc = crcOf(covered, checksum);
  return Uint8Array.from([...covered, crc & 0xff, crc >> 8]);
}

function crcOf(bytes: readonly number[], checksum: MessageChecksum): number {
  const ends = checksum === 'x25' ? 0xffff : 0;
  let crc = ends;
  for (const byte of bytes)
    for (let bit = 0; bit < 8; bit += 1) {
      const isSet = ((crc ^ (byte >> bit)) & 1) === 1;
      crc = (crc >> 1) ^ (isSet ? 0x8408 : 0);
    }
  return crc ^ ends;
}
