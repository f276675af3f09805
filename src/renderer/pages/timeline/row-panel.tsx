/** One charge point's vehicle: what is planned for it, what it was told, and what a person may want of it, each with its price first. */
import { useState } from 'react';
import type { PlanRow, SetPointStanding, SitePlan } from '../../../shared/domain/charging/site-plan.ts';
import type { Wish, WishTerms } from '../../../shared/domain/charging/wish.ts';
import { powerW } from '../../../shared/kernel/quantity.ts';
import { kw, sayWish } from '../../charging/charging-words.ts';
import { giveWish } from '../../charging/give-wish.ts';
import { chargingSpans, saySlot, startOf, type SlotSpan } from '../../charging/timeline/timeline-shape.ts';
import { WishList } from '../../charging/wish-list.tsx';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { WishTrial } from '../wish-trial.tsx';

type RowPanelProps = {
  readonly row: PlanRow;
  readonly plan: SitePlan;
  readonly range: SlotSpan | undefined;
  readonly name: string;
  readonly zone: string;
};

type Act = { readonly keys: string; readonly name: string; readonly terms: WishTerms };
const TOP_LEVEL = 3;

export function RowPanel({ row, plan, range, name, zone }: RowPanelProps) {
  const { vehicleId, wishes } = row;
  const { head } = plan;
  const [tried, setTried] = useState<WishTerms>();
  const [isPinning, setPinning] = useState(false);
  const clockOf = (atMs: number) => formatInZone(atMs, zone, 'minute');
  const acts = actsFor(vehicleId, wishes);
  const leave = () => {
    setTried(undefined);
    setPinning(false);
    document.querySelector<HTMLElement>('.timeline [role="listbox"]')?.focus();
  };
  const pin = () => {
    setTried(undefined);
    setPinning(true);
  };
  useShortcuts('Charge point', [
    ...acts.map(({ keys, name: does, terms }) => ({
      keys,
      does: `See what “${does}” does`,
      run: () => {
        setPinning(false);
        setTried(terms);
      },
    })),
    {
      keys: 'p',
      does: 'Pin a power in the chosen quarter hours',
      run: (event) => {
        // The key is not also typed into the field that takes the focus.
        event.preventDefault();
        pin();
      },
    },
    { keys: 'Escape', does: 'Leave it as it is', run: leave },
  ]);
  const give = async (terms: WishTerms) => {
    if (await giveWish(head.depotId, terms, `${name}: ${sayWish(terms, clockOf)}`)) leave();
  };
  return (
    <div className="row-panel">
      <p>{sayPlan(row, plan, zone)}</p>
      <p className="muted">{saySetPoint(row.setPoint, clockOf)}</p>
      {range !== undefined && (
        <p className="muted">
          {saySlot(row, plan, range.from, zone)}; price {decimals(plan.price[range.from] ?? 0, 4)}, one kWh more would
          cost {decimals(plan.marginalPrice[range.from] ?? 0, 4)} {head.currency}.
        </p>
      )}
      <WishList wishes={wishes} clockOf={clockOf} />
      <h3>Ask for</h3>
      <div className="row-acts">
        {acts.map(({ keys, name: does, terms }) => (
          <button
            key={does}
            type="button"
            className="btn"
            aria-pressed={tried !== undefined && sayWish(tried, clockOf) === sayWish(terms, clockOf)}
            onClick={() => {
              setPinning(false);
              setTried(terms);
            }}
          >
            <kbd>{keys.toUpperCase()}</kbd> {does}
          </button>
        ))}
        <button type="button" className="btn" aria-pressed={isPinning} onClick={pin}>
          <kbd>P</kbd> Pin a power
        </button>
      </div>
      {isPinning && (
        <PinForm row={row} plan={plan} range={range} zone={zone} onTry={setTried} key={`${range?.from} ${range?.to}`} />
      )}
      {tried !== undefined && (
        <WishTrial
          depotId={head.depotId}
          terms={tried}
          currency={head.currency}
          decisionNumber={head.decisionNumber}
          doing="Do it"
          takesFocus
          onDo={() => void give(tried)}
          onLeave={leave}
        />
      )}
    </div>
  );
}

