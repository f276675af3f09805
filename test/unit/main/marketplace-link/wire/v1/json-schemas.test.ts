/** The committed JSON Schemas are those of the zod schemas, file for file, and the protocol page's examples fit them. */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { item } from '../../../../../../src/main/marketplace-link/wire/v1/envelope.ts';
import { itemKinds } from '../../../../../../src/main/marketplace-link/wire/v1/item-kinds.ts';
import { jsonSchemas, MESSAGES } from '../../../../../../src/main/marketplace-link/wire/v1/json-schemas.ts';

const folder = path.resolve(import.meta.dirname, '../../../../../../src/main/marketplace-link/wire/v1/json-schema');

test('the committed files are up to date; if not, run: node scripts/write-json-schemas.mjs', async () => {
  const written = jsonSchemas();
  const found = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.json'));
  expect(found.toSorted()).toEqual(Object.keys(written).toSorted());
  const committed: Record<string, string> = {};
  for (const file of found) committed[file] = await readFile(path.join(folder, file), 'utf8');
  expect(committed).toEqual(written);
});

// protocol.md: every example fits its schema, names nothing the schema does not know, and none is missing.
const page = readFileSync(path.resolve(folder, '../../../protocol.md'), 'utf8');
const blocks = [...page.matchAll(/^```json (\S+)\n(.*?)^```$/gmsu)].map(([, name = '', text = '']) => ({ name, text }));
const kinds: Record<string, z.ZodType> = Object.assign({}, ...Object.values(itemKinds));

/** One value, values a line each, or values parted by empty lines. */
function readValues(text: string): unknown[] {
  const pieces = text.includes('\n\n') ? text.split('\n\n') : [text];
  try {
    return pieces.map((piece) => JSON.parse(piece) as unknown);
  } catch {
    return text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }
}

const messages = blocks.flatMap(({ name, text }) =>
  name.startsWith('messages/')
    ? readValues(text).map((value) => ({ name: name.slice('messages/'.length), value }))
    : [],
);
const items = blocks
  .filter(({ name }) => name === 'items')
  .flatMap(({ text }) => readValues(text).map((value) => item.parse(value)));

test('every code block names its schema, and every message and kind has its example', () => {
  expect(page.match(/^```/gmu)).toHaveLength(blocks.length * 2);
  expect(new Set(messages.map(({ name }) => name))).toEqual(new Set(Object.keys(MESSAGES)));
  expect(items.map(({ kind }) => kind).toSorted()).toEqual(Object.keys(kinds).toSorted());
});

// Parsing drops unknown fields, so what comes out equal named none.
test.for(messages.map(({ name, value }) => [name, value] as const))('%s', ([name, value]) =>
  expect(MESSAGES[name as keyof typeof MESSAGES].parse(value)).toEqual(value),
);

test.for(items.map(({ kind, body }) => [kind, body] as const))('%s', ([kind, body]) => {
  expect(kinds[kind]?.parse(body)).toEqual(body);
});

test.for(items.flatMap(({ kind, body }) => (kind === 'session.patch' ? [] : [[kind, body] as const])))(
  'the example of %s has every field',
  ([kind, body]) =>
    expect(Object.keys(body as object).toSorted()).toEqual(Object.keys((kinds[kind] as z.ZodObject).shape).toSorted()),
);
