import { expect, test } from 'vitest';
import { mixColours, parseColour } from '../../../../../src/renderer/instruments/map/map-colours.ts';

test('a colour is read as it is written in the tokens', () => {
  expect(parseColour('#8a9199')).toEqual([0x8a, 0x91, 0x99]);
});

test('a mixture lies between its parts', () => {
  expect(mixColours('#000000', '#ffffff', 0)).toBe('#000000');
  expect(mixColours('#000000', '#ffffff', 1)).toBe('#ffffff');
  expect(mixColours('#102030', '#304050', 0.5)).toBe('#203040');
});
