/** An empty list of alarms: what that means, and what it does not. */
type NoAlarmsProps = {
  readonly view: 'standing' | 'shelved';
  /** Some are there, and the filter hides them. */
  readonly isFiltered: boolean;
  readonly onClear: () => void;
};

export function NoAlarms({ view, isFiltered, onClear }: NoAlarmsProps) {
  if (isFiltered)
    return (
      <div className="empty">
        <b>No alarm passes this filter.</b>
        There are others.{' '}
        <button type="button" className="btn" onClick={onClear}>
          Show all <kbd>Esc</kbd>
        </button>
      </div>
    );
  if (view === 'shelved')
    return (
      <div className="empty">
        <b>Nothing is shelved.</b>
        An alarm that is known and being seen to can be shelved for a while with S; it comes back by itself.
      </div>
    );
  return (
    <div className="empty">
      <b>No alarm stands: nothing that is watched needs an answer.</b>
      Watched are the meter lines, the meters and the energy balance of this profile: lost lines, silent meters, refused
      readings, other masters, energy that does not add up. What needs no answer is no alarm and stands in the events of
      its line or meter.
    </div>
  );
}
