/** The four fields of a connection. Judged at the first try, and from then on as one types. */
import { useState } from 'react';
import type { ShellInput } from '../../../shared/ipc/shell-contract.ts';
import {
  judgeConnection,
  problemsOfRefusal,
  type ConnectionField,
  type ConnectionProblems,
} from './first-run-connection.ts';
import { TextRow } from './first-run-text-row.tsx';

type Props = {
  readonly operator: string;
  readonly busy: boolean;
  readonly onOperatorProblem: (problem: string) => void;
  /** Answers the shell's refusal, if it was one. */
  readonly onConnect: (input: ShellInput<'shell/connect'>) => Promise<string | undefined>;
  /** What the shell refused is said here, if it can be said at a field. */
  readonly onRefused: (message: string | undefined) => void;
};

const FIELDS = [
  { field: 'name', label: 'Name', placeholder: 'City Charging', secret: false },
  { field: 'url', label: 'Address', placeholder: 'https://marketplace.example.com', secret: false },
  { field: 'token', label: 'Token', placeholder: '', secret: true },
] as const;

export function ConnectForm({ operator, busy, onOperatorProblem, onConnect, onRefused }: Props) {
  const [typed, setTyped] = useState({ name: '', url: '', token: '' });
  const [problems, setProblems] = useState<ConnectionProblems>({});
  const [tried, setTried] = useState(false);

  const change = (field: ConnectionField, value: string) => {
    const next = { ...typed, [field]: value };
    setTyped(next);
    if (!tried) return;
    const judged = judgeConnection({ ...next, operator });
    setProblems(judged.ok ? {} : judged.problems);
  };
  const send = async (input: ShellInput<'shell/connect'>) => {
    const refusal = await onConnect(input);
    const atField = refusal === undefined ? undefined : problemsOfRefusal(refusal, { ...typed, operator });
    if (atField === undefined) onRefused(refusal);
    else setProblems(atField);
  };
  const submit = () => {
    setTried(true);
    const judged = judgeConnection({ ...typed, operator });
    if (judged.ok) {
      setProblems({});
      void send(judged.input);
      return;
    }
    onRefused(undefined);
    setProblems(judged.problems);
    const firstWrong = FIELDS.find(({ field }) => judged.problems[field] !== undefined);
    if (judged.problems.operator !== undefined) onOperatorProblem(judged.problems.operator);
    else if (firstWrong !== undefined) document.getElementById(`connect-${firstWrong.field}`)?.focus();
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {FIELDS.map(({ field, label, placeholder, secret }) => (
        <TextRow
          key={field}
          id={`connect-${field}`}
          label={label}
          value={typed[field]}
          placeholder={placeholder}
          secret={secret}
          problem={problems[field]}
          hint={
            field === 'token'
              ? 'Kept sealed by the system’s key store where there is one; otherwise asked for at each start.'
              : undefined
          }
          onChange={(value) => change(field, value)}
        />
      ))}
      <button type="submit" className="btn primary tall" disabled={busy}>
        Connect
      </button>
    </form>
  );
}
