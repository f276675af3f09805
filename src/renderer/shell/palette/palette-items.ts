/**
 * What the palette can find, as plain values: a noun gives a list of things with a title, the shell says what choosing
 * one does. Searching is ours, over text folded once, so that ten thousand vehicles cost a millisecond a key and only
 * the few rows that are shown ever become elements.
 */
export type PaletteItem = {
  /** Unique within the palette. */
  readonly id: string;
  readonly title: string;
  /** Said beside the title, in grey. */
  readonly note: string;
  /** Found by these words too. */
  readonly keywords?: string;
  /** As `shortcuts.ts` writes it, shown at the end of the row. */
  readonly keys?: string;
  readonly run: () => void;
};

export type PaletteGroup = {
  readonly name: string;
  /** Shown before anything is typed: pages and commands are, ten thousand vehicles are not. */
  readonly shownUnasked: boolean;
  readonly items: () => readonly PaletteItem[];
};

export type FoundGroup = { readonly name: string; readonly total: number; readonly items: readonly PaletteItem[] };

const ROWS_A_GROUP = 8;

type Folded = { readonly item: PaletteItem; readonly title: string; readonly all: string };
const foldedLists = new WeakMap<readonly PaletteItem[], readonly Folded[]>();

/** Case, accents, spaces and hyphens do not count: `ka01e2217` finds `KA-01 E 2217`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function foldList(items: readonly PaletteItem[]): readonly Folded[] {
  const known = foldedLists.get(items);
  if (known !== undefined) return known;
  const folded = items.map((item) => {
    const title = fold(item.title);
    return { item, title, all: title + fold(item.note) + fold(item.keywords ?? '') };
  });
  foldedLists.set(items, folded);
  return folded;
}

/** Lower is better: the title begins with it, its number ends with it, the title holds it, its words hold it. */
function rank(folded: Folded, query: string): number {
  if (folded.title.startsWith(query)) return 0;
  if (folded.title.endsWith(query)) return 1;
  if (folded.title.includes(query)) return 2;
  return folded.all.includes(query) ? 3 : -1;
}

export function findInGroups(groups: readonly PaletteGroup[], typed: string): readonly FoundGroup[] {
  const query = fold(typed);
  if (query === '') {
    return groups
      .filter((group) => group.shownUnasked)
      .map((group) => ({ name: group.name, total: group.items().length, items: group.items() }));
  }
  return groups
    .map((group) => findIn(group, query))
    .filter((group) => group.total > 0)
    .sort((a, b) => a.best - b.best)
    .map(({ name, total, items }) => ({ name, total, items }));
}

function findIn(group: PaletteGroup, query: string): FoundGroup & { readonly best: number } {
  const byRank: PaletteItem[][] = [[], [], [], []];
  let total = 0;
  for (const folded of foldList(group.items())) {
    const place = rank(folded, query);
    if (place < 0) continue;
    total++;
    const bucket = byRank[place];
    if (bucket !== undefined && bucket.length < ROWS_A_GROUP) bucket.push(folded.item);
  }
  return {
    name: group.name,
    total,
    items: byRank.flat().slice(0, ROWS_A_GROUP),
    best: byRank.findIndex((bucket) => bucket.length > 0),
  };
}
