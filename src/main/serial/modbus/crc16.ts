/** The checksum of an RTU frame (MODBUS over Serial Line V1.02, 6.2.2): CRC-16, reflected, polynomial A001, start FFFF. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  return crc;
});

export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return crc;
}

/** `bytes` with their checksum behind them, low byte first. */
export function withCrc(bytes: ArrayLike<number>): Uint8Array {
  const frame = new Uint8Array(bytes.length + 2);
  frame.set(bytes);
  const crc = crc16(frame.subarray(0, bytes.length));
  frame[bytes.length] = crc & 0xff;
  frame[bytes.length + 1] = crc >>> 8;
  return frame;
}

/** The checksum of a frame together with its own is nought. */
export function hasValidCrc(frame: Uint8Array): boolean {
  return frame.length > 2 && crc16(frame) === 0;
}
