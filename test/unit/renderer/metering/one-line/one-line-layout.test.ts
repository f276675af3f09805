import { describe, expect, test } from 'vitest';
import { growDepotTree, type TreeMeter } from '../../../../../src/renderer/metering/one-line/depot-tree.ts';
import {
  chooseScale,
  GRID_ID,
  layOutOneLine,
  neighbourOf,
  restId,
  type Box,
  type PlacedBox,
} from '../../../../../src/renderer/metering/one-line/one-line-layout.ts';

/** One incomer, two feeders and their chargers: as many meters as a large depot has. */
function depot(chargersEach: number): readonly TreeMeter[] {
  const meter = (id: string, role: TreeMeter['role'], parentId?: string) => ({
    id,
    name: id,
    role,
    depotId: 'D',
    parentId,
  });
  const feeders = ['A', 'B'].map((row) => meter(`Row ${row}`, 'feeder', 'Incomer'));
  const chargers = feeders.flatMap(({ id }) =>
    Array.from({ length: chargersEach }, (_, bay) => meter(`${id} bay ${bay + 1}`, 'charger', id)),
  );
  return [meter('Incomer', 'incomer'), ...feeders, ...chargers];
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function overlapsOf(boxes: readonly PlacedBox[]): readonly string[] {
  return boxes.flatMap((box, place) =>
    boxes.slice(place + 1).flatMap((other) => (overlap(box, other) ? [`${box.id} over ${other.id}`] : [])),
  );
}

describe('forty meters', () => {
  const tree = growDepotTree('D', depot(18));

  test.each([1254, 1800])('at a width of %i every meter has a box of its own, within the width', (width) => {
    const { boxes } = layOutOneLine(tree, width);
    expect(boxes.map(({ id }) => id).toSorted()).toEqual(
      [GRID_ID, ...depot(18).map(({ id }) => id), ...['Incomer', 'Row A', 'Row B'].map(restId)].toSorted(),
    );
    expect(overlapsOf(boxes)).toEqual([]);
    expect(Math.max(...boxes.map(({ x, width: wide }) => x + wide))).toBeLessThanOrEqual(width);
  });

  test('fits a window of 1920 by 1080 without scrolling', () => {
    const { scale, layout } = chooseScale(tree, { width: 1810, height: 880 });
    expect(layout.height * scale).toBeLessThanOrEqual(880);
  });

  test('each box but the grid’s has a line that ends at it', () => {
    const { boxes, lines } = layOutOneLine(tree, 1254);
    for (const { id, kind } of boxes) {
      const ends = lines.filter(({ key }) => key === `to ${id}` || key === `tap of ${id}`);
      expect({ id, ends: ends.length }).toEqual({ id, ends: kind === 'grid' ? 0 : 1 });
    }
  });
});

test('a deep tree keeps its side branches under their neighbours, clear of what is beside them', () => {
  const feeder = (id: string, parentId?: string): TreeMeter => ({
    id,
    name: id,
    role: parentId === undefined ? 'incomer' : 'feeder',
    depotId: 'D',
    parentId,
  });
  const meters = [
    feeder('Utility'),
    feeder('Check', 'Utility'),
    feeder('Yard', 'Check'),
    feeder('Building', 'Check'),
    feeder('Row', 'Yard'),
    feeder('Others', 'Yard'),
    ...Array.from({ length: 6 }, (_, bay) => feeder(`Bay ${bay + 1}`, 'Row')),
  ];
  const { boxes, height } = layOutOneLine(growDepotTree('D', meters), 1254);
  expect(overlapsOf(boxes)).toEqual([]);
  expect(height).toBeLessThan(450);
});

test('a small depot is drawn larger where there is room, and never larger than the room', () => {
  const tree = growDepotTree('D', depot(2));
  const room = { width: 1810, height: 900 };
  const { scale, layout } = chooseScale(tree, room);
  expect(scale).toBeGreaterThan(1);
  expect(layout.width * scale).toBeLessThanOrEqual(room.width);
  expect(layout.height * scale).toBeLessThanOrEqual(room.height);
});

test('what hangs on nothing stands below with a caption and no line', () => {
  const tree = growDepotTree('D', [
    ...depot(1),
    { id: 'L', name: 'L', role: 'charger', depotId: 'D', parentId: 'gone' },
  ]);
  const { boxes, lines, looseCaptionY } = layOutOneLine(tree, 1254);
  const loose = boxes.find(({ id }) => id === 'L');
  expect(loose?.looseReason).toBeDefined();
  expect(loose?.y).toBeGreaterThan(looseCaptionY ?? Infinity);
  expect(lines.some(({ flowOf }) => flowOf === 'L')).toBe(false);
});

test('arrow keys go to what is seen there', () => {
  const layout = layOutOneLine(growDepotTree('D', depot(3)), 1254);
  const go = (from: string, ...ways: readonly ('left' | 'right' | 'up' | 'down')[]) =>
    ways.reduce<string | undefined>((at, way) => (at === undefined ? undefined : neighbourOf(layout, at, way)), from);
  expect(go('Incomer', 'right')).toBe('Row A');
  expect(go('Row A', 'right', 'right')).toBe('Row A bay 2');
  expect(go('Row A bay 1', 'left')).toBe('Row A');
  expect(go('Row A', 'down')).toBe('Row B');
  expect(go('Row B', 'up', 'left')).toBe('Incomer');
  expect(go('Row A bay 2', 'down')).toBe('Row B bay 2');
  expect(go('Incomer', 'left')).toBeUndefined();
  expect(go('nowhere', 'left')).toBeUndefined();
});
