/** The first screen: a living demo in one click, a marketplace in four fields, or a profile that exists already. */
import './first-run.css';
import { useState, type ReactNode } from 'react';
import type { ProfileSummary, ShellInput, ShellRequestName } from '../../../shared/ipc/shell-contract.ts';
import { askShell } from '../../link/shell-bridge.ts';
import { DemoSketch } from './first-run-demo-sketch.tsx';
import { ConnectForm } from './first-run-connect-form.tsx';
import { judgeOperator } from './first-run-connection.ts';
import { TextRow } from './first-run-text-row.tsx';

type Props = { readonly profiles: readonly ProfileSummary[]; readonly operator: string };
type Open = <N extends ShellRequestName>(name: N, input: ShellInput<N>) => void;
type Ask = <N extends ShellRequestName>(name: N, input: ShellInput<N>) => Promise<string | undefined>;

export function FirstRunPage({ profiles, operator: known }: Props) {
  const [operator, setOperator] = useState(known);
  const [operatorProblem, setOperatorProblem] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | undefined>();

  const ask: Ask = async (name, input) => {
    setBusy(true);
    setRefusal(undefined);
    // Another profile's page and selection mean nothing here: a profile opened by hand begins at Live.
    window.location.hash = '#/live';
    const answer = await askShell(name, input);
    setBusy(false);
    return answer.ok ? undefined : answer.error.message;
  };
  const open: Open = (name, input) => void ask(name, input).then(setRefusal);
  const tryDemo = () => {
    const problem = judgeOperator(operator);
    setOperatorProblem(problem);
    if (problem === undefined) open('shell/try-demo', { operator: operator.trim() });
    else document.getElementById('first-run-operator')?.focus();
  };

  return (
    <main className="first-run">
      <header>
        <h1>Switchyard</h1>
        <p className="muted">
          The operations console for electric fleets: vehicles, charging and the marketplace on one screen.
        </p>
      </header>
      <div className="first-run-who">
        <TextRow
          id="first-run-operator"
          label="Your name"
          value={operator}
          problem={operatorProblem}
          hint="Stands beside every start and stop you give. Kept on this computer."
          autoComplete="name"
          autoFocus={known === ''}
          onChange={(value) => {
            setOperator(value);
            if (operatorProblem !== undefined) setOperatorProblem(judgeOperator(value));
          }}
        />
      </div>
      {refusal !== undefined && (
        <p className="first-run-refusal" role="alert">
          <span className="mark" data-priority="2" aria-hidden="true">
            !
          </span>
          {refusal}
        </p>
      )}
      {profiles.length > 0 && (
        <KnownProfiles
          profiles={profiles}
          busy={busy}
          onOpen={(profileId) => open('shell/open-profile', { profileId })}
        />
      )}
      <div className="first-run-ways">
        <Way
          title="Try the demo"
          says="A simulated fleet of 200 vehicles in Bengaluru and Berlin, with a marketplace to charge at. Nothing leaves this computer."
        >
          <DemoSketch />
          <ul>
            <li>Start and stop charging sessions</li>
            <li>Switch on faults: a lost link, refused commands, late answers</li>
          </ul>
          <button type="button" className="btn solid tall" disabled={busy} onClick={tryDemo} autoFocus={known !== ''}>
            Try the demo
          </button>
        </Way>
        <Way
          title="Connect"
          says="To the marketplace your fleet charges at. You need its address and a token from its operator."
        >
          <ConnectForm
            operator={operator}
            busy={busy}
            onOperatorProblem={(problem) => {
              setOperatorProblem(problem);
              document.getElementById('first-run-operator')?.focus();
            }}
            onConnect={async (input) => ask('shell/connect', input)}
            onRefused={setRefusal}
          />
        </Way>
      </div>
    </main>
  );
}

function Way({
  title,
  says,
  children,
}: {
  readonly title: string;
  readonly says: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="way" aria-label={title}>
      <h2>{title}</h2>
      <p className="muted">{says}</p>
      {children}
    </section>
  );
}

type KnownProps = {
  readonly profiles: readonly ProfileSummary[];
  readonly busy: boolean;
  readonly onOpen: (id: string) => void;
};

function KnownProfiles({ profiles, busy, onOpen }: KnownProps) {
  return (
    <section className="known-profiles" aria-label="Profiles on this computer">
      <h2>On this computer</h2>
      <ul>
        {profiles.map((profile) => (
          <li key={profile.id}>
            <button type="button" disabled={busy} onClick={() => onOpen(profile.id)}>
              <b>{profile.name}</b>
              <span className="muted">{profile.kind === 'demo' ? 'simulated' : (profile.url ?? 'marketplace')}</span>
              {profile.kind === 'demo' && <span className="demo-tag">DEMO</span>}
              <span className="open-word" aria-hidden="true">
                Open
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
