/** What a person would want of a plan, seen beside the plan that holds before it is given. */
import { useEffect, useMemo, useRef } from 'react';
import type { WishTerms } from '../../shared/domain/charging/wish.ts';
import { WhatIfTable } from '../charging/what-if-table.tsx';
import { useAnswer } from './use-answer.ts';

type WishTrialProps = {
  readonly depotId: string;
  /** The same object until another is tried. */
  readonly terms: WishTerms;
  readonly currency: string;
  /** The answer is asked again when the plan is another. */
  readonly decisionNumber: number;
  readonly doing: string;
  /** Whether what does it takes the focus, so that Enter alone goes on. */
  readonly takesFocus?: boolean;
  readonly onDo: () => void;
  readonly onLeave: () => void;
};

export function WishTrial(props: WishTrialProps) {
  const { depotId, terms, currency, decisionNumber, doing, takesFocus = false, onDo, onLeave } = props;
  const act = useRef<HTMLButtonElement>(null);
  const input = useMemo(() => ({ depotId, add: [terms], withdraw: [] }), [depotId, terms]);
  const { answer, asked, failure } = useAnswer('charging/what-if', input, decisionNumber);
  const whatIf = asked === input ? answer : undefined;
  useEffect(() => {
    if (takesFocus) act.current?.focus();
  }, [takesFocus, terms]);
  return (
    <>
      {whatIf === undefined ? (
        <p className="muted" role="status">
          {failure ?? 'Being planned …'}
        </p>
      ) : (
        <WhatIfTable whatIf={whatIf} currency={currency} />
      )}
      <p className="what-if-acts">
        <button type="button" className="btn" ref={act} onClick={onDo}>
          {doing}
        </button>
        <button type="button" className="btn" onClick={onLeave}>
          Leave it
        </button>
      </p>
    </>
  );
}