function actsFor(vehicleId: string, wishes: readonly Wish[]): readonly Act[] {
  const level =
    wishes.map(({ terms }) => (terms.kind === 'priority' ? terms.level : 0)).find((each) => each !== 0) ?? 0;
  const has = (kind: WishTerms['kind']) => wishes.some(({ terms }) => terms.kind === kind);
  const all: readonly (Act & { readonly isOpen: boolean })[] = [
    { keys: 'l', name: 'Lock as planned', terms: { kind: 'lock', vehicleId }, isOpen: !has('lock') },
    { keys: 'b', name: 'Charge at once', terms: { kind: 'boost', vehicleId }, isOpen: !has('boost') },
    { keys: 'x', name: 'Leave it out', terms: { kind: 'exclude', vehicleId }, isOpen: !has('exclude') },
    {
      keys: 'r',
      name: 'Serve before others',
      terms: { kind: 'priority', vehicleId, level: level + 1 },
      isOpen: level < TOP_LEVEL,
    },
    {
      keys: 'f',
      name: 'Serve after others',
      terms: { kind: 'priority', vehicleId, level: level - 1 },
      isOpen: level > -TOP_LEVEL,
    },
  ];
  return all.filter(({ isOpen }) => isOpen);
}

type PinFormProps = Pick<RowPanelProps, 'row' | 'plan' | 'range' | 'zone'> & {
  readonly onTry: (terms: WishTerms | undefined) => void;
};

function PinForm({ row: { vehicleId, maxW }, plan, range, zone, onTry }: PinFormProps) {
  const [text, setText] = useState(decimals(maxW / 1000, 0, 1));
  const [fault, setFault] = useState('');
  if (range === undefined)
    return (
      <p className="muted" role="status">
        First choose the quarter hours: drag over them, or use the left and right arrow keys, with Shift for more.
      </p>
    );
  const clock = (slot: number) => formatInZone(startOf(slot, plan), zone, 'minute');
  const look = () => {
    const asked = Number(text.replace(',', '.'));
    const isPower = text.trim() !== '' && Number.isFinite(asked) && asked >= 0 && asked * 1000 <= maxW;
    setFault(isPower ? '' : `Enter a power from 0 to ${kw(maxW)}, which is what the charge point gives.`);
    if (!isPower) return;
    onTry({
      kind: 'pin',
      vehicleId,
      fromMs: startOf(range.from, plan),
      toMs: startOf(range.to, plan),
      powerW: powerW(Math.round(asked * 1000)),
    });
  };
  return (
    <form
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault();
        look();
      }}
    >
      <label>
        Power from {clock(range.from)} to {clock(range.to)}, kW{' '}
        <input
          className="field"
          inputMode="decimal"
          autoFocus
          value={text}
          aria-invalid={fault !== ''}
          aria-describedby="pin-fault"
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="btn">
        See its price
      </button>
      <p id="pin-fault" role="status">
        {fault}
      </p>
    </form>
  );
}

function sayPlan(row: PlanRow, plan: SitePlan, zone: string): string {
  const clock = (slot: number) => formatInZone(startOf(slot, plan), zone, 'minute');
  const charging = chargingSpans(row.powerW).map(({ from, to }) => `${clock(from)} to ${clock(to)}`);
  const there = row.isHere ? 'It is here' : `It is expected at ${formatInZone(row.hereFromMs, zone, 'minute')}`;
  const leaves = `and leaves at ${formatInZone(row.departAtMs, zone, 'minute')}`;
  return `${there} ${leaves}. ${charging.length === 0 ? 'Nothing is planned for it.' : `It charges ${charging.join(', ')}.`}`;
}

function saySetPoint({ state, limitW, untilMs, reason }: SetPointStanding, clockOf: (atMs: number) => string): string {
  const until = untilMs === undefined ? '' : ` until ${clockOf(untilMs)}`;
  switch (state) {
    case 'advised':
      return 'The plan only advises: its charge point was told nothing.';
    case 'sending':
      return `Its charge point is being told ${kw(limitW)}${until}.`;
    case 'holds':
      return `Its charge point holds to ${kw(limitW)}${until}.`;
    case 'refused':
      return `Its charge point refused what it was told: ${reason ?? 'it gave no reason'}.`;
    case 'unknown':
      return `Whether its charge point heard ${kw(limitW)} is not known; the plan counts with the worst.`;
    case 'fallback':
      return `Its charge point was told nothing that still holds, so it gives its fallback, ${kw(limitW)}.`;
  }
}
