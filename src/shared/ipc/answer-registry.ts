/** How the backend's parts say what answers a query or runs a command. The gate implements it; the shell hands it to each. */
import type { CommandInput, CommandName, QueryInput, QueryName, QueryOutput } from './console-api.ts';
import type { CommandAnswer } from './contract.ts';

/** Who gave a command. */
export type Actor = { readonly operator: string };

export type AnswerRegistry = {
  readonly query: <N extends QueryName>(
    name: N,
    answer: (input: QueryInput<N>) => QueryOutput<N> | Promise<QueryOutput<N>>,
  ) => void;
  readonly command: <N extends CommandName>(
    name: N,
    run: (input: CommandInput<N>, by: Actor) => CommandAnswer | Promise<CommandAnswer>,
  ) => void;
};
