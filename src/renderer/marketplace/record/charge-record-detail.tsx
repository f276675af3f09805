/** One charge record, whole: their figures beside ours, why they differ, the trace, the checks, the signed values, the evidence. */
import './record.css';
import type { ReactNode } from 'react';
import type { ChargeCheck } from '../../../shared/domain/marketplace/charge-record.ts';
import type { ChargeRecordDetail as Detail } from '../../../shared/ipc/marketplace/record-contract.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { copyText } from '../../instruments/clipboard/copy-text.ts';
import { formatAge } from '../../instruments/clock/profile-clock.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { moneyWords } from '../../tariff/money-text.ts';
import { PriceTrace } from '../../tariff/price-trace.tsx';
import { PriceComparison } from './price-comparison.tsx';
import { sayVerdict, SEVERITY_PRIORITY, SEVERITY_WORDS, standingPriority, standingWords } from './record-words.ts';

type ChargeRecordDetailProps = {
  readonly detail: Detail;
  readonly vehicleName: (vehicleId: string) => string;
  readonly onRecord: (key: string) => void;
  readonly onVehicle: (vehicleId: string) => void;
  readonly onContract: (contractId: string) => void;
  readonly onClose: () => void;
  /** The signed meter values, which have their own question. */
  readonly signed: ReactNode;
};

export function ChargeRecordDetail(props: ChargeRecordDetailProps) {
  const { detail, onClose } = props;
  const { row, record, assessment, sentences } = detail;
  const priority = standingPriority(row);
  return (
    <section className="card record-detail" aria-label={`Charge record ${record.id}`}>
      <header>
        <h2 className="mono" title={record.key}>
          {record.id}
        </h2>
        <span className="record-verdict">
          {priority !== undefined && (
            <span className="mark" data-priority={priority} aria-hidden="true">
              {priority}
            </span>
          )}
          {standingWords(row)}
        </span>
        <span className="end">
          <button type="button" className="btn" onClick={onClose}>
            Close <kbd>Esc</kbd>
          </button>
        </span>
      </header>
      <div className="record-body" tabIndex={0} role="region" aria-label="Record">
        <p className="record-sentence">{sayVerdict(row, assessment)}</p>
        <PriceComparison record={record} assessment={assessment} verdict={row.verdict} />
        <Checks checks={assessment.checks} />
        <Facts {...props} />
        {assessment.priced !== undefined && (
          <PriceTrace priced={assessment.priced} sentences={sentences} timeZone={row.timeZone} />
        )}
        {props.signed}
        <Related {...props} />
        <section aria-label="As it came">
          <div className="record-head">
            <h3>As it came</h3>
            <button type="button" className="btn" onClick={() => void copyText(detail.raw)}>
              Copy JSON
            </button>
          </div>
          <details>
            <summary>The record’s own text, received {describeInstant(record.receivedAtMs, row.timeZone)}</summary>
            <pre className="evidence" tabIndex={0}>
              {detail.raw}
            </pre>
          </details>
        </section>
      </div>
    </section>
  );
}

function Facts({ detail, vehicleName, onVehicle, onContract }: ChargeRecordDetailProps) {
  const { row, record, session } = detail;
  const { vehicleId, timeZone } = row;
  const { basis } = record.charge.zone;
  return (
    <dl className="record-facts">
      <dt>Vehicle</dt>
      <dd>
        {vehicleId === undefined ? (
          `not known: the token ${record.tokenUid} names none`
        ) : (
          <button type="button" className="btn quiet" onClick={() => onVehicle(vehicleId)}>
            {vehicleName(vehicleId)} on the map
          </button>
        )}
      </dd>
      <dt>Charged</dt>
      <dd title={`${describeInstant(row.beginMs, timeZone)} to ${describeInstant(row.endMs, timeZone)}`}>
        {formatInZone(row.beginMs, timeZone, 'day')} {formatInZone(row.beginMs, timeZone, 'time')} to{' '}
        {formatInZone(row.endMs, timeZone, 'time')} {zoneName(timeZone, row.endMs)},{' '}
        {formatAge(row.endMs - row.beginMs)}
        {basis === 'guessed' && <span className="muted">, the zone is guessed</span>}
      </dd>
      <dt>Place</dt>
      <dd>
        {record.locationName} <span className="muted">· {row.operatorName ?? row.party}</span>
      </dd>
      <dt>Charge point</dt>
      <dd className="mono">
        {record.evseUid} / {record.connectorId}
      </dd>
      <dt>Contract</dt>
      <dd>
        <button type="button" className="btn quiet mono" onClick={() => onContract(record.contractId)}>
          {record.contractId}
        </button>
      </dd>
      <dt>Session</dt>
      <dd>
        {session === undefined ? (
          <span className="muted">
            {record.sessionId === undefined ? 'The record names none.' : `${record.sessionId}, which is not known here`}
          </span>
        ) : (
          <>
            <span className="mono">{session.id}</span>{' '}
            <span className="muted">
              {session.status.toLowerCase()}
              {session.totalCost !== undefined &&
                `, last said ${moneyWords(session.totalCost, session.currency)} ${session.currency} net`}
            </span>
          </>
        )}
      </dd>
      {record.invoiceReference !== undefined && (
        <>
          <dt>Invoice</dt>
          <dd className="mono">{record.invoiceReference}</dd>
        </>
      )}
    </dl>
  );
}

function Checks({ checks }: { readonly checks: readonly ChargeCheck[] }) {
  if (checks.length === 0) return <p className="muted">Every check of its sums and times holds.</p>;
  return (
    <section aria-label="Checks">
      <h3>Checks</h3>
      <ul className="check-list">
        {checks.map(({ code, severity, message }) => {
          const priority = SEVERITY_PRIORITY[severity];
          return (
            <li key={`${code} ${message}`}>
              {priority === undefined ? (
                <span className="check-sign" aria-hidden="true">
                  □
                </span>
              ) : (
                <span className="mark" data-priority={priority} aria-hidden="true">
                  {priority}
                </span>
              )}
              <span>{message}</span>
              <small className="muted" title={code}>
                {SEVERITY_WORDS[severity]}
              </small>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Related({ detail, onRecord }: ChargeRecordDetailProps) {
  if (detail.related.length === 0) return null;
  return (
    <section aria-label="Credit records">
      <h3>{detail.record.isCredit ? 'It credits' : 'Credited by'}</h3>
      <ul className="plain">
        {detail.related.map(({ key, id, statedNet, statedGross, currency }) => (
          <li key={key}>
            <button type="button" className="btn quiet mono" onClick={() => onRecord(key)}>
              {id}
            </button>{' '}
            {moneyWords(statedGross ?? statedNet, currency, { signed: true })} {currency}{' '}
            <span className="muted">{statedGross === undefined ? 'net' : 'gross'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
