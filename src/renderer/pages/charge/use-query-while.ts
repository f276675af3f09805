/** A query that is asked only while there is something to ask, and whose answer is dropped with its question. */
import { useEffect, useState } from 'react';
import type { QueryInput, QueryName, QueryOutput } from '../../../shared/ipc/console-api.ts';
import { ops } from '../../link/ops-client.ts';
import { useFeed } from '../../link/use-feed.ts';
import { readFailure } from '../use-answer.ts';

const AGAIN_MS = 3000;

type Read<N extends QueryName> = {
  readonly to: QueryInput<N> | undefined;
  readonly answer: QueryOutput<N> | undefined;
  readonly failure: string | undefined;
};

/**
 * @param input the same object for the same question; undefined: nothing is asked
 * @param moment asked again whenever it changes; until then the last answer stands
 */
export function useQueryWhile<N extends QueryName>(
  name: N,
  input: QueryInput<N> | undefined,
  moment: number,
): { readonly answer: QueryOutput<N> | undefined; readonly failure: string | undefined } {
  const { phase } = useFeed('console/facts');
  const [read, setRead] = useState<Read<N>>({ to: undefined, answer: undefined, failure: undefined });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    if (phase !== 'ready' || input === undefined) return undefined;
    let isCurrent = true;
    let again: number | undefined;
    ops.query(name, input).then(
      (answer) => isCurrent && setRead({ to: input, answer, failure: undefined }),
      (cause: unknown) => {
        if (!isCurrent) return;
        setRead((before) => ({
          to: input,
          answer: before.to === input ? before.answer : undefined,
          failure: readFailure(cause),
        }));
        again = window.setTimeout(() => setTries((before) => before + 1), AGAIN_MS);
      },
    );
    return () => {
      isCurrent = false;
      window.clearTimeout(again);
    };
  }, [name, input, moment, phase, tries]);

  const isAnswered = input !== undefined && read.to === input;
  return { answer: isAnswered ? read.answer : undefined, failure: isAnswered ? read.failure : undefined };
}
