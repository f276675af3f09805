/**
 * UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then 74 random bits. Sorts by time of making.
 * Used for `commandId`, which the renderer makes so that a double click is one command.
 */
export function makeUuidV7(nowMs: number, randomBytes: Uint8Array): string {
  const bytes = randomBytes.slice(0, 16);
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(nowMs / 2 ** (40 - 8 * index)) & 0xff;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
