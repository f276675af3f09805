/**
 * Signed meter values beside the record that they came with: the result, each check around the signature, the readings, and the
 * text itself. What is inside a record came from outside and is only ever text here.
 */
import './signed.css';
import type { SignedCheck, SignedJudgement, SignedRecord } from '../../../shared/domain/metering/signed-record.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { copyText } from '../../instruments/clipboard/copy-text.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { groupedFingerprint, RESULT_PRIORITY, RESULT_WORDS } from './signed-words.ts';

type SignedValuesProps = {
  readonly judgement: SignedJudgement;
  readonly zone: string;
  readonly onKeys: (fingerprint: string) => void;
};

export function SignedValues({ judgement, zone, onKeys }: SignedValuesProps) {
  const priority = RESULT_PRIORITY[judgement.result];
  return (
    <section className="signed-values" aria-label="Signed meter values">
      <header>
        <h3>Signed meter values</h3>
        {priority !== undefined && (
          <span className="mark" data-priority={priority} aria-hidden="true">
            {priority}
          </span>
        )}
        <span>{RESULT_WORDS[judgement.result]}</span>
      </header>
      <p className="muted">{judgement.message}</p>
      <Checks checks={judgement.checks} />
      {judgement.energies.length > 0 && (
        <ul className="plain">
          {judgement.energies.map((energy) => (
            <li key={energy.obis}>
              <span className="mono">{energy.obis}</span> {energy.begin} → {energy.end} {energy.unit}:{' '}
              <b>
                {energy.delivered} {energy.unit}
              </b>
            </li>
          ))}
        </ul>
      )}
      {judgement.records.map((record) => (
        <OneRecord key={record.position} record={record} zone={zone} onKeys={onKeys} />
      ))}
    </section>
  );
}

type OneRecordProps = {
  readonly record: SignedRecord;
  readonly zone: string;
  readonly onKeys: (fingerprint: string) => void;
};

function OneRecord({ record, zone, onKeys }: OneRecordProps) {
  const { keyFingerprint, nature, page, meterSerial, algorithm } = record;
  const named = [
    meterSerial === '' ? undefined : `meter ${meterSerial}`,
    page === undefined ? undefined : `page ${page.context}${page.number}`,
    algorithm === '' ? undefined : algorithm,
  ].filter((part) => part !== undefined);
  return (
    <section className="signed-record" aria-label={`Signed text ${record.position + 1}`}>
      <h4>
        {nature === '' ? `Text ${record.position + 1}` : nature}
        <small className="muted"> {named.join(' · ')}</small>
      </h4>
      {record.result !== 'valid' && <p className="muted">{record.message}</p>}
      <Checks checks={record.checks} />
      {record.readings.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th scope="col">Read</th>
              <th scope="col">Clock</th>
              <th scope="col">Register</th>
              <th scope="col" className="number">
                Value
              </th>
              <th scope="col">Status</th>
            </tr>
          </thead>
          <tbody>
            {record.readings.map((reading, place) => (
              // A record may hold the same reading twice; its place is what tells them apart.
              <tr key={`${place} ${reading.letter} ${reading.value ?? ''}`}>
                <td title={reading.atMs === undefined ? undefined : describeInstant(reading.atMs, zone)}>
                  {reading.letter}{' '}
                  {reading.atMs === undefined ? 'not readable' : formatInZone(reading.atMs, zone, 'full')}
                </td>
                <td>{CLOCK_WORDS[reading.clock] ?? reading.clock}</td>
                <td className="mono">{reading.obis}</td>
                <td className="number">
                  {reading.value ?? '–'} {reading.unit}
                </td>
                <td>
                  {reading.status === 'G' ? 'good' : reading.status}
                  {reading.errorFlags !== '' && ` · errors ${reading.errorFlags}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className="signed-foot">
        {keyFingerprint !== undefined && (
          <button
            type="button"
            className="btn"
            onClick={() => onKeys(keyFingerprint)}
            title={groupedFingerprint(keyFingerprint)}
          >
            Its key in the register
          </button>
        )}
        <button type="button" className="btn" onClick={() => void copyText(record.rawText)}>
          Copy signed text
        </button>
      </div>
      <details>
        <summary>Text as it was signed</summary>
        <pre className="evidence" tabIndex={0}>
          {record.rawText}
        </pre>
      </details>
    </section>
  );
}

/** OCMF table 19. */
const CLOCK_WORDS: Readonly<Record<string, string>> = {
  S: 'synchronised',
  I: 'informative',
  R: 'relative',
  U: 'unknown',
};

function Checks({ checks }: { readonly checks: readonly SignedCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <ul className="check-list">
      {checks.map((check) => (
        <li key={check.code} data-ok={check.ok}>
          {check.ok ? (
            <span className="check-sign" aria-hidden="true">
              ■
            </span>
          ) : check.decides ? (
            <span className="mark" data-priority="2" aria-hidden="true">
              2
            </span>
          ) : (
            <span className="mark" data-priority="3" aria-hidden="true">
              3
            </span>
          )}
          <span>{check.message}</span>
          <small className="muted">{check.ok ? 'holds' : check.decides ? 'fails' : 'to be known'}</small>
        </li>
      ))}
    </ul>
  );
}
