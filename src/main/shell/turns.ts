/**
 * One thing at a time. A newer request overtakes the older ones: they are told through their signal, and it begins when
 * they have ended. The same request again, while it is under way and the newest, joins the first.
 */
export type Turns = {
  readonly take: (name: string, work: (overtaken: AbortSignal) => Promise<void>) => Promise<void>;
};

type Turn = { readonly name: string; readonly overtaken: AbortController; readonly done: Promise<void> };

export function createTurns(): Turns {
  let newest: Turn | undefined;
  return {
    take: (name, work) => {
      if (newest?.name === name) return newest.done;
      newest?.overtaken.abort();
      const overtaken = new AbortController();
      const turn: Turn = { name, overtaken, done: inTurn(newest?.done, overtaken.signal, work) };
      newest = turn;
      const leave = () => {
        if (newest === turn) newest = undefined;
      };
      turn.done.then(leave, leave);
      return turn.done;
    },
  };
}

async function inTurn(
  before: Promise<void> | undefined,
  overtaken: AbortSignal,
  work: (overtaken: AbortSignal) => Promise<void>,
): Promise<void> {
  // How the one before ended is told to whoever asked for it.
  await before?.catch(() => {});
  if (!overtaken.aborted) await work(overtaken);
}
