import { expect, test } from 'vitest';
import {
  componentNotes,
  componentWords,
  dayWords,
  lineWord,
  restrictionWords,
  secondsWords,
} from '../../../../src/renderer/tariff/tariff-words.ts';
import { NO_RESTRICTIONS } from '../../../support/made-tariff.ts';
import { traceLine } from '../../../support/priced-charge.ts';

test('days that follow each other are a span, others a list', () => {
  expect(dayWords(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'])).toBe('Mon to Fri');
  expect(dayWords(['SUNDAY', 'SATURDAY'])).toBe('Sat, Sun');
  expect(dayWords(['MONDAY', 'WEDNESDAY', 'FRIDAY'])).toBe('Mon, Wed, Fri');
});

test('each condition has its words, its lower bound in and its upper out', () => {
  expect(restrictionWords(undefined)).toEqual([]);
  expect(
    restrictionWords({
      ...NO_RESTRICTIONS,
      daysOfWeek: ['SATURDAY'],
      startTime: '22:00',
      endTime: '06:00',
      minKwh: '20',
      maxPower: '32.00',
      minDurationS: 14_400,
      reservation: 'RESERVATION_EXPIRES',
    }),
  ).toEqual([
    'when a reservation expires unused',
    'Sat',
    '22:00 to 06:00',
    'from 20 kWh on',
    'before 32.00 kW',
    'from 4 h into the session on',
  ]);
});

test('a duration is said in the units it has', () => {
  expect(secondsWords(45)).toBe('45 s');
  expect(secondsWords(90)).toBe('90 s');
  expect(secondsWords(1800)).toBe('30 min');
  expect(secondsWords(5400)).toBe('1 h 30 min');
});

test('a price says what it is for, its tax, and its step', () => {
  const parking = { type: 'PARKING_TIME', price: '5.00', vatPercent: '10', stepSize: 300 } as const;
  expect(componentWords(parking, 'EUR')).toBe('5.00 EUR an hour of parking');
  expect(componentNotes(parking)).toBe('10 % tax, in steps of 5 min');
  expect(componentNotes({ type: 'ENERGY', price: '0.25', vatPercent: undefined, stepSize: 1 })).toBe('no tax stated');
});

test('a line of the trace says what it bills', () => {
  expect(lineWord(traceLine({ dimension: 'ENERGY' }))).toBe('Energy');
  expect(lineWord(traceLine({ dimension: 'TIME', isReservation: true }))).toBe('Reservation, charging time');
  expect(lineWord(traceLine({ kind: 'step', dimension: 'PARKING_TIME' }))).toBe('Parking, rounded up to the step');
  expect(lineWord(traceLine({ kind: 'minimum', dimension: undefined }))).toBe('Raised to the least price');
});
