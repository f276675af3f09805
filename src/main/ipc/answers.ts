/**
 * The backend's side of the contract: nouns register what answers a query or runs a command; this checks every input
 * against the contract's schema before a noun sees it, and turns what is thrown into data. Names nobody registered are
 * refused, so the contract is also the list of all that a window can cause.
 */
import type { z } from 'zod';
import { assert } from '../../shared/kernel/assert.ts';
import type { Actor, AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import { consoleApi } from '../../shared/ipc/console-api.ts';
import type { CommandAnswer, ContractError } from '../../shared/ipc/contract.ts';

export type Answers = AnswerRegistry & {
  readonly runQuery: (
    name: string,
    input: unknown,
  ) => Promise<{ readonly value: unknown } | { readonly error: ContractError }>;
  readonly runCommand: (name: string, input: unknown, by: Actor) => Promise<CommandAnswer>;
};

type Run = (input: never, by: Actor) => unknown;

export function createAnswers(log: (line: string, detail: unknown) => void): Answers {
  const queries = new Map<string, Run>();
  const commands = new Map<string, Run>();

  function register(into: Map<string, Run>, name: string, run: Run): void {
    assert(!into.has(name), `${name} is answered once`);
    into.set(name, run);
  }

  async function run(from: Map<string, Run>, name: string, input: unknown, by: Actor) {
    const answer = from.get(name);
    if (answer === undefined) return { error: unknownName(name) };
    const definition = consoleApi[name as keyof typeof consoleApi] as { readonly input: z.ZodType };
    const parsed = definition.input.safeParse(input);
    if (!parsed.success) return { error: badInput(name, parsed.error) };
    try {
      return { value: await answer(parsed.data as never, by) };
    } catch (error) {
      log(`${name} failed`, error);
      return { error: failed(name, error) };
    }
  }

  return {
    query: (name, answer) => register(queries, name, answer),
    command: (name, runner) => register(commands, name, runner),
    runQuery: (name, input) => run(queries, name, input, { operator: '' }),
    runCommand: async (name, input, by) => {
      const result = await run(commands, name, input, by);
      return 'error' in result && result.error !== undefined
        ? { outcome: 'refused', error: result.error }
        : (result.value as CommandAnswer);
    },
  };
}

function unknownName(name: string): ContractError {
  return { code: 'not-offered', message: `This profile does not offer “${name.slice(0, 80)}”.` };
}

function badInput(name: string, error: z.ZodError): ContractError {
  const first = error.issues[0];
  const where = first?.path.join('.') ?? '';
  return {
    code: 'bad-input',
    message: `The request ${name} was not understood${where === '' ? '' : ` at “${where}”`}: ${first?.message ?? 'unknown reason'}.`,
    detail: error.issues,
  };
}

function failed(name: string, error: unknown): ContractError {
  // The store's own sentence says what is the matter with the disk, and what to do about it.
  if (error instanceof Error && error.name === 'StoreFailure')
    return { code: 'not-stored', message: `Nothing was done, because it could not be stored. ${error.message}` };
  return {
    code: 'failed',
    message: `The console could not do this (${name}). Nothing was changed; try again, and copy the details if it stays.`,
    detail: error instanceof Error ? error.message : String(error),
  };
}
