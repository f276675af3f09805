/** A recorded Modbus line written by hand, with a checksum of its own: questions and answers as they stand on the wire. */

/** A question for these registers and the answer to it, two bytes each. */
export function exchange(unit: number, functionCode: number, firstRegister: number, words: readonly number[]): Buffer {
  return Buffer.concat([
    askFor(unit, functionCode, firstRegister, words.length),
    framed([unit, functionCode, 2 * words.length, ...words.flatMap((word) => [word >> 8, word & 0xff])]),
  ]);
}

export function askFor(unit: number, functionCode: number, firstRegister: number, count: number): Buffer {
  return framed([unit, functionCode, firstRegister >> 8, firstRegister & 0xff, count >> 8, count & 0xff]);
}

export function refuseIt(unit: number, functionCode: number, exceptionCode: number): Buffer {
  return framed([unit, functionCode | 0x80, exceptionCode]);
}

/** Registers by their address, those between them zero: what a meter holds, for `slice`. */
export function registersFrom(
  first: number,
  count: number,
  held: Readonly<Record<number, readonly number[]>>,
): number[] {
  const words = Array.from({ length: count }, () => 0);
  for (const [register, value] of Object.entries(held))
    for (const [index, word] of value.entries()) {
      const at = Number(register) + index - first;
      if (at >= 0 && at < count) words[at] = word;
    }
  return words;
}

export function floatWords(value: number): number[] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return [view.getUint16(0), view.getUint16(2)];
}

/** High word first, two's complement. */
export function wholeWords(value: bigint, count: 1 | 2 | 4): number[] {
  const bits = BigInt.asUintN(16 * count, value);
  return Array.from({ length: count }, (_, index) => Number((bits >> BigInt(16 * (count - 1 - index))) & 0xffffn));
}

function framed(body: readonly number[]): Buffer {
  let crc = 0xffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return Buffer.from([...body, crc & 0xff, crc >> 8]);
}
