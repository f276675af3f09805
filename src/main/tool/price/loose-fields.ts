/**
 * Reads one object of a document from outside field by field, more kindly than the link: null and empty text are no value, a number may be
 * text, words may be in any case. Whatever was forgiven is noted once with the field's name; what cannot be forgiven ends in an error
 * that names the place.
 */
import { ToolError } from '../tool-definition.ts';
import { SentNumber } from './exact-json.ts';

const UNREADABLE = 2;
const NUMBER = /^[+-]?\d+(\.\d+)?$/u;
const INSTANT = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*([Zz]|[+-]\d\d(?::?\d\d)?)?$/u;

/** Forgiven oddities by code, each with the fields that showed it. */
export type Notes = Map<string, Set<string>>;

export type Fields = {
  readonly path: string;
  readonly has: (name: string) => boolean;
  readonly raw: (name: string) => unknown;
  readonly text: (name: string) => string | undefined;
  readonly word: <W extends string>(name: string, words: readonly W[]) => W | undefined;
  /** Decimal text without exponent. */
  readonly number: (name: string) => string | undefined;
  /** RFC 3339 with a zone. */
  readonly instant: (name: string) => string | undefined;
  readonly flag: (name: string) => boolean | undefined;
  readonly object: (name: string) => Fields | undefined;
  readonly objects: (name: string) => readonly Fields[] | undefined;
  readonly note: (code: string, name: string) => void;
};

export function unreadable(path: string, what: string): ToolError {
  return new ToolError('field-unreadable', `${path} ${what}. Correct it in the file and price it again.`, UNREADABLE);
}

export function required<T>(value: T | undefined, fields: Fields, name: string): T {
  if (value !== undefined) return value;
  throw new ToolError(
    'field-missing',
    `${fields.path}.${name} is missing, and nothing can be priced without it. Add it to the file and price it again.`,
    UNREADABLE,
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof SentNumber);
}

export function openFields(value: unknown, path: string, notes: Notes): Fields {
  if (!isObject(value)) throw unreadable(path, 'is no object');
  const at = (name: string) => `${path}.${name}`;
  const raw = (name: string): unknown => {
    const found = value[name];
    return found === null || found === '' ? undefined : found;
  };
  const note = (code: string, name: string): void => {
    const fields = notes.get(code) ?? new Set<string>();
    // The same field of a hundred periods is one oddity.
    notes.set(code, fields.add(at(name).replaceAll(/\[\d+\]/gu, '[]')));
  };

  function text(name: string): string | undefined {
    const found = raw(name);
    if (found === undefined || typeof found === 'string') return found?.trim();
    if (!(found instanceof SentNumber)) throw unreadable(at(name), 'is no text');
    note('text-as-number', name);
    return found.text;
  }

  function word<W extends string>(name: string, words: readonly W[]): W | undefined {
    const found = text(name);
    if (found === undefined) return undefined;
    const known = words.find((one) => one === found.toUpperCase());
    if (known === undefined) throw unreadable(at(name), `is “${found}”, which is none of ${words.join(', ')}`);
    if (known !== found) note('word-in-lower-case', name);
    return known;
  }

  function number(name: string): string | undefined {
    const found = raw(name);
    if (found === undefined) return undefined;
    if (found instanceof SentNumber) return found.text;
    const trimmed = typeof found === 'string' ? found.trim() : '';
    if (!NUMBER.test(trimmed)) throw unreadable(at(name), 'is no number');
    note('number-as-text', name);
    return trimmed.replace(/^\+/u, '');
  }

  function instant(name: string): string | undefined {
    const found = text(name);
    if (found === undefined) return undefined;
    const [, date = '', time = '', fraction = '', zone] = INSTANT.exec(found) ?? [];
    const seconds = time.length === 5 ? `${time}:00` : time;
    const read = `${date}T${seconds}${fraction.slice(0, 10)}${writeZone(zone)}`;
    if (!Number.isFinite(Date.parse(read))) throw unreadable(at(name), `is “${found}”, which is no date and time`);
    if (zone === undefined) note('instant-without-zone', name);
    return read;
  }

  function flag(name: string): boolean | undefined {
    const found = raw(name);
    if (found === undefined || typeof found === 'boolean') return found;
    throw unreadable(at(name), 'is neither true nor false');
  }

  function objects(name: string): readonly Fields[] | undefined {
    const found = raw(name);
    if (found === undefined) return undefined;
    if (isObject(found)) note('object-for-list', name);
    const list = isObject(found) ? [found] : found;
    if (!Array.isArray(list)) throw unreadable(at(name), 'is no list');
    return list.map((one: unknown, index) => openFields(one, `${at(name)}[${index}]`, notes));
  }

  return {
    path,
    has: (name) => raw(name) !== undefined,
    raw,
    text,
    word,
    number,
    instant,
    flag,
    object: (name) => (raw(name) === undefined ? undefined : openFields(raw(name), at(name), notes)),
    objects,
    note,
  };
}

/** A missing zone is UTC (OCPI 2.2.1, 16.2). */
function writeZone(zone: string | undefined): string {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 'Z';
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return `${zone.slice(0, 1)}${digits.slice(0, 2)}:${digits.slice(2)}`;
}
