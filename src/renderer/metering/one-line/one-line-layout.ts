/**
 * Where the boxes and lines of a depot's one-line diagram lie: the grid connection at the left, each branch a column to the
 * right of what feeds it, and what branches no further in rows of taps under a bar. Invariant: it depends on the tree and the
 * width alone, so that no value that comes or ages can move anything.
 */
import type { DepotTree, TreeMeter, TreeNode } from './depot-tree.ts';

export const BRANCH = { width: 188, height: 92 } as const;
export const LEAF = { width: 138, height: 66 } as const;
const GRID = { width: 188, height: 44 } as const;
/** From the grid's riser to the boxes it feeds. */
const INDENT = 22;
const RISER_X = 10;
/** Between a box and what it feeds: room for the riser and its stubs. */
const COLUMN_GAP = 30;
const CELL_GAP = 8;
/** From a bar down to the boxes under it. */
const TAP = 12;
const ROW_GAP = 8;
const BLOCK_GAP = 14;
const CAPTION = 26;

export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type PlacedBox = Box & {
  readonly id: string;
  readonly kind: 'grid' | 'branch' | 'leaf' | 'rest';
  /** Of a rest: the node whose rest it is. */
  readonly meterId: string | undefined;
  readonly parentId: string | undefined;
  /** Why it hangs on nothing. */
  readonly looseReason: string | undefined;
};

export type PlacedLine = {
  readonly key: string;
  /** The box whose flow it carries. */
  readonly flowOf: string;
  readonly points: readonly (readonly [number, number])[];
};

export type OneLineLayout = {
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
  readonly looseCaptionY: number | undefined;
  readonly width: number;
  readonly height: number;
};

export const GRID_ID = 'grid connection';

export function restId(meterId: string): string {
  return `rest of ${meterId}`;
}

export function layOutOneLine<M extends TreeMeter>(tree: DepotTree<M>, width: number): OneLineLayout {
  const boxes: PlacedBox[] = [];
  const lines: PlacedLine[] = [];
  const place = makePlacer(width, boxes, lines);
  let y = 0;
  if (tree.roots.length > 0) {
    boxes.push({ ...GRID, id: GRID_ID, kind: 'grid', x: 0, y, ...NOTHING });
    const riserFrom = GRID.height;
    y += GRID.height + BLOCK_GAP;
    for (const root of tree.roots) {
      const entryY = y + BRANCH.height / 2;
      lines.push({
        key: `to ${root.meter.id}`,
        flowOf: root.meter.id,
        points: [
          [RISER_X, riserFrom],
          [RISER_X, entryY],
          [INDENT, entryY],
        ],
      });
      y += place(root, INDENT, y, GRID_ID, undefined) + BLOCK_GAP;
    }
  }
  const looseCaptionY = tree.loose.length === 0 ? undefined : y;
  if (looseCaptionY !== undefined) y += CAPTION;
  for (const { node, reason } of tree.loose) y += place(node, INDENT, y, undefined, reason) + BLOCK_GAP;
  const right = Math.max(0, ...boxes.map((box) => box.x + box.width));
  return { boxes, lines, looseCaptionY, width: right, height: Math.max(0, y - BLOCK_GAP) };
}

const NOTHING = { meterId: undefined, parentId: undefined, looseReason: undefined } as const;

function makePlacer(width: number, boxes: PlacedBox[], lines: PlacedLine[]) {
  /** Gives back the height it took. */
  return function place<M extends TreeMeter>(
    node: TreeNode<M>,
    x: number,
    y: number,
    parentId: string | undefined,
    looseReason: string | undefined,
  ): number {
    const { id } = node.meter;
    boxes.push({ ...BRANCH, id, kind: 'branch', x, y, meterId: id, parentId, looseReason });
    if (node.children.length === 0) return BRANCH.height;
    const childX = x + BRANCH.width + COLUMN_GAP;
    const riserX = x + BRANCH.width + COLUMN_GAP / 2;
    const stubY = y + BRANCH.height / 2;
    const entries: number[] = [];
    let below = y;
    let lastBranchY: number | undefined;
    for (const child of node.children.filter(({ children }) => children.length > 0)) {
      const entryY = below + BRANCH.height / 2;
      entries.push(entryY);
      lines.push({
        key: `to ${child.meter.id}`,
        flowOf: child.meter.id,
        points: [
          [riserX, entryY],
          [childX, entryY],
        ],
      });
      lastBranchY = below;
      below += place(child, childX, below, id, undefined) + BLOCK_GAP;
    }
    const leaves = node.children.filter(({ children }) => children.length === 0).map(({ meter }) => meter.id);
    const perRow = Math.max(1, Math.floor((width - childX + CELL_GAP) / (LEAF.width + CELL_GAP)));
    const cells = [...leaves, restId(id)];
    const row = { x: childX, riserX, ofId: id };
    // Under the card of the last branch there is room beside all that it feeds.
    const columnY = lastBranchY === undefined ? Infinity : lastBranchY + BRANCH.height + ROW_GAP;
    const rowsBottom = below + Math.ceil(cells.length / perRow) * (TAP + LEAF.height + ROW_GAP);
    if (columnY + cells.length * (LEAF.height + ROW_GAP) <= rowsBottom) {
      entries.push(placeColumn(cells, { ...row, y: columnY }, boxes, lines));
      below = Math.max(below, columnY + cells.length * (LEAF.height + ROW_GAP));
    } else
      for (let first = 0; first < cells.length; first += perRow) {
        entries.push(below);
        below += placeRow(cells.slice(first, first + perRow), { ...row, y: below }, boxes, lines);
      }
    const bottom = Math.max(stubY, ...entries);
    const top = Math.min(stubY, ...entries);
    lines.push(
      {
        key: `from ${id}`,
        flowOf: id,
        points: [
          [x + BRANCH.width, stubY],
          [riserX, stubY],
        ],
      },
      {
        key: `riser of ${id}`,
        flowOf: id,
        points: [
          [riserX, top],
          [riserX, bottom],
        ],
      },
    );
    return Math.max(BRANCH.height, below - ROW_GAP - y);
  };
}

