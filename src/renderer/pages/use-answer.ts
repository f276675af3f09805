/**
 * A query's answer as React state. Reading changes nothing, so a read that failed is simply tried again: when the
 * backend is back (a restart, another profile), and every few seconds until then. Nobody has to press anything.
 */
import { useCallback, useEffect, useState } from 'react';
import type { QueryInput, QueryName, QueryOutput } from '../../shared/ipc/console-api.ts';
import { ops, OpsError } from '../link/ops-client.ts';
import { useFeed } from '../link/use-feed.ts';

const AGAIN_MS = 3000;

type Read<N extends QueryName> = {
  readonly answer?: QueryOutput<N>;
  /** What the answer is to: while a new question is under way, still the one before. */
  readonly asked?: QueryInput<N>;
  readonly failure?: string;
};
export type Answer<N extends QueryName> = Read<N> & { readonly askAgain: () => void };

/**
 * @param input the same object at each render, or the question is asked each time
 * @param moment asked again whenever it changes: a new one means there is something new to read
 */
export function useAnswer<N extends QueryName>(name: N, input: QueryInput<N>, moment?: number): Answer<N> {
  const { phase } = useFeed('console/facts');
  const [read, setRead] = useState<Read<N>>({});
  const [tries, setTries] = useState(0);
  const askAgain = useCallback(() => setTries((before) => before + 1), []);

  useEffect(() => {
    // Until the facts are there, nobody is there to ask.
    if (phase !== 'ready') return undefined;
    let isCurrent = true;
    let again: number | undefined;
    ops.query(name, input).then(
      (answer) => isCurrent && setRead({ answer, asked: input }),
      (cause: unknown) => {
        if (!isCurrent) return;
        setRead((before) => ({ ...before, failure: readFailure(cause) }));
        again = window.setTimeout(askAgain, AGAIN_MS);
      },
    );
    return () => {
      isCurrent = false;
      window.clearTimeout(again);
    };
  }, [name, input, moment, phase, tries, askAgain]);

  return { ...read, askAgain };
}

/** What a link that broke means for a read: unlike for a command, there is nothing to look after. */
export function readFailure(cause: unknown): string {
  if (cause instanceof OpsError && cause.code === 'link-broken')
    return 'The console’s backend was away when this was read. It is read again by itself as soon as it is back.';
  return cause instanceof Error ? cause.message : String(cause);
}
