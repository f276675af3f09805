/** Prices above what was negotiated: offered by a tariff or charged by a record, each with the way to its proof. */
import './account.css';
import type { GuardFinding } from '../../shared/ipc/account-contract.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { moneyWords } from '../tariff/money-text.ts';
import { dateWords } from '../tariff/tariff-columns.ts';

type GuardListProps = {
  readonly findings: readonly GuardFinding[];
  readonly days: number;
  readonly zone: string;
  readonly onOpen: (finding: GuardFinding) => void;
};

const PROOF_WORDS: Readonly<Record<GuardFinding['kind'], string>> = {
  'tariff-above-terms': 'Tariff',
  'record-above-terms': 'Record',
  'no-terms': 'Tariff',
};

export function GuardList({ findings, days, zone, onOpen }: GuardListProps) {
  return (
    <section className="guard" aria-label="Prices above the terms">
      <h3>
        Above the terms <span className="muted">in the last {days} days</span>
      </h3>
      {findings.length === 0 ? (
        <p className="muted">Nothing was offered or charged above what was negotiated.</p>
      ) : (
        <ul className="guard-list">
          {findings.map((finding) => (
            <li key={`${finding.kind} ${finding.reference} ${finding.message}`}>
              <span
                className="mark"
                data-priority={finding.kind === 'record-above-terms' ? '2' : '3'}
                aria-hidden="true"
              >
                {finding.kind === 'record-above-terms' ? '2' : '3'}
              </span>
              <span>
                {finding.message}{' '}
                <span className="muted" title={describeInstant(finding.atMs, zone)}>
                  {dateWords(finding.atMs, zone)}
                </span>
              </span>
              <span className="number">
                {finding.excess !== undefined &&
                  `${moneyWords(finding.excess, finding.currency, { signed: true })} ${finding.currency}`}
              </span>
              <button type="button" className="btn" onClick={() => onOpen(finding)}>
                {PROOF_WORDS[finding.kind]}
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
