/**
 * JSON (RFC 8259) as it was signed: numbers stay the text they were written as, since OCMF forbids rewriting a reading, and an object
 * is a map, so that no name in it means anything to JavaScript. Stricter than `JSON.parse` in one thing: a name that occurs twice is
 * refused, because two readers would believe two readings. Depth is bounded; the caller bounds the length.
 */
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';

export type JsonNumber = { readonly number: string };
export type JsonObject = ReadonlyMap<string, JsonValue>;
export type JsonValue = string | boolean | null | JsonNumber | JsonObject | readonly JsonValue[];

const MOST_DEPTH = 8;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/uy;
const SPACE = /[ \t\n\r]*/uy;
/** `unescaped` of RFC 8259, 7. */
const PLAIN = /[ !#-[\]-\u{10FFFF}]*/uy;
const HEX = /[0-9a-fA-F]{4}/uy;
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map;
}

export function isJsonNumber(value: JsonValue | undefined): value is JsonNumber {
  return typeof value === 'object' && value !== null && 'number' in value;
}

/** The object that begins at `from`, spaces before it skipped, and where the text goes on behind it. */
export function readJsonObject(
  text: string,
  from: number,
): Result<{ readonly object: JsonObject; readonly end: number }, 'malformed'> {
  let at = from;

  /** What is wrong, said once: the first cause is the one that helps. */
  let fault: string | undefined;
  function fail(what: string): undefined {
    fault ??= `${what} at character ${at + 1}`;
    return undefined;
  }

  function take(pattern: RegExp): string {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    at += found.length;
    return found;
  }

  function skip(character: string): boolean {
    take(SPACE);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function readValue(depth: number): JsonValue | undefined {
    take(SPACE);
    const first = text[at];
    if (depth > MOST_DEPTH) return fail(`nesting deeper than ${MOST_DEPTH}`);
    if (first === '{') return readObject(depth);
    if (first === '[') return readArray(depth);
    if (first === '"') return readString();
    for (const [word, value] of WORDS)
      if (text.startsWith(word, at)) {
        at += word.length;
        return value;
      }
    const number = take(NUMBER);
    return number === '' ? fail('no JSON value') : { number };
  }

  function readObject(depth: number): JsonObject | undefined {
    const members = new Map<string, JsonValue>();
    if (!skip('{')) return fail('no “{”');
    if (skip('}')) return members;
    do {
      take(SPACE);
      const name = readString();
      if (name === undefined) return undefined;
      if (members.has(name)) return fail(`“${name.slice(0, 20)}” for the second time`);
      if (!skip(':')) return fail('no “:”');
      const value = readValue(depth + 1);
      if (value === undefined) return undefined;
      members.set(name, value);
    } while (skip(','));
    return skip('}') ? members : fail('no “}”');
  }

  function readArray(depth: number): readonly JsonValue[] | undefined {
    const items: JsonValue[] = [];
    if (!skip('[')) return fail('no “[”');
    if (skip(']')) return items;
    do {
      const value = readValue(depth + 1);
      if (value === undefined) return undefined;
      items.push(value);
    } while (skip(','));
    return skip(']') ? items : fail('no “]”');
  }

  function readString(): string | undefined {
    if (!skip('"')) return fail('no “"”');
    let whole = take(PLAIN);
    while (text[at] === '\\') {
      const letter = text[at + 1] ?? '';
      at += 2;
      const escaped = letter === 'u' ? readCodeUnit() : ESCAPES.get(letter);
      if (escaped === undefined) return fail('an unknown escape');
      whole += escaped + take(PLAIN);
    }
    if (text[at] !== '"') return fail('a control character, or no end of a text');
    at += 1;
    return whole;
  }

  function readCodeUnit(): string | undefined {
    const hex = take(HEX);
    return hex === '' ? undefined : String.fromCharCode(Number.parseInt(hex, 16));
  }

  const value = readValue(1);
  if (!isJsonObject(value)) return refuse('malformed', fault ?? 'no object');
  return accept({ object: value, end: at });
}
