/** More alarms than one person can answer: the list then shows what matters first, and says what it holds back. */
import type { AlarmFlood } from '../../../shared/domain/alarm/alarm-flood.ts';
import { countOf } from '../../alarm/alarm-words.ts';

type FloodBannerProps = {
  readonly flood: AlarmFlood;
  readonly heldBack: number;
  readonly onShowAll: () => void;
};

export function FloodBanner({ flood, heldBack, onShowAll }: FloodBannerProps) {
  return (
    <div className="flood-banner" role="status">
      <b>Alarm flood: {flood.raisedCount} in ten minutes.</b>
      {heldBack === 0 ? (
        <span>All alarms are shown.</span>
      ) : (
        <>
          <span>Priority 1 and 2 are shown; {countOf(heldBack)} of priority 3 can wait.</span>
          <button type="button" className="btn" onClick={onShowAll}>
            Show all
          </button>
        </>
      )}
    </div>
  );
}
