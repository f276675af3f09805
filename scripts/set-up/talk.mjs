// What a person sees while the set-up works: one line a step, and on failure one sentence and one command.
// Everything goes to standard error, so that a tool's standard output holds nothing but its answer.

/** A failure that a person can act on: one sentence, and the command that helps. */
export class Refusal extends Error {
  /**
   * @param {string} sentence
   * @param {string} [command]
   */
  constructor(sentence, command) {
    super(sentence);
    this.name = 'Refusal';
    this.command = command;
  }
}

/**
 * @typedef {(text: string) => void} Doing says what takes long, at once
 * @typedef {{ step<T>(name: string, work: (doing: Doing) => Promise<T>, result?: (value: T) => string): Promise<T> }} Talk
 */

/**
 * A quiet talk names a step only when it has something to do, so that a script's second run prints nothing.
 * @param {{ quiet?: boolean }} [options]
 * @returns {Talk}
 */
export function createTalk({ quiet = false } = {}) {
  return {
    async step(name, work, result) {
      const startedAtMs = Date.now();
      let worked = false;
      const value = await work((text) => {
        worked = true;
        process.stderr.write(`${name} … ${text}\n`);
      });
      if (worked || !quiet) {
        const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(1);
        process.stderr.write(`${name} … ${result?.(value) ?? 'ready'} (${seconds} s)\n`);
      }
      return value;
    },
  };
}

/**
 * Runs a script's whole work and turns its outcome into an exit code.
 * @param {() => Promise<number | void>} work
 */
export async function runScript(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof Refusal)) throw error;
    process.stderr.write(`\n${error.message}\n${error.command ? `  ${error.command}\n` : ''}`);
  }
}
