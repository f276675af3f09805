/**
 * Finds the one record, and the tariffs, in a file from anywhere: bare, in a list, in the envelope of an OCPI answer, or under a name.
 * What is told apart is told by its fields, since files do not say what they hold.
 */
import { readFileSync } from 'node:fs';
import { ToolError } from '../tool-definition.ts';
import { parseExactJson } from './exact-json.ts';
import { isObject } from './loose-fields.ts';

const UNREADABLE = 2;
/** Longer names first: what wraps, then what is wrapped. */
const WRAPPERS = ['data', 'result', 'items', 'cdr', 'CDR', 'cdrs', 'session', 'sessions', 'tariff', 'tariffs'] as const;
const DEEPEST = 5;

type Document = Record<string, unknown>;

/** @throws ToolError where it cannot be read or is no JSON */
export function readDocument(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError('file-unreadable', `${file} cannot be read: ${why}. Name another file.`, UNREADABLE);
  }
  try {
    return parseExactJson(text.replace(/^\uFEFF/u, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ToolError('not-json', `${file} is no JSON: ${why}. Export it again.`, UNREADABLE);
  }
}

/** @throws ToolError where there is none, or more than one */
export function findRecord(document: unknown, file: string): Document {
  const [found, ...more] = findAll(document, isRecord, 0);
  if (found === undefined)
    throw new ToolError(
      'no-record',
      `${file} holds neither a CDR nor a session: nothing in it has charging_periods, or a beginning and an amount. Name the file of a record.`,
      UNREADABLE,
    );
  if (more.length > 0)
    throw new ToolError(
      'several-records',
      `${file} holds ${more.length + 1} records, and one is priced at a time. Put each into its own file.`,
      UNREADABLE,
    );
  return found;
}

/** Tariffs that lie beside the record, not in it. */
export function findTariffsBeside(document: unknown): readonly Document[] {
  return findAll(document, isTariff, 0, isRecord);
}

/** @throws ToolError where there is none */
export function findTariffs(document: unknown, file: string): readonly Document[] {
  const beside = findTariffsBeside(document);
  // Another record may be named for the sake of the tariffs in it.
  const found = beside.length > 0 ? beside : findAll(document, isTariff, 0);
  if (found.length > 0) return found;
  throw new ToolError(
    'no-tariff',
    `${file} holds no tariff: nothing in it has elements. Name the file of a tariff or of a list of tariffs.`,
    UNREADABLE,
  );
}

function isRecord(value: Document): boolean {
  return 'charging_periods' in value || 'total_cost' in value || ('start_date_time' in value && 'kwh' in value);
}

function isTariff(value: Document): boolean {
  return 'elements' in value;
}

type Is = (value: Document) => boolean;

function findAll(value: unknown, is: Is, depth: number, isClosed: Is = () => false): readonly Document[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((one: unknown) => findAll(one, is, depth + 1, isClosed));
  if (!isObject(value) || isClosed(value)) return [];
  if (is(value)) return [value];
  return WRAPPERS.flatMap((name) => (name in value ? findAll(value[name], is, depth + 1, isClosed) : []));
}
