/** Why the list of records is empty, and the one thing to do about it. */
type NoRecordsProps = {
  readonly periodLabel: string;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly onBefore: () => void;
};

export function NoRecords({ periodLabel, isFiltered, onClear, onBefore }: NoRecordsProps) {
  return (
    <div className="empty" role="status">
      {isFiltered ? (
        <>
          <b>No record of {periodLabel} fits the filter.</b>
          <button type="button" className="btn" onClick={onClear}>
            Clear the filter <kbd>Esc</kbd>
          </button>
        </>
      ) : (
        <>
          <b>No charge that ended in {periodLabel} has a record yet.</b>
          An operator sends its record after the session has ended, some within minutes, some after weeks. What arrived
          is here at once.{' '}
          <button type="button" className="btn" onClick={onBefore}>
            Look at the period before
          </button>
        </>
      )}
    </div>
  );
}
