/** A depot’s plan by charge point: when each charges, its window, what people fixed, what the plan before wanted, and what a kWh more costs. */
import './timeline.css';
import { memo, useMemo, useRef, type PointerEvent } from 'react';
import type { PlanRow, ReadinessState, SitePlan } from '../../../shared/domain/charging/site-plan.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { ghostLine, hourMarks, placeOf, sayRow, spansOf, stepArea, type SlotSpan } from './timeline-shape.ts';

const LABEL_EVERY_HOURS = 2;
/** A slot without room costs what missing energy is worth: far beyond any price, and drawn as full. */
const FULL_TIMES = 3;
const PRIORITIES: Partial<Record<ReadinessState, string>> = { 'will-miss': '2', tight: '3' };

type TimelineProps = {
  readonly plan: SitePlan;
  readonly zone: string;
  readonly nowMs: number;
  readonly nameOf: (vehicleId: string) => string;
  readonly stateOf: (vehicleId: string) => ReadinessState | undefined;
  readonly chosenId: string | undefined;
  readonly range: SlotSpan | undefined;
  readonly onChoose: (vehicleId: string, range: SlotSpan | undefined) => void;
};

export function Timeline({ plan, zone, nowMs, nameOf, stateOf, chosenId, range, onChoose }: TimelineProps) {
  const marks = useMemo(() => hourMarks(plan, zone, LABEL_EVERY_HOURS), [plan, zone]);
  const lines = marks.map(({ slot }) => (
    <i key={slot} className="timeline-line" style={{ left: `${(slot / plan.slots) * 100}%` }} />
  ));
  const nowPlace = placeOf(nowMs, plan);
  return (
    <div className="timeline">
      <div className="timeline-top">
        <div className="timeline-label muted">Bay, vehicle, departure</div>
        <div className="timeline-axis" aria-hidden="true">
          {marks.map(({ slot, clock, day }) => (
            <span key={slot} style={{ left: `${(slot / plan.slots) * 100}%` }}>
              {day ?? clock}
            </span>
          ))}
        </div>
        <PriceStrip plan={plan} />
      </div>
      <div className="timeline-rows">
        <div className="timeline-lines" aria-hidden="true">
          {lines}
          <i className="timeline-now" style={{ left: `${nowPlace}%` }} />
        </div>
        <div
          role="listbox"
          aria-label="Charge points"
          tabIndex={0}
          aria-activedescendant={chosenId === undefined ? undefined : rowId(chosenId)}
        >
          {plan.rows.map((row) => (
            <Row
              key={row.vehicleId}
              row={row}
              plan={plan}
              zone={zone}
              name={nameOf(row.vehicleId)}
              state={stateOf(row.vehicleId)}
              isChosen={row.vehicleId === chosenId}
              range={row.vehicleId === chosenId ? range : undefined}
              onChoose={onChoose}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

export function rowId(vehicleId: string): string {
  return `timeline-${vehicleId}`;
}

function PriceStrip({ plan }: { readonly plan: SitePlan }) {
  const { price, marginalPrice, slots, head } = plan;
  const top = Math.max(...price, 0) * FULL_TIMES;
  const most = Math.max(...marginalPrice.filter((each) => each <= top), ...price, 0);
  const full = marginalPrice.flatMap((each, slot) => (each > top ? [slot] : []));
  return (
    <>
      <div className="timeline-label muted" title="Of the import, and of one kWh more in the same quarter hour">
        Price to {decimals(most, 2)} {head.currency}/kWh
      </div>
      <div
        className="timeline-price"
        role="img"
        aria-label={`Price of each quarter hour, and what one kWh more costs; ${full.length} of ${slots} quarter hours have no room for more`}
      >
        <svg viewBox={`0 0 ${slots} 1`} preserveAspectRatio="none">
          <path className="timeline-marginal" d={stepArea(marginalPrice, most)} />
          <path className="timeline-tariff" d={stepArea(price, most)} />
        </svg>
        {spansOf(full).map((span) => (
          <Span key={span.from} span={span} slots={slots} className="timeline-full" />
        ))}
      </div>
    </>
  );
}

type RowProps = {
  readonly row: PlanRow;
  readonly plan: SitePlan;
  readonly zone: string;
  readonly name: string;
  readonly state: ReadinessState | undefined;
  readonly isChosen: boolean;
  readonly range: SlotSpan | undefined;
  readonly onChoose: TimelineProps['onChoose'];
};

const Row = memo(function Row({ row, plan, zone, name, state, isChosen, range, onChoose }: RowProps) {
  const { vehicleId, powerW, beforeW, maxW, fixedSlots, hereFromMs, departAtMs, bayName } = row;
  const { slots } = plan;
  const begin = useRef<number>(undefined);
  const slotUnder = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return Math.min(slots - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * slots)));
  };
  const choose = (event: PointerEvent<HTMLElement>) => {
    const slot = slotUnder(event);
    const from = begin.current ?? slot;
    onChoose(vehicleId, { from: Math.min(from, slot), to: Math.max(from, slot) + 1 });
  };
  const priority = state && PRIORITIES[state];
  const fromPlace = placeOf(hereFromMs, plan);
  const departPlace = placeOf(departAtMs, plan);
  return (
    <div
      id={rowId(vehicleId)}
      role="option"
      aria-selected={isChosen}
      className="timeline-row"
      onPointerDown={() => onChoose(vehicleId, undefined)}
    >
      <div className="timeline-label">
        <b>{bayName || 'No bay'}</b>
        <span className="timeline-name">{name}</span>
        {priority !== undefined && (
          <span className="mark" data-priority={priority} aria-hidden="true">
            {priority}
          </span>
        )}
        <time>{formatInZone(departAtMs, zone, 'minute')}</time>
        <span className="visually-hidden">{sayRow(row, plan, zone)}</span>
      </div>
      <div
        className="timeline-track"
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture(event.pointerId);
          begin.current = slotUnder(event);
          choose(event);
        }}
        onPointerMove={(event) => {
          if (begin.current !== undefined) choose(event);
        }}
        onPointerUp={() => (begin.current = undefined)}
        onPointerCancel={() => (begin.current = undefined)}
      >
        <i className="timeline-window" style={{ left: `${fromPlace}%`, width: `${departPlace - fromPlace}%` }} />
        {departPlace < 100 && (
          <i className="timeline-departure" data-state={state} style={{ left: `${departPlace}%` }} />
        )}
        <svg viewBox={`0 0 ${slots} 1`} preserveAspectRatio="none" aria-hidden="true">
          <path className="timeline-power" d={stepArea(powerW, maxW)} />
          <path className="timeline-ghost" d={ghostLine(beforeW, powerW, maxW)} />
        </svg>
        {spansOf(fixedSlots).map((span) => (
          <Span key={span.from} span={span} slots={slots} className="timeline-fixed" />
        ))}
        {range !== undefined && <Span span={range} slots={slots} className="timeline-range" />}
      </div>
    </div>
  );
});

function Span({
  span: { from, to },
  slots,
  className,
}: {
  readonly span: SlotSpan;
  readonly slots: number;
  readonly className: string;
}) {
  return (
    <i className={className} style={{ left: `${(from / slots) * 100}%`, width: `${((to - from) / slots) * 100}%` }} />
  );
}
