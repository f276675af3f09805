/**
 * What a value is of (IEC 62056-61, 4 and 5; DIN 43863-3 for the letters): medium A, channel B, quantity C, kind D, tariff E and
 * billing period F. Meters write it as six bytes, as text with all parts or in a short form without A, B and F.
 */
export type ObisCode = {
  /** Undefined in the short form, which leaves medium and channel to the meter's kind. */
  readonly a: number | undefined;
  readonly b: number | undefined;
  readonly c: number;
  readonly d: number;
  readonly e: number | undefined;
  /** 255 where none is named: the present. */
  readonly f: number;
};

/** C of the short form's letters. */
const LETTERS: Readonly<Record<string, number>> = { C: 96, F: 97, L: 98, P: 99 };

const FORM = /^(?:(\d{1,3})-(\d{1,3}):)?(\d{1,3}|[CFLP])\.(\d{1,3}|F)(?:\.(\d{1,3}))?(?:[*&](\d{1,3}))?$/u;

export function obisOfBytes(bytes: Uint8Array): ObisCode | undefined {
  if (bytes.length !== 6) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = bytes;
  return { a, b, c, d, e, f };
}

/** As it stands before a value in brackets: `1-0:1.8.0*255`, `1.8.0`, `1.6.1*03`, `F.F`, `6.8`. */
export function obisOfText(text: string): ObisCode | undefined {
  const [whole, a, b, c = '', d = '', e, f] = FORM.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const code = {
    a: a === undefined ? undefined : Number(a),
    b: b === undefined ? undefined : Number(b),
    c: LETTERS[c] ?? Number(c),
    d: LETTERS[d] ?? Number(d),
    e: e === undefined ? undefined : Number(e),
    f: f === undefined ? 255 : Number(f),
  };
  return Object.values(code).every((part) => part === undefined || part <= 255) ? code : undefined;
}

/** The billing period is named only where it is not the present one. */
export function obisText({ a, b, c, d, e, f }: ObisCode): string {
  const medium = a === undefined ? '' : `${a}-${b ?? 0}:`;
  return `${medium}${c}.${d}${e === undefined ? '' : `.${e}`}${f === 255 ? '' : `*${f}`}`;
}

/** A quantity that was measured, and no name, clock or event. */
export function isQuantity({ a, c }: ObisCode): boolean {
  return a !== 0 && c >= 1 && c < 94;
}

/** The register of a billing period that is over, which must not be taken for the meter's present one. */
export function isPast(code: ObisCode): boolean {
  return code.f !== 255 && isQuantity(code);
}
