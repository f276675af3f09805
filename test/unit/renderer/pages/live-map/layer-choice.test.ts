import { expect, test } from 'vitest';
import { MAP_LAYERS, parseLayerChoice } from '../../../../../src/renderer/pages/live-map/layer-choice.ts';

test('everything is on until somebody switches it off', () => {
  expect(Object.values(parseLayerChoice(null))).toEqual(MAP_LAYERS.map(() => true));
  expect(parseLayerChoice('{"trail":false}')).toMatchObject({ trail: false, outline: true });
});

test.for(['', 'not json', 'null', '[]', '{"unknown":false,"trail":"x"}', '7'])(
  'what is stored may be broken: %s',
  (stored) => {
    expect(Object.keys(parseLayerChoice(stored))).toEqual([...MAP_LAYERS]);
  },
);
