import { expect, test } from 'vitest';
import {
  growDepotTree,
  type TreeMeter,
  type TreeNode,
} from '../../../../../src/renderer/metering/one-line/depot-tree.ts';

function meter(id: string, parentId?: string, role: TreeMeter['role'] = 'charger', depotId = 'D'): TreeMeter {
  return { id, name: id, role, depotId, parentId };
}

function outline({ meter: { id }, children }: TreeNode<TreeMeter>): string {
  return children.length === 0 ? id : `${id}(${children.map(outline).join(' ')})`;
}

test('meters hang below what feeds them, those that branch on first, the others in people’s order', () => {
  const tree = growDepotTree('D', [
    meter('Bay 10', 'Row A'),
    meter('Bay 9', 'Row A'),
    meter('Building', 'Incomer', 'feeder'),
    meter('Row A', 'Incomer', 'feeder'),
    meter('Incomer', undefined, 'incomer'),
    meter('Elsewhere', undefined, 'incomer', 'E'),
  ]);
  expect(tree.roots.map(outline)).toEqual(['Incomer(Row A(Bay 9 Bay 10) Building)']);
  expect(tree.loose).toEqual([]);
});

test('a depot without an incomer has its feeders at the grid connection', () => {
  expect(growDepotTree('D', [meter('F1', undefined, 'feeder')]).roots.map(outline)).toEqual(['F1']);
});

test('a meter whose place is not known is loose, says why, and keeps what hangs on it', () => {
  const { roots, loose } = growDepotTree('D', [
    meter('I', undefined, 'incomer'),
    meter('F', undefined, 'feeder'),
    meter('C', 'F'),
    meter('G', 'gone', 'feeder'),
    meter('O', 'X'),
    meter('X', undefined, 'incomer', 'E'),
  ]);
  expect(roots.map(outline)).toEqual(['I']);
  expect(loose.map(({ node, reason }) => [outline(node), reason])).toEqual([
    ['F(C)', 'No meter is named that feeds it'],
    ['G', 'The meter that is to feed it is not in this depot'],
    ['O', 'The meter that is to feed it is not in this depot'],
  ]);
});

test('a circle is loose, and every meter is drawn exactly once', () => {
  const { roots, loose } = growDepotTree('D', [meter('A', 'B', 'feeder'), meter('B', 'A', 'feeder'), meter('C', 'A')]);
  expect(roots).toEqual([]);
  expect(loose.map(({ node }) => outline(node))).toEqual(['A(C)', 'B']);
});
