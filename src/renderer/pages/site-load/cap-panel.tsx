/** What a lower limit of the site would cost, point by point, seen beside the plan that holds before it is given. */
import { useMemo, useState } from 'react';
import type { CapPoint, SitePlanHead } from '../../../shared/domain/charging/site-plan.ts';
import { kw, kwh, sayDifference, sayWish } from '../../charging/charging-words.ts';
import { giveWish, withdrawWish } from '../../charging/give-wish.ts';
import { WhatIfTable } from '../../charging/what-if-table.tsx';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { useAnswer } from '../use-answer.ts';

export function CapPanel({ head, zone }: { readonly head: SitePlanHead; readonly zone: string }) {
  const { depotId, decisionNumber, siteWishes } = head;
  const [chosenW, setChosenW] = useState<number>();
  const input = useMemo(() => ({ depotId }), [depotId]);
  const { answer, asked, failure } = useAnswer('charging/cap-curve', input, decisionNumber);
  const points = asked === input ? answer : undefined;
  const free = points?.at(-1);
  const place = points?.findIndex(({ capW }) => capW === chosenW) ?? -1;
  const chosen = points?.[place];
  const clockOf = (atMs: number) => formatInZone(atMs, zone, 'minute');
  return (
    <div className="cap-panel">
      {siteWishes.map(({ wishId, terms, givenBy, givenAtMs }) => (
        <p key={wishId}>
          <b>{sayWish(terms, clockOf)}.</b>{' '}
          <span className="muted">
            {givenBy}, {clockOf(givenAtMs)}
          </span>{' '}
          <button type="button" className="btn" onClick={() => void withdrawWish(wishId)}>
            Take back
          </button>
        </p>
      ))}
      {points === undefined || free === undefined ? (
        <p className="muted" role="status">
          {failure ?? (points?.length === 0 ? 'Nothing is planned here yet.' : 'Being priced …')}
        </p>
      ) : (
        <>
          <label className="cap-slider">
            <span>Most the site may take</span>
            <input
              type="range"
              min={0}
              max={points.length - 1}
              value={place < 0 ? points.length - 1 : place}
              aria-valuetext={sayPoint(chosen ?? free, free, head.currency)}
              onChange={(event) => setChosenW(points[Number(event.target.value)]?.capW)}
            />
          </label>
          <p role="status">{sayPoint(chosen ?? free, free, head.currency)}</p>
          {chosen !== undefined && chosen !== free && (
            <Trial point={chosen} head={head} onDone={() => setChosenW(undefined)} />
          )}
        </>
      )}
    </div>
  );
}

function Trial({
  point: { capW },
  head: { depotId, currency, decisionNumber },
  onDone,
}: {
  readonly point: CapPoint;
  readonly head: SitePlanHead;
  readonly onDone: () => void;
}) {
  const input = useMemo(() => ({ depotId, add: [{ kind: 'site-cap' as const, capW }], withdraw: [] }), [depotId, capW]);
  const { answer, asked, failure } = useAnswer('charging/what-if', input, decisionNumber);
  const whatIf = asked === input ? answer : undefined;
  const give = async () => {
    if (await giveWish(depotId, { kind: 'site-cap', capW }, `The site takes no more than ${kw(capW)}`)) onDone();
  };
  return (
    <>
      {whatIf === undefined ? (
        <p className="muted">{failure ?? 'Being planned …'}</p>
      ) : (
        <WhatIfTable whatIf={whatIf} currency={currency} />
      )}
      <p className="what-if-acts">
        <button type="button" className="btn" onClick={() => void give()}>
          Cap the site
        </button>
        <button type="button" className="btn" onClick={onDone}>
          Leave it
        </button>
      </p>
    </>
  );
}

function sayPoint({ capW, cost, missingWh }: CapPoint, free: CapPoint, currency: string): string {
  const missing = missingWh > 0 ? `${kwh(missingWh)} are missing.` : 'Nobody misses a departure.';
  return `${kw(capW)} ${sayDifference(cost - free.cost, currency)}. ${missing}`;
}
