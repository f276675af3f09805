/** A depot's charge points, one small box a bay: state by shape and letter, colour only for what is wrong. */
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import type { DepotBays } from './depot-bays.ts';
import { BAY_LOOKS } from './charge-point-words.ts';

/** Beyond this the boxes tell less than the counts. */
const MOST_BOXES = 120;

export function BayStrip({ bays, counts }: Pick<DepotBays, 'bays' | 'counts'>) {
  if (bays.length === 0) return <p className="muted">No charge points of this depot are known yet.</p>;
  return (
    <>
      {bays.length <= MOST_BOXES ? (
        <span className="bays" aria-hidden="true">
          {bays.map((evse) => (
            <Bay key={evse.key} evse={evse} />
          ))}
        </span>
      ) : (
        <span className="bay-shares" aria-hidden="true">
          {counts.map(({ status, count }) => (
            <i
              key={status}
              data-kind={BAY_LOOKS[status].kind}
              ref={(element) => element?.style.setProperty('flex-grow', String(count))}
            />
          ))}
        </span>
      )}
      <span className="bay-counts">
        {counts.map(({ status, count }) => (
          <span key={status} className={BAY_LOOKS[status].isAbnormal ? 'abnormal' : ''}>
            <i className="bay" data-kind={BAY_LOOKS[status].kind}>
              {BAY_LOOKS[status].letter}
            </i>
            {count} {BAY_LOOKS[status].word}
          </span>
        ))}
      </span>
    </>
  );
}

function Bay({ evse }: { readonly evse: Evse }) {
  const look = BAY_LOOKS[evse.status];
  return (
    <i className="bay" data-kind={look.kind} title={`${evse.label}: ${look.word}`}>
      {look.letter}
    </i>
  );
}
