/**
 * Seven bits and even parity (IEC 62056-21, 5.1), heard by a line that was set to eight bits: the parity then is each byte's
 * first bit, and is checked here. A line set to seven bits has checked it itself and hands over bytes below 128.
 */
export type SevenBits = { readonly text: Uint8Array; readonly parity: 'even' | 'stripped' | 'wrong' };

const IS_EVEN = Uint8Array.from({ length: 256 }, (_, byte) => {
  let ones = 0;
  for (let rest = byte; rest !== 0; rest >>= 1) ones += rest & 1;
  return ones % 2 === 0 ? 1 : 0;
});

/** All of a message's bytes at once, since one alone does not say whether it has a parity bit. */
export function stripParity(bytes: Uint8Array): SevenBits {
  if (bytes.every((byte) => byte < 0x80)) return { text: bytes, parity: 'stripped' };
  const isEven = bytes.every((byte) => IS_EVEN[byte] === 1);
  return { text: bytes.map((byte) => byte & 0x7f), parity: isEven ? 'even' : 'wrong' };
}
