import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isJsonNumber,
  isJsonObject,
  readJsonObject,
  type JsonValue,
} from '../../../../../../src/main/metering/signed/ocmf/json-text.ts';

/** As `JSON.parse` gives it. */
function plain(value: JsonValue): unknown {
  if (isJsonNumber(value)) return Number(value.number);
  if (isJsonObject(value)) return Object.fromEntries([...value].map(([name, inner]) => [name, plain(inner)]));
  return Array.isArray(value) ? (value as readonly JsonValue[]).map(plain) : value;
}

test('reads what JSON.parse reads, wherever the object stands', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.string({ unit: 'binary' }).filter((name) => name !== '__proto__'),
        fc.jsonValue({ maxDepth: 4 }),
      ),
      fc.nat({ max: 3 }),
      (object, indent) => {
        const text = JSON.stringify(object, undefined, indent);
        const read = readJsonObject(`before|${text}|behind`, 7);
        expect(read.ok && read.value.end).toBe(7 + text.length);
        expect(read.ok && plain(read.value.object)).toEqual(JSON.parse(text));
      },
    ),
  );
});

test('a number stays as it was written', () => {
  const read = readJsonObject('{"RV":1241.9250,"E":1.0e-2}', 0);
  expect(read.ok && [...read.value.object.values()]).toEqual([{ number: '1241.9250' }, { number: '1.0e-2' }]);
});

describe('refuses', () => {
  test.each([
    '',
    '[]',
    '{',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a":01}',
    '{"a":+1}',
    '{"a":.5}',
    '{"a":NaN}',
    '{"a":"\u0001"}',
    '{"a":"\\x41"}',
    '{"a":"\\u12"}',
    '{"a":"',
    '{"a":1,"a":1}',
    `{"a":${'['.repeat(9)}${']'.repeat(9)}}`,
  ])('%j', (text) => {
    expect(readJsonObject(text, 0).ok).toBe(false);
  });
});
