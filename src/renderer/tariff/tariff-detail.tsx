/** One tariff: what it costs and when, in readable elements, and what each version said otherwise than the one before. */
import './tariff.css';
import type { ReactNode } from 'react';
import type { Tariff, TariffElement, TariffVersion } from '../../shared/domain/tariff/tariff.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { limitWords, tariffChanges } from './tariff-changes.ts';
import { dateWords } from './tariff-columns.ts';
import { componentNotes, componentWords, restrictionWords, TAX_BASIS_WORDS } from './tariff-words.ts';

type TariffDetailProps = {
  /** The version that is looked at. */
  readonly version: TariffVersion;
  /** All of them, newest first; undefined until they are read. */
  readonly versions: readonly TariffVersion[] | undefined;
  readonly zone: string;
  readonly onVersion: (contentHash: string) => void;
  readonly onClose: () => void;
  /** The example price, which has its own question. */
  readonly example: ReactNode;
};

export function TariffDetail({ version, versions, zone, onVersion, onClose, example }: TariffDetailProps) {
  const { tariff } = version;
  return (
    <section className="card tariff-detail" aria-label={`Tariff ${tariff.id}`}>
      <header>
        <h2 className="mono">{tariff.id}</h2>
        <small>
          {tariff.countryCode}*{tariff.partyId}
          {version.withdrawn && ' · withdrawn'}
        </small>
        <span className="end">
          <button type="button" className="btn" onClick={onClose}>
            Close <kbd>Esc</kbd>
          </button>
        </span>
      </header>
      <div className="tariff-body" tabIndex={0} role="region" aria-label="Tariff">
        {tariff.altText !== undefined && <p className="tariff-said">“{tariff.altText}”</p>}
        <dl className="tariff-facts">
          <dt>In force</dt>
          <dd>
            {dateWords(tariff.validFromMs, zone) ?? 'always'} to {dateWords(tariff.validToMs, zone) ?? 'no end'}{' '}
            <span className="muted">({zone})</span>
          </dd>
          <dt>Learnt</dt>
          <dd title={describeInstant(version.learntAtMs, zone)}>{dateWords(version.learntAtMs, zone)}</dd>
          <dt>Money</dt>
          <dd>
            {tariff.currency}, {TAX_BASIS_WORDS[tariff.taxBasis]}
          </dd>
          <Limits tariff={tariff} />
          {tariff.type !== undefined && (
            <>
              <dt>Kind</dt>
              <dd className="mono">{tariff.type}</dd>
            </>
          )}
        </dl>
        <Elements tariff={tariff} />
        {example}
        <Versions version={version} versions={versions} zone={zone} onVersion={onVersion} />
      </div>
    </section>
  );
}

function Limits({ tariff: { minPrice, maxPrice, currency } }: { readonly tariff: Tariff }) {
  return (
    <>
      {minPrice !== undefined && (
        <>
          <dt>At least</dt>
          <dd>{limitWords(minPrice, currency)} a session</dd>
        </>
      )}
      {maxPrice !== undefined && (
        <>
          <dt>At most</dt>
          <dd>{limitWords(maxPrice, currency)} a session</dd>
        </>
      )}
    </>
  );
}

function Elements({ tariff }: { readonly tariff: Tariff }) {
  const elements = tariff.elements.map((element, place) => ({ element, number: place + 1 }));
  return (
    <section aria-label="Elements">
      <h3>Elements</h3>
      <p className="muted">For each kind of cost the first element counts whose conditions all hold.</p>
      <ol className="tariff-elements">
        {elements.map(({ element, number }) => (
          <Element key={number} element={element} number={number} currency={tariff.currency} />
        ))}
      </ol>
    </section>
  );
}

type ElementProps = { readonly element: TariffElement; readonly number: number; readonly currency: string };

function Element({ element, number, currency }: ElementProps) {
  const when = restrictionWords(element.restrictions);
  return (
    <li>
      <span className="tariff-number">{number}</span>
      <div>
        {element.components.map((component) => (
          <p key={component.type}>
            <b>{componentWords(component, currency)}</b> <span className="muted">{componentNotes(component)}</span>
          </p>
        ))}
        <p className="muted">{when.length === 0 ? 'always' : when.join('; ')}</p>
      </div>
    </li>
  );
}

type VersionsProps = Pick<TariffDetailProps, 'version' | 'versions' | 'zone' | 'onVersion'>;

function Versions({ version, versions, zone, onVersion }: VersionsProps) {
  if (versions === undefined) return null;
  return (
    <section aria-label="Versions">
      <h3>Versions, newest first</h3>
      <ol className="tariff-versions">
        {versions.map((each, place) => {
          const before = versions[place + 1];
          const isSeen = each.contentHash === version.contentHash && each.learntAtMs === version.learntAtMs;
          return (
            <li key={`${each.contentHash} ${each.learntAtMs}`}>
              <button
                type="button"
                className="btn"
                aria-pressed={isSeen}
                title={describeInstant(each.learntAtMs, zone)}
                onClick={() => onVersion(each.contentHash)}
              >
                Learnt {dateWords(each.learntAtMs, zone)}
              </button>
              <div>
                {each.withdrawn && <p>The operator withdrew it.</p>}
                {before === undefined ? (
                  <p className="muted">The first that is known here.</p>
                ) : (
                  <Changes before={before.tariff} after={each.tariff} zone={zone} isWithdrawal={each.withdrawn} />
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

type ChangesProps = {
  readonly before: Tariff;
  readonly after: Tariff;
  readonly zone: string;
  readonly isWithdrawal: boolean;
};

function Changes({ before, after, zone, isWithdrawal }: ChangesProps) {
  const changes = tariffChanges(before, after, (atMs) => dateWords(atMs, zone) ?? '');
  if (changes.length === 0)
    return isWithdrawal ? null : <p className="muted">Sent again; nothing in it that is shown here changed.</p>;
  return (
    <ul className="plain">
      {changes.map((change) => (
        <li key={change.what}>
          <span className="muted">{change.what}:</span> {change.before ?? 'not there'} → <b>{change.after ?? 'gone'}</b>
        </li>
      ))}
    </ul>
  );
}
