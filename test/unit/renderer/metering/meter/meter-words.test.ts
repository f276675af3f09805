import { expect, test } from 'vitest';
import {
  answeredShare,
  energyKwh,
  lostQuestions,
  measured,
  powerKw,
  sharePercent,
} from '../../../../../src/renderer/metering/meter/meter-words.ts';
import { madeMeter } from '../../../../support/made-meter.ts';

test('what a meter did not say is a dash, never a zero', () => {
  expect([powerKw(undefined), energyKwh(undefined), measured(undefined, 1)]).toEqual(['–', '–', '–']);
  expect(powerKw(0)).toBe('0.0');
});

test('power keeps its width around a hundred kilowatts, and says its direction', () => {
  expect(powerKw(412_400)).toBe('412');
  expect(powerKw(99_949)).toBe('99.9');
  expect(powerKw(99_951)).toBe('100');
  expect(powerKw(-12_340)).toBe('\u221212.3');
  expect(powerKw(-20)).toBe('0.0');
  expect(powerKw(1_495_000)).toBe('1,495');
});

test('the share is of the questions that have ended, and a hundred only where none was lost', () => {
  const { health } = madeMeter({}, { asked: 1001, answered: 999, timedOut: 1 });
  expect(lostQuestions(health)).toBe(1);
  expect(sharePercent(answeredShare(health))).toBe('99.9');
  expect(sharePercent(0.99999)).toBe('99.9');
  expect(sharePercent(1)).toBe('100');
  expect(sharePercent(answeredShare(madeMeter({}, { asked: 1, answered: 0 }).health))).toBe('–');
});