type Row = { readonly x: number; readonly y: number; readonly riserX: number; readonly ofId: string };

/** One below the other, each with a tap from the riser; gives back where the last tap is. */
function placeColumn(ids: readonly string[], row: Row, boxes: PlacedBox[], lines: PlacedLine[]): number {
  let middle = row.y;
  for (const [place, id] of ids.entries()) {
    const y = row.y + place * (LEAF.height + ROW_GAP);
    middle = y + LEAF.height / 2;
    boxes.push(leafBox(id, row, row.x, y));
    lines.push({
      key: `tap of ${id}`,
      flowOf: id,
      points: [
        [row.riserX, middle],
        [row.x, middle],
      ],
    });
  }
  return middle;
}

function leafBox(id: string, { ofId }: Row, x: number, y: number): PlacedBox {
  const isRest = id === restId(ofId);
  const kind = isRest ? 'rest' : 'leaf';
  return { ...LEAF, id, kind, x, y, meterId: isRest ? ofId : id, parentId: ofId, looseReason: undefined };
}

/** Under a bar; gives back the height it took. */
function placeRow(ids: readonly string[], row: Row, boxes: PlacedBox[], lines: PlacedLine[]): number {
  let lastX = row.riserX;
  for (const [place, id] of ids.entries()) {
    const x = row.x + place * (LEAF.width + CELL_GAP);
    const middle = x + LEAF.width / 2;
    boxes.push(leafBox(id, row, x, row.y + TAP));
    lines.push({
      key: `tap of ${id}`,
      flowOf: id,
      points: [
        [middle, row.y],
        [middle, row.y + TAP],
      ],
    });
    lastX = middle;
  }
  lines.push({
    key: `bar of ${ids.join(' ')}`,
    flowOf: row.ofId,
    points: [
      [row.riserX, row.y],
      [lastX, row.y],
    ],
  });
  return TAP + LEAF.height + ROW_GAP;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** A step aside counts more than a step ahead, so that a row or a column is kept to as long as it goes on. */
const ASIDE = 3;

/** The box an arrow key goes to; undefined at the edge. */
export function neighbourOf(layout: OneLineLayout, fromId: string, direction: Direction): string | undefined {
  const from = layout.boxes.find(({ id }) => id === fromId);
  if (from === undefined) return undefined;
  const isAcross = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: { readonly id: string; readonly cost: number } | undefined;
  for (const box of layout.boxes) {
    if (box.id === fromId || box.kind === 'grid') continue;
    const [fromAhead, ahead] = isAcross
      ? [edgeX(from, sign), edgeX(box, -sign)]
      : [edgeY(from, sign), edgeY(box, -sign)];
    const distance = (ahead - fromAhead) * sign;
    if (distance < 0) continue;
    const aside = isAcross ? gapBetween(from.y, from.height, box.y, box.height) : Math.abs(box.x - from.x);
    const cost = distance + ASIDE * aside;
    if (best === undefined || cost < best.cost) best = { id: box.id, cost };
  }
  return best?.id;
}

function edgeX(box: Box, sign: number): number {
  return sign > 0 ? box.x + box.width : box.x;
}

function edgeY(box: Box, sign: number): number {
  return sign > 0 ? box.y + box.height : box.y;
}

/** How far two spans lie apart; nought while they overlap. */
function gapBetween(one: number, oneLength: number, other: number, otherLength: number): number {
  return Math.max(0, other - (one + oneLength), one - (other + otherLength));
}

/** Sizes by which a diagram may be drawn: at the far wall a large one is read better. */
const SCALES = [1.8, 1.6, 1.45, 1.3, 1.15, 1] as const;

/** The largest at which the whole diagram fits; else the plain size, and the diagram scrolls. */
export function chooseScale<M extends TreeMeter>(
  tree: DepotTree<M>,
  room: { readonly width: number; readonly height: number },
): { readonly scale: number; readonly layout: OneLineLayout } {
  for (const scale of SCALES) {
    const layout = layOutOneLine(tree, room.width / scale);
    if (scale === 1 || (layout.width * scale <= room.width && layout.height * scale <= room.height))
      return { scale, layout };
  }
  return { scale: 1, layout: layOutOneLine(tree, room.width) };
}
