/**
 * What a bench prints: every figure beside its aim, and whether it was reached. A figure that is short of its aim is said
 * and explained, not failed; only a ratio to a peer of the same run that is far below what is promised ends in an exit code,
 * since everything else also measures who else uses the machine.
 */
import { loadavg, availableParallelism, cpus } from 'node:os';

export type BenchTable = ReturnType<typeof createBenchTable>;

/** Below this share of what is promised a ratio is no longer noise. */
const CLEARLY_BELOW = 0.7;

export function createBenchTable(print: (line: string) => void) {
  const short: string[] = [];
  let failed = false;

  function row(what: string, shown: string, verdict: string): void {
    print(`  ${verdict.padEnd(6)} ${what}: ${shown}`);
  }

  return {
    section: (name: string): void => print(`\n${name}`),
    /** A figure without an aim of its own. */
    say: (what: string, shown: string): void => row(what, shown, ''),
    /** A figure that should be at most `aim`. */
    atMost: (what: string, value: number, aim: number, unit: string, detail = ''): void => {
      const holds = value <= aim;
      const shown = `${round(value)} ${unit} (aim ${round(aim)})${detail && `, ${detail}`}`;
      if (!holds) short.push(`${what}: ${shown}`);
      row(what, shown, holds ? 'pass' : 'SHORT');
    },
    /** A ratio to a peer in the same run that should be at least `aim`. */
    ratio: (what: string, value: number, aim: number, detail: string): void => {
      const holds = value >= aim;
      const shown = `${value.toFixed(2)} (aim ${aim.toFixed(2)}), ${detail}`;
      if (!holds) short.push(`${what}: ${shown}`);
      if (!(value >= aim * CLEARLY_BELOW)) failed = true;
      row(what, shown, holds ? 'pass' : 'SHORT');
    },
    /** How busy the machine is: absolute figures mean nothing without it. */
    machine: (): void => {
      const cores = availableParallelism();
      const load = loadavg();
      const shown = load.map((value) => value.toFixed(2)).join(' ');
      // The bench itself keeps about as many threads busy as a small machine has cores.
      const shared = (load[0] ?? 0) > cores * 2 ? ': shared with other work, so absolute times say little' : '';
      print(`  machine: ${cores} cores (${cpus()[0]?.model ?? 'unknown'}), load ${shown}${shared}`);
    },
    finish: (): void => {
      print(short.length === 0 ? '\nEvery aim was reached.' : `\nShort of its aim: ${short.length}`);
      for (const line of short) print(`  ${line}`);
      process.exitCode = failed ? 1 : 0;
    },
  };
}

function round(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}
