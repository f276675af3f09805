/**
 * Frames of Modbus RTU as a slave makes and checks them (MODBUS over Serial Line V1.02, 2.5.1 and 6.2.2), written from the
 * standard alone: whatever the console gets wrong must not be wrong here in the same way.
 */
const POLYNOMIAL = 0xa001;

/** The CRC of 6.2.2, in the order of the wire: low byte first. */
export function rtuCrc(bytes: Uint8Array): [low: number, high: number] {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  }
  return [crc & 0xff, crc >>> 8];
}

export function sealFrame(body: Uint8Array): Uint8Array {
  return Uint8Array.from([...body, ...rtuCrc(body)]);
}

/** The frame without its CRC, or undefined when it is no frame. */
export function openFrame(frame: Uint8Array): Uint8Array | undefined {
  // 4 to 256 bytes: address, function code, CRC and what lies between (2.5.1).
  if (frame.length < 4 || frame.length > 256) return undefined;
  const body = frame.subarray(0, frame.length - 2);
  const [low, high] = rtuCrc(body);
  return frame[frame.length - 2] === low && frame[frame.length - 1] === high ? body : undefined;
}
