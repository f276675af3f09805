/** Prints what was shown as aligned lines, and remembers whether each held. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

type EvidenceLine = { readonly what: string; readonly shown: string; readonly holds: boolean };

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function createEvidence(title: string) {
  const lines: EvidenceLine[] = [];
  return {
    /** A line that is neither kept nor broken: a figure, a detail. */
    say,
    show: (what: string, shown: string, holds: boolean): void => {
      lines.push({ what, shown, holds });
      say(`  ${holds ? 'holds ' : 'FAILS '} ${what}: ${shown}`);
    },
    section: (name: string): void => say(`\n${title} · ${name}`),
    /** Prints the sum and sets the exit code: non-zero when a line does not hold. */
    finish: (): void => {
      const failed = lines.filter((line) => !line.holds);
      say(`\n${title}: ${lines.length - failed.length} of ${lines.length} lines hold`);
      for (const line of failed) say(`  does not hold: ${line.what}: ${line.shown}`);
      process.exitCode = failed.length === 0 ? 0 : 1;
    },
  };
}

export type Evidence = ReturnType<typeof createEvidence>;

/** A folder for one piece of work, gone after it. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-evidence-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
