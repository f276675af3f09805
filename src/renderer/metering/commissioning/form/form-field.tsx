/** A labelled field whose hint gives way to what is wrong, in a line that is always there: nothing jumps. */
import './form.css';
import { useId, type ReactNode } from 'react';

type Said = { readonly label: string; readonly problem?: string | undefined; readonly hint?: string | undefined };
type Holds = { readonly value: string; readonly onChange: (value: string) => void; readonly isDisabled?: boolean };

type TextFieldProps = Said &
  Holds & {
    readonly placeholder?: string;
    readonly inputMode?: 'numeric' | 'decimal';
    readonly isMono?: boolean;
    readonly takesFocus?: boolean;
  };

export function TextField(props: TextFieldProps) {
  const { value, onChange, placeholder, inputMode, isMono = false, isDisabled = false, takesFocus = false } = props;
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <input
        id={id}
        className={isMono ? 'form-control mono' : 'form-control'}
        type="text"
        value={value}
        placeholder={placeholder}
        inputMode={inputMode}
        disabled={isDisabled}
        autoFocus={takesFocus}
        autoComplete="off"
        spellCheck={false}
        maxLength={300}
        aria-invalid={props.problem !== undefined}
        aria-describedby={`${id}-says`}
        onChange={(event) => onChange(event.target.value)}
      />
    </Labelled>
  );
}

export type Choice = { readonly value: string; readonly name: string };
type SelectFieldProps = Said & Holds & { readonly choices: readonly Choice[] };

export function SelectField(props: SelectFieldProps) {
  const { value, onChange, choices, isDisabled = false } = props;
  const id = useId();
  return (
    <Labelled id={id} {...props}>
      <select
        id={id}
        className="form-control"
        value={value}
        disabled={isDisabled}
        aria-invalid={props.problem !== undefined}
        aria-describedby={`${id}-says`}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

function Labelled({
  id,
  label,
  problem,
  hint,
  children,
}: Said & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children}
      <p id={`${id}-says`} className={problem === undefined ? 'form-hint' : 'form-problem'} title={problem ?? hint}>
        {problem ?? hint ?? '\u00a0'}
      </p>
    </div>
  );
}

type RadioRowProps = {
  readonly group: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
};

/** One of a group; the arrow keys go through the group, as everywhere. */
export function RadioRow({ group, isChosen, onChoose, children }: RadioRowProps) {
  return (
    <label className="radio-row" data-chosen={isChosen}>
      <input type="radio" name={group} checked={isChosen} onChange={onChoose} />
      <span className="radio-words">{children}</span>
    </label>
  );
}
