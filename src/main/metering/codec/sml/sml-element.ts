/**
 * SML's encoding of a value (SML 1.04, 6.2): a byte of type and length before each, more of them for long ones. A list has its
 * number of elements for length, everything else its bytes, the length's own among them.
 */
export type SmlElement = { readonly at: number; readonly end: number } & (
  | { readonly kind: 'octets'; readonly bytes: Uint8Array }
  | { readonly kind: 'boolean' | 'signed' | 'unsigned'; readonly bytes: Uint8Array }
  | { readonly kind: 'list'; readonly items: readonly SmlElement[] }
);

/** A file has five at most, so that no bytes can make this call itself without end. */
const MOST_DEPTH = 12;
const MOST_LENGTH_BYTES = 4;
const KINDS: Readonly<Record<number, SmlElement['kind']>> = {
  0: 'octets',
  4: 'boolean',
  5: 'signed',
  6: 'unsigned',
  7: 'list',
};

/** The element that begins at `at`; undefined where none can. */
export function readElement(bytes: Uint8Array, at: number, depth = 0): SmlElement | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0 || depth > MOST_DEPTH) return undefined;
  const kind = KINDS[(first >> 4) & 0x7];
  let length = first & 0xf;
  let next = at + 1;
  for (let byte = first; byte & 0x80; next += 1) {
    byte = bytes[next] ?? 0xff;
    if ((byte & 0x70) !== 0 || next - at >= MOST_LENGTH_BYTES) return undefined;
    length = length * 16 + (byte & 0xf);
  }
  if (kind === undefined) return undefined;
  if (kind === 'list') return readList(bytes, { at, next, length, depth });
  const end = at + length;
  if (end < next || end > bytes.length) return undefined;
  return { kind, at, end, bytes: bytes.subarray(next, end) };
}

type ListHead = { readonly at: number; readonly next: number; readonly length: number; readonly depth: number };

function readList(bytes: Uint8Array, { at, next, length, depth }: ListHead): SmlElement | undefined {
  const items: SmlElement[] = [];
  let end = next;
  while (items.length < length) {
    const item = readElement(bytes, end, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    end = item.end;
  }
  return { kind: 'list', at, end, items };
}

/** An optional element that is left out is an octet string of no length (6.2.1). */
export function isLeftOut(element: SmlElement | undefined): boolean {
  return element?.kind === 'octets' && element.bytes.length === 0;
}

export function listOf(element: SmlElement | undefined, length?: number): readonly SmlElement[] | undefined {
  if (element?.kind !== 'list') return undefined;
  return length === undefined || element.items.length === length ? element.items : undefined;
}

export function octetsOf(element: SmlElement | undefined): Uint8Array | undefined {
  return element?.kind === 'octets' ? element.bytes : undefined;
}

/** Of any length up to 64 bits: meters leave out leading bytes that say nothing. */
export function integerOf(element: SmlElement | undefined): bigint | undefined {
  if (element?.kind !== 'signed' && element?.kind !== 'unsigned') return undefined;
  const unsigned = unsignedOf(element.bytes);
  return unsigned === undefined || element.kind === 'unsigned'
    ? unsigned
    : BigInt.asIntN(8 * element.bytes.length, unsigned);
}

export function unsignedOf(bytes: Uint8Array): bigint | undefined {
  if (bytes.length === 0 || bytes.length > 8) return undefined;
  let number = 0n;
  for (const byte of bytes) number = number * 256n + BigInt(byte);
  return number;
}
