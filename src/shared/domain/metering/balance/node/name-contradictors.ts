/**
 * Which instruments contradict the others. Each has an error within its tolerance, and neighbours in the tree are compared:
 * the difference of their errors is known within a range. While errors can be chosen that fit all comparisons, nobody is to
 * blame. Otherwise the fewest instruments are sought whose tolerance has to be given up; they are named when there is only one such company.
 *
 * In a tree of ranges it is enough to narrow them from the leaves to a root: where none is left there, no choice fits.
 */
export type Instrument = { readonly id: string; readonly tolerance: number };
/** The error of `above` less that of `below`. */
export type Comparison = {
  readonly above: string;
  readonly below: string;
  readonly least: number;
  readonly greatest: number;
};

export type Contradiction =
  /** This one alone, by about so much. */
  | { readonly verdict: 'named'; readonly id: string; readonly error: number }
  /** One or more of these. */
  | { readonly verdict: 'open'; readonly ids: readonly string[] };

type Range = readonly [least: number, greatest: number];

/** An instrument with its neighbours: what to add to their errors to get the range of its own. */
type Place = {
  readonly id: string;
  readonly tolerance: number;
  readonly neighbours: readonly { readonly id: string; readonly least: number; readonly greatest: number }[];
};
type Tree = ReadonlyMap<string, Place>;

const MOST_GIVEN_UP = 3;
/** Companies of a size, counted in every order: a larger depot is too large to try them all, and smaller ones were tried by then. */
const MOST_ORDERED = 120_000;

export function nameContradictors(
  instruments: readonly Instrument[],
  comparisons: readonly Comparison[],
): Contradiction[] {
  return treesOf(instruments, comparisons).flatMap((tree) => {
    const ids = [...tree.keys()];
    const fits = (givenUp: readonly string[]): boolean => isPossible(rangeAt(ids[0] ?? '', tree, new Set(givenUp)));
    if (fits([])) return [];
    for (let size = 1; size <= Math.min(MOST_GIVEN_UP, ids.length - 1); size++) {
      if (ids.length ** size > MOST_ORDERED) break;
      const companies = choose(ids, size).filter(fits);
      if (companies.length > 0) return sayCompanies(companies, tree);
    }
    return [{ verdict: 'open' as const, ids }];
  });
}

function sayCompanies(companies: readonly (readonly string[])[], tree: Tree): Contradiction[] {
  const [first = []] = companies;
  const certain = first.filter((id) => companies.every((company) => company.includes(id)));
  const others = [...new Set(companies.flat())].filter((id) => !certain.includes(id));
  return [
    ...certain.map((id) => {
      const [least, greatest] = rangeAt(id, tree, new Set(first));
      return { verdict: 'named' as const, id, error: (least + greatest) / 2 };
    }),
    ...(others.length > 0 ? [{ verdict: 'open' as const, ids: others }] : []),
  ];
}

/** The errors of one instrument that all the others leave possible. */
function rangeAt(id: string, tree: Tree, givenUp: ReadonlySet<string>, from?: string): Range {
  const place = tree.get(id);
  const tolerance = place === undefined || givenUp.has(id) ? Infinity : place.tolerance;
  let [least, greatest] = [-tolerance, tolerance];
  for (const neighbour of place?.neighbours ?? []) {
    if (neighbour.id === from) continue;
    const range = rangeAt(neighbour.id, tree, givenUp, id);
    if (!isPossible(range)) return [Infinity, -Infinity];
    least = Math.max(least, range[0] + neighbour.least);
    greatest = Math.min(greatest, range[1] + neighbour.greatest);
  }
  return [least, greatest];
}

function isPossible([least, greatest]: Range): boolean {
  return least <= greatest;
}

function treesOf(instruments: readonly Instrument[], comparisons: readonly Comparison[]): Tree[] {
  const left = new Map(instruments.map((instrument) => [instrument.id, instrument]));
  const neighboursOf = new Map<string, Place['neighbours'][number][]>(instruments.map(({ id }) => [id, []]));
  for (const { above, below, least, greatest } of comparisons) {
    neighboursOf.get(above)?.push({ id: below, least, greatest });
    neighboursOf.get(below)?.push({ id: above, least: -greatest, greatest: -least });
  }
  const trees: Tree[] = [];
  for (const start of instruments) {
    const tree = new Map<string, Place>();
    const open = [start.id];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const instrument = left.get(id);
      if (instrument === undefined) continue;
      left.delete(id);
      const neighbours = neighboursOf.get(id) ?? [];
      tree.set(id, { ...instrument, neighbours });
      open.push(...neighbours.map((neighbour) => neighbour.id));
    }
    if (tree.size > 0) trees.push(tree);
  }
  return trees;
}

function choose(ids: readonly string[], size: number): string[][] {
  if (size === 0) return [[]];
  return ids.flatMap((id, index) => choose(ids.slice(index + 1), size - 1).map((rest) => [id, ...rest]));
}
