/** One code, however it was written, and the present told from what is over. */
import { expect, test } from 'vitest';
import { isPast, obisOfBytes, obisOfText, obisText } from '../../../../../src/main/metering/codec/obis-code.ts';

test('six bytes and the full text are the same code', () => {
  const code = obisOfBytes(Uint8Array.of(1, 0, 16, 7, 0, 255));
  expect(code).toEqual(obisOfText('1-0:16.7.0*255'));
  expect(code && obisText(code)).toBe('1-0:16.7.0');
  expect(obisOfText('1-0:16.7.0')).toEqual(code);
});

test('the short form leaves medium and channel open', () => {
  expect(obisOfText('1.8.0')).toEqual({ a: undefined, b: undefined, c: 1, d: 8, e: 0, f: 255 });
  expect(obisOfText('6.8')).toMatchObject({ c: 6, d: 8, e: undefined });
  expect(obisOfText('F.F')).toMatchObject({ c: 97, d: 97 });
  expect(obisOfText('C.1.0')).toMatchObject({ c: 96, d: 1, e: 0 });
});

test.for(['', '1', '1-0:1', '256-0:1.8.0', '1.8.0*256', 'X.8.0', '1-0:1.8.0*', '1.8.0 ', 'a1.8.0'])(
  '“%s” is no code',
  (text) => {
    expect(obisOfText(text)).toBeUndefined();
  },
);

test.for([
  ['1-0:1.8.0*255', false],
  ['1-0:1.8.0', false],
  ['1-0:1.8.0*01', true],
  ['1.8.0*01', true],
  ['1.6.1&03', true],
  ['1-0:96.50.1*1', false],
] as const)('%s is over: %s', ([text, past]) => {
  const code = obisOfText(text);
  expect(code && isPast(code)).toBe(past);
});

test('seven bytes are none', () => {
  expect(obisOfBytes(new Uint8Array(7))).toBeUndefined();
});
