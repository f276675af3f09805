/** What runs here: versions, the database and how safely it writes. The first thing support asks for, so it can be copied. */
import './about-page.css';
import { useState } from 'react';
import type { AboutFacts } from '../../shared/ipc/console-contract.ts';
import { useOnlyRecord } from '../link/use-feed.ts';
import { copyText } from '../instruments/clipboard/copy-text.ts';
import { useAnswer } from './use-answer.ts';

const NOTHING = {};

export function AboutPage() {
  const { answer: facts, failure, askAgain } = useAnswer('console/about', NOTHING);
  const [copied, setCopied] = useState(false);
  const console = useOnlyRecord('console/facts');
  const blocks = facts === undefined ? [] : blocksOf(facts, console?.profileName ?? '', console?.operator ?? '');
  return (
    <div className="about-page">
      <header>
        <h2 className="about-title">Switchyard {facts?.version ?? ''}</h2>
        <p className="muted">The operations console for electric fleets’ control rooms.</p>
        <button
          type="button"
          className="btn"
          disabled={facts === undefined}
          onClick={() => void copyText(asText(blocks)).then(setCopied)}
        >
          {copied ? 'Copied' : 'Copy all'}
        </button>
      </header>
      {failure !== undefined && (
        <div className="card empty about-failure" role="status">
          <b>The backend did not say what it is</b>
          <p>{failure}</p>
          <button type="button" className="btn" onClick={askAgain}>
            Ask again
          </button>
        </div>
      )}
      <div className="about-blocks">
        {blocks.map((block) => (
          <section key={block.title} className="card">
            <header>
              <h2>{block.title}</h2>
            </header>
            <dl className="facts">
              {block.rows.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}

type Block = { readonly title: string; readonly rows: readonly (readonly [string, string])[] };

function blocksOf(facts: AboutFacts, profile: string, operator: string): readonly Block[] {
  return [
    {
      title: 'This console',
      rows: [
        ['Version', facts.version],
        ['Profile', profile],
        ['Operator', operator],
      ],
    },
    {
      title: 'Runtime',
      rows: [
        ['Electron', `${facts.electron} (${facts.runtime})`],
        ['Chromium', facts.chromium],
        ['Node', facts.node],
        ['SQLite', facts.sqlite],
      ],
    },
    {
      title: 'Database',
      rows: [
        ['File', facts.databasePath],
        ['Size', megabytes(facts.databaseBytes)],
        ['Journal', facts.journalMode],
        ['Synchronous', synchronousWord(facts.synchronous)],
        ['Schema', String(facts.schemaVersion)],
      ],
    },
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toLocaleString('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
}

/** What the pragma gives back after a write, by name or by SQLite's number, with what it means for a power cut. */
function synchronousWord(value: string): string {
  const isSafe = /^(full|extra|[23])$/iu.test(value);
  return `${value}: ${isSafe ? 'what was committed survives a power cut' : 'a power cut may lose the last commits'}`;
}

function asText(blocks: readonly Block[]): string {
  return blocks
    .flatMap((block) => [block.title, ...block.rows.map(([name, value]) => `  ${name}: ${value}`)])
    .join('\n');
}
