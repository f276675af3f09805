/** A time of the zone’s clocks, written as `2026-11-24 05:42` on every computer, taken when the field is left or Enter is pressed. */
import { useEffect, useId, useState } from 'react';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import { fieldOfInstant, instantOfField } from './local-instant.ts';

type TimeFieldProps = {
  readonly label: string;
  /** Undefined is now. */
  readonly atMs: EpochMs | undefined;
  readonly zone: string;
  /** Undefined where the field was emptied. */
  readonly onTime: (atMs: EpochMs | undefined) => void;
};

export function TimeField({ label, atMs, zone, onTime }: TimeFieldProps) {
  const id = useId();
  const shown = atMs === undefined ? '' : fieldOfInstant(atMs, zone);
  const [typed, setTyped] = useState(shown);
  useEffect(() => setTyped(shown), [shown]);
  const isWrong = typed !== '' && instantOfField(typed, zone) === undefined;
  const take = () => {
    if (typed !== shown && !isWrong) onTime(instantOfField(typed, zone));
  };
  return (
    <label htmlFor={id}>
      {label}
      <input
        id={id}
        className="field time-field"
        type="text"
        spellCheck={false}
        maxLength={16}
        placeholder="now"
        value={typed}
        aria-invalid={isWrong}
        title={isWrong ? `No time of the clocks of ${zone}: write it as 2026-11-24 05:42` : `By the clocks of ${zone}`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
    </label>
  );
}
