/** A named screen for each way a start can fail; nothing it offers changes or deletes what is stored. */
import './start-up-failure-page.css';
import { useState } from 'react';
import type { ShellState } from '../../shared/ipc/shell-contract.ts';
import { askShell } from '../link/shell-bridge.ts';
import { copyText } from '../instruments/clipboard/copy-text.ts';
import { START_UP_FAILURE_WORDS } from './start-up-failure-words.ts';

type Action = 'shell/retry' | 'shell/leave-profile' | 'shell/show-database' | 'shell/start-demo-afresh';
type Failed = Extract<ShellState, { phase: 'failed' }>;

export function StartUpFailurePage({ state }: { readonly state: Failed }) {
  const [copied, setCopied] = useState(false);
  // Each try passes through another screen, so this one is made anew and says when.
  const [triedAt] = useState(() => new Date().toLocaleTimeString('en-GB'));
  const [refusal, setRefusal] = useState<string | undefined>();
  const words = START_UP_FAILURE_WORDS[state.failure];

  const ask = (request: Action) =>
    void askShell(request, {}).then((answer) => setRefusal(answer.ok ? undefined : answer.error.message));

  return (
    <main className="start-up-failure">
      <section className="failure" role="alert" data-failure={state.failure}>
        <h1>
          <span className="mark" data-priority="1" aria-hidden="true">
            !
          </span>
          {words.title}
        </h1>
        <p>
          <b>What:</b> {words.what}
        </p>
        <p>
          <b>Why:</b> {words.why}
        </p>
        {words.messageAdds === true && <p className="failure-message">{state.error.message}</p>}
        <div>
          <b>Next:</b>
          <ol>
            {words.next.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
        {state.canStartAfresh && (
          <p>
            This is the demo’s database, so you may also start the demo afresh: the old file is moved into a folder
            beside it and kept whole, and the demo begins with a new one.
          </p>
        )}
        {state.databasePath !== undefined && (
          <p>
            <b>File:</b> <span className="mono selectable">{state.databasePath}</span>
          </p>
        )}
        <p className="untouched">Your data are untouched: nothing in the file was changed.</p>
        <div className="failure-actions">
          <button type="button" className="btn primary" autoFocus onClick={() => ask('shell/retry')}>
            Try again
          </button>
          {state.databasePath !== undefined && (
            <button type="button" className="btn" onClick={() => ask('shell/show-database')}>
              Show the folder
            </button>
          )}
          <button type="button" className="btn" onClick={() => void copyText(describe(state)).then(setCopied)}>
            {copied ? 'Copied' : 'Copy details'}
          </button>
          <button type="button" className="btn" onClick={() => ask('shell/leave-profile')}>
            Choose another profile
          </button>
          {state.canStartAfresh && (
            <button type="button" className="btn" onClick={() => ask('shell/start-demo-afresh')}>
              Start the demo afresh
            </button>
          )}
        </div>
        <p className="muted">
          Tried at {triedAt} · <span className="mono">{state.error.code}</span>
        </p>
        {refusal !== undefined && <p role="alert">{refusal}</p>}
      </section>
    </main>
  );
}

function describe(state: Failed): string {
  return JSON.stringify({ at: new Date().toISOString(), agent: navigator.userAgent, ...state }, null, 2);
}
