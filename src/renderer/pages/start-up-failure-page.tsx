/** A named screen for each way a start can fail; it never offers anything that could touch the data. */
import { useState } from 'react';
import type { ShellState } from '../../shared/ipc/shell-contract.ts';
import { askShell } from '../link/shell-bridge.ts';
import { copyText } from '../instruments/clipboard/copy-text.ts';
import { START_UP_FAILURE_WORDS } from './start-up-failure-words.ts';

type Failed = Extract<ShellState, { phase: 'failed' }>;

export function StartUpFailurePage({ state }: { readonly state: Failed }) {
  const [copied, setCopied] = useState(false);
  const [refusal, setRefusal] = useState<string | undefined>();
  const words = START_UP_FAILURE_WORDS[state.failure];

  const ask = (request: 'shell/retry' | 'shell/leave-profile') =>
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
        <p className="failure-message">
          {state.error.message} <span className="muted mono">{state.error.code}</span>
        </p>
        <div>
          <b>Next:</b>
          <ol>
            {words.next.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </div>
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
          <button type="button" className="btn" onClick={() => ask('shell/leave-profile')}>
            Choose another profile
          </button>
          <button type="button" className="btn" onClick={() => void copyText(describe(state)).then(setCopied)}>
            {copied ? 'Copied' : 'Copy details'}
          </button>
        </div>
        {refusal !== undefined && <p role="alert">{refusal}</p>}
      </section>
    </main>
  );
}

function describe(state: Failed): string {
  return JSON.stringify({ at: new Date().toISOString(), agent: navigator.userAgent, ...state }, null, 2);
}
