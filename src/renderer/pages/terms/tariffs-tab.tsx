/** The tariffs: in force when and known when, the list, and the open one with its versions and an example price. */
import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import type { TariffRow } from '../../../shared/ipc/tariff-contract.ts';
import { useDepotsInOrder } from '../../fleet/depot-tabs.tsx';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { AsOfBar, type AsOf } from '../../tariff/as-of-bar.tsx';
import { TariffDetail } from '../../tariff/tariff-detail.tsx';
import { TariffGrid } from '../../tariff/tariff-grid.tsx';
import { useSettledCursor } from '../live/use-settled-cursor.ts';
import { TextFilter } from '../text-filter.tsx';
import { useAnswer } from '../use-answer.ts';
import { PriceExample } from './price-example.tsx';
import type { PatchTermsSearch, TermsSearch } from './terms-search.ts';

const AGAIN_MS = 10_000;

type TariffsTabProps = {
  readonly tabs: ReactNode;
  readonly zone: string;
  readonly search: TermsSearch;
  readonly patch: PatchTermsSearch;
};

export function TariffsTab({ tabs, zone, search, patch }: TariffsTabProps) {
  const grid = useRef<GridHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const { at, known, text } = search;
  const input = useMemo(
    () => ({ ...(at === undefined ? {} : { atMs: at }), ...(known === undefined ? {} : { knownAtMs: known }) }),
    [at, known],
  );
  const { answer, failure } = useAnswer('tariff/tariffs', input, useWallNow(AGAIN_MS));
  const isShown = useCallback((row: TariffRow) => fits(row, text), [text]);
  const shown = useMemo(() => answer?.filter(isShown).length, [answer, isShown]);
  const open = (tariff: string, options?: { readonly replace?: boolean }) =>
    patch({ tariff, version: undefined }, options);
  const settle = useSettledCursor(search.tariff, open);
  const close = () => {
    patch({ tariff: undefined, version: undefined });
    grid.current?.focus();
  };
  const toAsOf = ({ atMs, knownAtMs }: AsOf) => patch({ at: atMs, known: knownAtMs }, { replace: true });
  useShortcuts('Tariffs', [
    { keys: 'j', does: 'Next tariff; Enter opens it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous tariff', run: () => grid.current?.move(-1) },
    { keys: '/', does: 'Filter by text', run: () => field.current?.focus() },
    { keys: 't', does: 'Back to now', run: () => toAsOf({ atMs: undefined, knownAtMs: undefined }) },
    {
      keys: 'Escape',
      does: 'One level back: close the tariff, then the filter',
      run: () => (search.tariff === undefined ? patch({ text: undefined }) : close()),
    },
  ]);
  const row = answer?.find(({ key }) => key === search.tariff);
  return (
    <div className="terms-page" data-split={search.tariff === undefined ? 'none' : 'tariffs'}>
      <section className="card" aria-label="Tariffs">
        <header>
          <h2>Terms</h2>
          {tabs}
        </header>
        <div className="terms-bar">
          <TextFilter
            label="Tariff, party or price"
            text={text ?? ''}
            onText={(next) => patch({ text: next === '' ? undefined : next }, { replace: true })}
            onLeaveToList={() => grid.current?.focus()}
            input={field}
          />
          <AsOfBar asOf={{ atMs: at, knownAtMs: known }} zone={zone} onAsOf={toAsOf} />
          <span className="filter-result" role="status">
            {answer === undefined ? '…' : `${grouped(shown ?? 0)} of ${grouped(answer.length)}`}
          </span>
        </div>
        {failure !== undefined && (
          <p className="empty" role="status">
            <b>The tariffs could not be read.</b>
            {failure}
          </p>
        )}
        {answer?.length === 0 ? (
          <NoTariffs isPast={at !== undefined || known !== undefined} onNow={() => toAsOf(NOW)} />
        ) : (
          <TariffGrid
            rows={answer ?? []}
            isShown={isShown}
            zone={zone}
            selectedKey={search.tariff}
            onCursor={(each) => settle({ id: each.key })}
            onOpen={(each) => open(each.key)}
            sort={search.sort}
            onSort={(sort) => patch({ sort }, { replace: true })}
            handle={grid}
          />
        )}
      </section>
      {search.tariff !== undefined && (
        <OpenTariff
          key={search.tariff}
          tariffKey={search.tariff}
          row={row}
          zone={zone}
          contentHash={search.version}
          onVersion={(version) => patch({ version }, { replace: true })}
          onClose={close}
        />
      )}
    </div>
  );
}

const NOW: AsOf = { atMs: undefined, knownAtMs: undefined };

function NoTariffs({ isPast, onNow }: { readonly isPast: boolean; readonly onNow: () => void }) {
  return (
    <div className="empty">
      {isPast ? (
        <>
          <b>No tariff was in force then, as far as it was known.</b>
          <button type="button" className="btn" onClick={onNow}>
            Look at now <kbd>T</kbd>
          </button>
        </>
      ) : (
        <>
          <b>No tariff is known here yet.</b>
          Tariffs come with FLO’s stream of tariffs, at the latest when it is asked anew after the link has come up.
        </>
      )}
    </div>
  );
}

function fits({ key, summary, version }: TariffRow, text: string | undefined): boolean {
  if (text === undefined) return true;
  const sought = text.toLowerCase();
  return [key, summary, version.tariff.altText ?? ''].some((part) => part.toLowerCase().includes(sought));
}

type OpenTariffProps = {
  readonly tariffKey: string;
  readonly row: TariffRow | undefined;
  readonly zone: string;
  readonly contentHash: string | undefined;
  readonly onVersion: (contentHash: string) => void;
  readonly onClose: () => void;
};

/** Asked for by its name, so that a link to a tariff that is not in force now finds it as well. */
function OpenTariff({ tariffKey, row, zone: usualZone, contentHash, onVersion, onClose }: OpenTariffProps) {
  const name = useMemo(() => readKey(tariffKey), [tariffKey]);
  const { answer, failure } = useAnswer('tariff/versions', name, useWallNow(AGAIN_MS));
  const version =
    contentHash === undefined
      ? (row?.version ?? answer?.[0])
      : (answer?.find((each) => each.contentHash === contentHash) ?? row?.version);
  // A tariff names no place. Hours of the day are those of where its money is used: a depot there has the clocks.
  const depots = useDepotsInOrder();
  const zone = depots.find(({ currency }) => currency === version?.tariff.currency)?.timeZone ?? usualZone;
  if (version === undefined)
    return (
      <section className="card tariff-detail" aria-label="Tariff" aria-busy={answer === undefined}>
        {(answer !== undefined || failure !== undefined) && (
          <p className="empty" role="status">
            <b>{failure === undefined ? 'This tariff is not known here.' : 'The tariff could not be read.'}</b>
            {failure ?? 'The link names a tariff that no operator has sent to this profile.'}{' '}
            <button type="button" className="btn" onClick={onClose}>
              Back to the list
            </button>
          </p>
        )}
      </section>
    );
  return (
    <TariffDetail
      version={version}
      versions={answer}
      zone={zone}
      onVersion={onVersion}
      onClose={onClose}
      example={<PriceExample name={name} contentHash={version.contentHash} zone={zone} />}
    />
  );
}

/** `CC*PPP*id`; an id may hold a star itself. */
function readKey(key: string): { readonly countryCode: string; readonly partyId: string; readonly id: string } {
  const [countryCode = '', partyId = '', ...rest] = key.split('*');
  return { countryCode, partyId, id: rest.join('*') };
}
