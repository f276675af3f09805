/** A screen that broke says so where it broke; the rest of the window goes on. */
import { Component, useState, type ReactNode } from 'react';
import { copyText } from '../instruments/clipboard/copy-text.ts';

export type PageFailureProps = { readonly where: string; readonly error: unknown; readonly onRetry: () => void };

export function PageFailure({ where, error, onRetry }: PageFailureProps) {
  const [copied, setCopied] = useState(false);
  const details = describe(where, error);
  return (
    <section className="failure" role="alert">
      <h1>
        <span className="mark" data-priority="2" aria-hidden="true">
          !
        </span>
        {where} stopped drawing
      </h1>
      <p>
        <b>What:</b> this part of the window met something its authors thought impossible. The other pages, the links
        and everything stored go on.
      </p>
      <p>
        <b>Why:</b> {error instanceof Error ? error.message : String(error)}
      </p>
      <p>
        <b>Next:</b> draw it again. If it breaks once more, open another page and send the details to support.
      </p>
      <div className="failure-actions">
        <button type="button" className="btn primary" onClick={onRetry}>
          Draw it again
        </button>
        <button type="button" className="btn" onClick={() => void copyText(details).then(setCopied)}>
          {copied ? 'Copied' : 'Copy details'}
        </button>
        <a className="btn" href="#/links">
          Go to Links
        </a>
      </div>
    </section>
  );
}

function describe(where: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return [`Switchyard, ${where}`, window.location.hash, new Date().toISOString(), navigator.userAgent, stack].join(
    '\n',
  );
}

type Props = { readonly where: string; readonly children: ReactNode };
type State = { readonly failed: false } | { readonly failed: true; readonly error: unknown };

export class FailureBoundary extends Component<Props, State> {
  override readonly state: State = { failed: false };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: true, error };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <PageFailure where={this.props.where} error={this.state.error} onRetry={() => this.setState({ failed: false })} />
    );
  }
}
