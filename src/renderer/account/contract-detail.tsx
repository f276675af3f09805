/** One contract: its terms by partner in plain words, how far this month has come, who charges under it, what broke it. */
import './account.css';
import type { ReactNode } from 'react';
import type { ContractTerms, ContractVersion, Token } from '../../shared/domain/account/contract.ts';
import type { ContractRow } from '../../shared/ipc/account-contract.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { decimalWords } from '../tariff/money-text.ts';
import { dateWords } from '../tariff/tariff-columns.ts';
import {
  capWords,
  discountWords,
  partnerWords,
  roundingSentence,
  stepProgress,
  stepWords,
  taxWords,
  toleranceWords,
} from './terms-words.ts';

type ContractDetailProps = {
  readonly row: ContractRow;
  readonly versions: readonly ContractVersion[] | undefined;
  readonly tokens: readonly Token[] | undefined;
  readonly partyName: (party: string) => string;
  readonly vehicleName: (vehicleId: string) => string;
  readonly onVehicle: (vehicleId: string) => void;
  readonly onAccount: (accountId: string) => void;
  readonly guard: ReactNode;
};

export function ContractDetail(props: ContractDetailProps) {
  const { row, partyName, onAccount } = props;
  const { contract } = row.version;
  const { timeZone: zone } = contract;
  return (
    <section className="card contract-detail" aria-label={`Contract ${contract.name}`}>
      <header>
        <h2>{contract.name}</h2>
        <small className="mono">{contract.id}</small>
        <span className="end">
          <button type="button" className="btn" onClick={() => onAccount(contract.accountId)}>
            Its account
          </button>
        </span>
      </header>
      <div className="contract-body" tabIndex={0} role="region" aria-label="Contract">
        <p>
          In force {dateWords(contract.validFromMs, zone)} to {dateWords(contract.validToMs, zone) ?? 'no end'}{' '}
          <span className="muted">
            ({zone}), in {contract.currency}, learnt {dateWords(row.version.learntAtMs, zone)}
          </span>
        </p>
        {props.guard}
        {contract.terms.map((terms) => (
          <Terms
            key={`${terms.partner ?? ''} ${terms.countries.join()} ${terms.tariffId ?? ''}`}
            terms={terms}
            currency={contract.currency}
            monthKwh={row.monthKwh}
            partyName={partyName}
          />
        ))}
        <Vehicles {...props} />
        <Versions {...props} />
      </div>
    </section>
  );
}

type TermsProps = {
  readonly terms: ContractTerms;
  readonly currency: string;
  readonly monthKwh: string;
  readonly partyName: (party: string) => string;
};

function Terms({ terms, currency, monthKwh, partyName }: TermsProps) {
  return (
    <section className="contract-terms" aria-label={partnerWords(terms, partyName)}>
      <h3>{partnerWords(terms, partyName)}</h3>
      <dl>
        <dt>Price</dt>
        <dd>{discountWords(terms)}</dd>
        {terms.caps.length > 0 && (
          <>
            <dt>Caps</dt>
            <dd>
              {terms.caps.map((cap) => (
                <p key={`${cap.dimension} ${cap.current ?? ''}`}>{capWords(cap, currency)}</p>
              ))}
            </dd>
          </>
        )}
        {terms.volumeSteps.length > 0 && (
          <>
            <dt>Volume</dt>
            <dd>
              <p>{decimalWords(monthKwh, { fewest: 1, most: 1 })} kWh this month</p>
              {stepProgress(terms.volumeSteps, monthKwh).map(({ step, share, isReached }) => (
                <p key={step.fromKwh} className="volume-step">
                  <span className="credit-bar" aria-hidden="true">
                    <span style={{ width: `${share * 100}%` }} />
                  </span>
                  {stepWords(step)}{' '}
                  <span className="muted">{isReached ? 'reached' : `${Math.floor(share * 100)} %`}</span>
                </p>
              ))}
            </dd>
          </>
        )}
        <dt>Tax</dt>
        <dd>{taxWords(terms)}</dd>
        <dt>Rounding</dt>
        <dd>{roundingSentence(terms)}</dd>
        <dt>Tolerance</dt>
        <dd>{toleranceWords(terms.tolerance, currency)}</dd>
      </dl>
    </section>
  );
}

function Vehicles({ tokens, vehicleName, onVehicle }: ContractDetailProps) {
  return (
    <section aria-label="Vehicles under it">
      <h3>Vehicles under it</h3>
      {tokens === undefined ? (
        <p className="muted">…</p>
      ) : tokens.length === 0 ? (
        <p className="muted">No token names this contract, so no vehicle can start on it.</p>
      ) : (
        <ul className="contract-vehicles">
          {tokens.map(({ uid, vehicleId, valid, whitelist }) => (
            <li key={uid} title={`Token ${uid}, whitelist ${whitelist.toLowerCase().replaceAll('_', ' ')}`}>
              {vehicleId === undefined ? (
                <span className="mono">{uid}</span>
              ) : (
                <button type="button" className="btn quiet" onClick={() => onVehicle(vehicleId)}>
                  {vehicleName(vehicleId)}
                </button>
              )}
              {!valid && <span className="muted"> not valid</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Versions({ versions, row }: ContractDetailProps) {
  const zone = row.version.contract.timeZone;
  return (
    <section aria-label="Versions">
      <h3>
        Versions <span className="muted">{row.versions}</span>
      </h3>
      <ul className="plain">
        {(versions ?? []).map((version) => (
          <li key={`${version.contentHash} ${version.learntAtMs}`}>
            <span title={describeInstant(version.learntAtMs, zone)}>Learnt {dateWords(version.learntAtMs, zone)}</span>
            <span className="muted">
              {version.supersededAtMs === undefined
                ? ', holds now'
                : `, until ${dateWords(version.supersededAtMs, zone) ?? ''}`}{' '}
              · in force {dateWords(version.contract.validFromMs, zone)} to{' '}
              {dateWords(version.contract.validToMs, zone) ?? 'no end'} ·{' '}
              <span className="mono">{version.contentHash.slice(0, 12)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
