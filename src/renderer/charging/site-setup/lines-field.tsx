/** A field for lines of text that says, while one types, what of them cannot be read. */
import { useId } from 'react';
import type { LineFault } from './site-text.ts';

type LinesFieldProps = {
  readonly label: string;
  /** What stands in a line, in order. */
  readonly columns: string;
  readonly text: string;
  readonly faults: readonly LineFault[];
  readonly rows: number;
  readonly onText: (text: string) => void;
};

const FAULTS_SHOWN = 4;

export function LinesField({ label, columns, text, faults, rows, onText }: LinesFieldProps) {
  const id = useId();
  return (
    <div className="lines-field">
      <label htmlFor={id}>
        <b>{label}</b> <span className="muted">one a line: {columns}</span>
      </label>
      <textarea
        className="field"
        id={id}
        rows={rows}
        spellCheck={false}
        value={text}
        aria-invalid={faults.length > 0}
        aria-describedby={`${id}-faults`}
        onChange={(event) => onText(event.target.value)}
      />
      <ul id={`${id}-faults`} role="status">
        {faults.slice(0, FAULTS_SHOWN).map(({ line, message }) => (
          <li key={line}>
            Line {line}: {message}
          </li>
        ))}
        {faults.length > FAULTS_SHOWN && <li>and {faults.length - FAULTS_SHOWN} more lines</li>}
      </ul>
    </div>
  );
}
