import { describe, expect, test } from 'vitest';
import type { DemandSignal } from '../../../../src/shared/domain/insight/demand-signal.ts';
import {
  hiddenWords,
  hoursInWords,
  kindsOf,
  newestByCell,
  severityOf,
} from '../../../../src/renderer/insight/gap-words.ts';

describe('a gap in words', () => {
  test('begins its next grey at five, ten and twenty failures', () => {
    expect([3, 4, 5, 9, 10, 19, 20, 900].map((count) => severityOf({ count }))).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });

  test('names the most frequent kind first', () => {
    expect(kindsOf({ byKind: { detour: 1, queue: 4, 'evse-broken': 2 } }).map(([kind]) => kind)).toEqual([
      'queue',
      'evse-broken',
      'detour',
    ]);
  });

  test('reads its hours to those who cannot see bars', () => {
    const byHour = Array.from({ length: 24 }, (_, hour) => ({ 7: 2, 23: 1 })[hour] ?? 0);
    expect(hoursInWords(byHour)).toBe('Failures by local hour: 07:00 2, 23:00 1');
  });

  test('says what was held back, and nothing where nothing was', () => {
    expect(hiddenWords(0, 3)).toBe('');
    expect(hiddenWords(1, 3)).toContain('One more cell has fewer than 3 failures');
    expect(hiddenWords(2, 5)).toContain('2 more cells have fewer than 5 failures');
  });
});

test('the newest review of a cell is the one that counts, in whatever order they come', () => {
  const signal = (signalId: string, cell: string, reviewedAtMs: number) =>
    ({ signalId, cell, reviewedAtMs }) as DemandSignal;
  const told = [signal('a', 'x', 1), signal('b', 'x', 3), signal('c', 'x', 2), signal('d', 'y', 1)];
  for (const order of [told, told.toReversed()]) {
    const newest = newestByCell(order);
    expect([...newest.values()].map(({ signalId }) => signalId).toSorted()).toEqual(['b', 'd']);
  }
});
