/** What a lower limit of the site would cost, point by point, seen beside the plan that holds before it is given. */
import { useMemo, useState } from 'react';
import type { CapPoint, SitePlanHead } from '../../../shared/domain/charging/site-plan.ts';
import type { WishTerms } from '../../../shared/domain/charging/wish.ts';
import type { PowerW } from '../../../shared/kernel/quantity.ts';
import { kw, kwh, sayDifference } from '../../charging/charging-words.ts';
import { giveWish } from '../../charging/give-wish.ts';
import { WishList } from '../../charging/wish-list.tsx';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { useAnswer } from '../use-answer.ts';
import { WishTrial } from '../wish-trial.tsx';

type SiteCap = Extract<WishTerms, { readonly kind: 'site-cap' }>;

function siteCap(capW: PowerW): SiteCap {
  return { kind: 'site-cap', capW };
}

export function CapPanel({ head, zone }: { readonly head: SitePlanHead; readonly zone: string }) {
  const { depotId, decisionNumber, siteWishes } = head;
  const [chosenW, setChosenW] = useState<number>();
  const input = useMemo(() => ({ depotId }), [depotId]);
  const { answer, asked, failure } = useAnswer('charging/cap-curve', input, decisionNumber);
  const points = asked === input ? answer : undefined;
  const free = points?.at(-1);
  const place = points?.findIndex(({ capW }) => capW === chosenW) ?? -1;
  const chosen = points?.[place];
  const triedW = chosen === free ? undefined : chosen?.capW;
  const tried = useMemo(() => (triedW === undefined ? undefined : siteCap(triedW)), [triedW]);
  const give = async (terms: SiteCap) => {
    if (await giveWish(depotId, terms, `The site takes no more than ${kw(terms.capW)}`)) setChosenW(undefined);
  };
  const clockOf = (atMs: number) => formatInZone(atMs, zone, 'minute');
  return (
    <div className="cap-panel">
      <WishList wishes={siteWishes} clockOf={clockOf} />
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
          {tried !== undefined && (
            <WishTrial
              depotId={depotId}
              terms={tried}
              currency={head.currency}
              decisionNumber={decisionNumber}
              doing="Cap the site"
              onDo={() => void give(tried)}
              onLeave={() => setChosenW(undefined)}
            />
          )}
        </>
      )}
    </div>
  );
}

function sayPoint({ capW, cost, missingWh }: CapPoint, free: CapPoint, currency: string): string {
  const missing = missingWh > 0 ? `${kwh(missingWh)} are missing.` : 'Nobody misses a departure.';
  return `${kw(capW)} ${sayDifference(cost - free.cost, currency)}. ${missing}`;
}
