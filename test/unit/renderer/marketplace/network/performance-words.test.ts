import { describe, expect, test } from 'vitest';
import type { PerformanceRow } from '../../../../../src/shared/domain/marketplace/performance.ts';
import {
  deliveredFigure,
  doubtFigure,
  downFigure,
  priceFigure,
  startFigure,
} from '../../../../../src/renderer/marketplace/network/performance-words.ts';

const row = (change: Partial<PerformanceRow> = {}): PerformanceRow => ({
  key: 'DE*TST',
  name: 'Net',
  parentName: undefined,
  evses: 2,
  starts: 0,
  startsDone: 0,
  startsUnknown: 0,
  sessions: 0,
  energyKwh: 0,
  deliveredShare: undefined,
  deliveredSessions: 0,
  downShare: undefined,
  knownShare: 0,
  pricePerKwh: undefined,
  currency: undefined,
  records: 0,
  recordsInDoubt: 0,
  tariffChanges: 0,
  lastTariffChangeAtMs: undefined,
  ...change,
});

describe('a figure of a network', () => {
  test('is a dash with its reason where nothing was seen', () => {
    for (const figure of [startFigure, deliveredFigure, downFigure, priceFigure, doubtFigure]) {
      const { text, tip, isFew } = figure(row());
      expect([text, isFew]).toEqual(['—', true]);
      expect(tip).not.toBe('');
    }
  });

  test('leaves starts of unknown outcome out of the share and says so', () => {
    const figure = startFigure(row({ starts: 34, startsDone: 31, startsUnknown: 2 }));
    expect(figure).toMatchObject({ text: '96.9 % · 31 of 32', isFew: false });
    expect(figure.tip).toContain('2 more the outcome is not known');
    expect(startFigure(row({ starts: 2, startsUnknown: 2 })).text).toBe('—');
  });

  test('of few cases has no percentage', () => {
    expect(startFigure(row({ starts: 9, startsDone: 8 }))).toMatchObject({ text: '8 of 9', isFew: true });
    expect(startFigure(row({ starts: 10, startsDone: 8 }))).toMatchObject({ text: '80.0 % · 8 of 10', isFew: false });
  });

  test('never rounds a failure away', () => {
    expect(startFigure(row({ starts: 10_000, startsDone: 9_999 })).text).toBe('99.9 % · 9,999 of 10,000');
    expect(doubtFigure(row({ records: 10_000, recordsInDoubt: 1 })).text).toBe('0.1 % · 1 of 10,000');
  });

  test('looks small where too little of the window is known', () => {
    expect(downFigure(row({ downShare: 0.2, knownShare: 0.4 })).isFew).toBe(true);
    expect(downFigure(row({ downShare: 0.2, knownShare: 0.9 }))).toMatchObject({ text: '20.0 %', isFew: false });
  });

  test('writes the price from its decimal text', () => {
    expect(priceFigure(row({ records: 12, pricePerKwh: '0.3333', currency: 'EUR' }))).toMatchObject({
      text: '0.3333 EUR',
      isFew: false,
    });
  });
});
