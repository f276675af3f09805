/** The contracts: which there are, and the chosen one whole, with the prices that broke it. */
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, type ReactNode } from 'react';
import { ContractDetail } from '../../account/contract-detail.tsx';
import { ContractList } from '../../account/contract-list.tsx';
import { GuardList } from '../../account/guard-list.tsx';
import type { ContractRow, GuardFinding } from '../../../shared/ipc/account-contract.ts';
import { nowMs, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useAnswer } from '../use-answer.ts';
import { usePartyName, useVehicleName } from '../use-names.ts';
import type { PatchTermsSearch, TermsSearch } from './terms-search.ts';

const NOTHING = {};
const AGAIN_MS = 10_000;
const GUARD_DAYS = 30;
const HOUR_MS = 3_600_000;

type ContractsTabProps = {
  readonly tabs: ReactNode;
  readonly search: TermsSearch;
  readonly patch: PatchTermsSearch;
};

export function ContractsTab({ tabs, search, patch }: ContractsTabProps) {
  const list = useRef<HTMLDivElement>(null);
  const moment = useWallNow(AGAIN_MS);
  const { answer, failure } = useAnswer('account/contracts', NOTHING, moment);
  const findings = useGuardFindings(moment);
  const counts = useMemo(() => countByContract(findings ?? []), [findings]);
  const rows = answer ?? [];
  const chosen = rows.find(({ version }) => version.contract.id === search.contract) ?? rows[0];
  const chosenId = chosen?.version.contract.id;
  const choose = (contract: string) => patch({ contract }, { replace: true });
  const step = (by: number) => {
    const next = rows[rows.findIndex((row) => row === chosen) + by];
    if (next === undefined) return;
    choose(next.version.contract.id);
    list.current?.querySelector<HTMLElement>(`[data-contract="${CSS.escape(next.version.contract.id)}"]`)?.focus();
  };
  useShortcuts('Contracts', [
    { keys: 'j', does: 'Next contract', run: () => step(1) },
    { keys: 'k', does: 'Previous contract', run: () => step(-1) },
  ]);
  return (
    <div className="terms-page" data-split="contracts">
      <section className="card" aria-label="Contracts">
        <header>
          <h2>Terms</h2>
          {tabs}
        </header>
        <div className="scroller" ref={list}>
          {failure !== undefined && (
            <p className="empty" role="status">
              <b>The contracts could not be read.</b>
              {failure}
            </p>
          )}
          {answer?.length === 0 && (
            <p className="empty">
              <b>No contract is known here yet.</b>
              Contracts come with FLO’s stream of accounts. Without one, prices are those of the tariffs, and nothing
              guards them.
            </p>
          )}
          {rows.length > 0 && <ContractList rows={rows} chosenId={chosenId} findings={counts} onChoose={choose} />}
        </div>
      </section>
      {chosen !== undefined && (
        <ChosenContract key={chosenId} row={chosen} findings={findings ?? []} patch={patch} moment={moment} />
      )}
    </div>
  );
}

type ChosenContractProps = {
  readonly row: ContractRow;
  readonly findings: readonly GuardFinding[];
  readonly patch: PatchTermsSearch;
  readonly moment: number;
};

function ChosenContract({ row, findings, patch, moment }: ChosenContractProps) {
  const navigate = useNavigate();
  const { id, timeZone } = row.version.contract;
  const input = useMemo(() => ({ contractId: id }), [id]);
  const versions = useAnswer('account/contract-versions', input, moment);
  const tokens = useAnswer('account/tokens', input, moment);
  const vehicleName = useVehicleName();
  const partyName = usePartyName();
  const open = ({ kind, partner, reference }: GuardFinding) => {
    if (kind !== 'record-above-terms') patch({ tab: 'tariffs', tariff: tariffKey(partner, reference) });
    else void navigate({ to: '/records', search: { record: reference } } as never);
  };
  return (
    <ContractDetail
      row={row}
      versions={versions.answer}
      tokens={tokens.answer}
      partyName={partyName}
      vehicleName={vehicleName}
      onVehicle={(vehicle) => void navigate({ to: '/live', search: { vehicle } } as never)}
      onAccount={(account) => patch({ tab: 'credit', account })}
      guard={
        <GuardList
          findings={findings.filter(({ contractId }) => contractId === id)}
          days={GUARD_DAYS}
          zone={timeZone}
          onOpen={open}
        />
      }
    />
  );
}

/** By whole hours, so that the question stays the same while nothing has changed. */
function useGuardFindings(moment: number): readonly GuardFinding[] | undefined {
  const toMs = (Math.floor(nowMs() / HOUR_MS) + 1) * HOUR_MS;
  const input = useMemo(() => ({ fromMs: toMs - GUARD_DAYS * 24 * HOUR_MS, toMs }), [toMs]);
  return useAnswer('account/guard-findings', input, moment).answer;
}

function countByContract(findings: readonly GuardFinding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { contractId } of findings) counts.set(contractId, (counts.get(contractId) ?? 0) + 1);
  return counts;
}

function tariffKey(partner: string, tariffId: string): string {
  return tariffId.includes('*') ? tariffId : `${partner}*${tariffId}`;
}
