/**
 * The checksums of meters' messages: reflected CRCs of 16 bits. SML has polynomial 1021 (DIN EN 62056-46, annex A), as X-25 or,
 * with some meters, as Kermit, which starts from nought and inverts nothing; P1 has 8005 from nought (DSMR P1 5.0.2, 5.2).
 */
export type Crc16 = (bytes: Uint8Array) => number;

export const crcX25: Crc16 = reflectedCrc16(0x8408, 0xffff, 0xffff);
export const crcKermit: Crc16 = reflectedCrc16(0x8408, 0, 0);
export const crcArc: Crc16 = reflectedCrc16(0xa001, 0, 0);

function reflectedCrc16(polynomial: number, start: number, invert: number): Crc16 {
  const table = Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
    return crc;
  });
  return (bytes) => {
    let crc = start;
    for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
    return crc ^ invert;
  };
}
