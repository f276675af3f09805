import { describe, expect, test } from 'vitest';
import {
  findInGroups,
  fold,
  type PaletteGroup,
  type PaletteItem,
} from '../../../../../src/renderer/shell/palette/palette-items.ts';

const item = (title: string, note = '', keywords = ''): PaletteItem => ({
  id: title,
  title,
  note,
  keywords,
  run: () => {},
});
const group = (name: string, items: readonly PaletteItem[], shownUnasked = false): PaletteGroup => ({
  name,
  shownUnasked,
  items: () => items,
});

const vehicles = group(
  'Vehicles',
  Array.from({ length: 10_000 }, (_, number) => item(`KA-01 E ${String(number).padStart(4, '0')}`, 'eVan')),
);
const commands = group('Commands', [item('Theme: dark'), item('Demo speed ×10', '', 'x10 faster')], true);

describe('the palette', () => {
  test('folds case, accents, spaces and hyphens', () => {
    expect(fold('KA-01 E 2217')).toBe('ka01e2217');
    expect(fold('Öst')).toBe('ost');
  });

  test('shows pages and commands before anything is typed, and no vehicle', () => {
    expect(findInGroups([vehicles, commands], ' ').map(({ name }) => name)).toEqual(['Commands']);
  });

  test('finds a registration however it is typed', () => {
    expect(findInGroups([vehicles, commands], 'ka01e2217')[0]?.items[0]?.title).toBe('KA-01 E 2217');
    expect(findInGroups([vehicles, commands], '2217')[0]?.items[0]?.title).toBe('KA-01 E 2217');
  });

  test('never hands out more than a few rows of ten thousand, and says how many there are', () => {
    const [found] = findInGroups([vehicles, commands], 'ka');
    expect(found?.items).toHaveLength(8);
    expect(found?.total).toBe(10_000);
  });

  test('puts the group with the better match first', () => {
    expect(findInGroups([vehicles, commands], 'x10')[0]?.name).toBe('Commands');
    expect(findInGroups([group('A', [item('a theme')]), commands], 'theme')[0]?.name).toBe('Commands');
  });

  test('finds nothing without complaint', () => {
    expect(findInGroups([vehicles, commands], 'zeppelin')).toEqual([]);
  });
});
