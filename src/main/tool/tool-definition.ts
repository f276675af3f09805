/** What a tool is, and how its arguments are read. */
import { parseArgs } from 'node:util';

export type Tool = {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  readonly run: (args: readonly string[]) => Promise<unknown>;
};

/** An expected failure: its sentence says what, why and what to do next. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
  readonly code: string;
  readonly exitCode: number;
  /** @param exitCode 2 where what was given cannot be worked with */
  constructor(code: string, message: string, exitCode = 1) {
    super(message);
    this.code = code;
    this.exitCode = exitCode;
  }
}

/** @throws ToolError naming the usage when the words are off */
export function readToolArgs<N extends string>(
  args: readonly string[],
  options: readonly N[],
  usage: string,
): { readonly values: Partial<Record<N, string>>; readonly files: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(options.map((name) => [name, { type: 'string' as const }])),
      allowPositionals: true,
    });
    return { values: values as Partial<Record<N, string>>, files: positionals };
  } catch (error) {
    throw new ToolError('usage', `${error instanceof Error ? error.message : String(error)} Usage: ${usage}`, 2);
  }
}
