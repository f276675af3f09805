/** A labelled text field whose hint gives way to what is wrong, in a line that is always there: nothing jumps. */
type Props = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly problem: string | undefined;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly secret?: boolean;
};

export function TextRow({
  id,
  label,
  value,
  onChange,
  problem,
  hint,
  placeholder,
  autoComplete,
  autoFocus,
  secret,
}: Props) {
  return (
    <div className="text-row">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={secret === true ? 'password' : 'text'}
        value={value}
        placeholder={placeholder}
        autoComplete={autoComplete ?? 'off'}
        autoFocus={autoFocus}
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-says`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-says`} className={problem === undefined ? 'hint' : 'problem'}>
        {problem ?? hint ?? '\u00a0'}
      </p>
    </div>
  );
}
