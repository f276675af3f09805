/** One box of the diagram: a meter with its power, age and energy of today; dimmed and hatched when that is not the present. */
import type { LineRecord, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { EnergySpan } from '../../../shared/ipc/metering/interval-contract.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { MeterValue, ReadingAge } from '../meter/meter-value.tsx';
import { energyKwh, NOT_TOLD, powerKw, ROLE_WORDS } from '../meter/meter-words.ts';
import { useMeterStanding } from '../meter/use-meter-standing.ts';
import { judgeLoad } from '../site-power/site-load.ts';
import type { PlacedBox } from './one-line-layout.ts';

/** What is known of the charge point behind a charger's meter, from whoever knows sessions. */
export type BayState = { readonly word: string; readonly isAbnormal: boolean };

type BoxProps = {
  readonly box: PlacedBox;
  readonly isCursor: boolean;
  readonly onFocus: (id: string) => void;
};

type MeterBoxProps = BoxProps & {
  readonly meter: MeterRecord;
  readonly line: LineRecord | undefined;
  readonly zone: string;
  /** Of the site, where this meter measures all of it. */
  readonly limitW: number | undefined;
  readonly today: EnergySpan | undefined;
  readonly bay: BayState | undefined;
  readonly onOpen: (meterId: string) => void;
};

export function MeterBox(props: MeterBoxProps) {
  const { box, meter, line, zone, limitW } = props;
  const standing = useMeterStanding(meter, line);
  const powerW = meter.latest?.values.powerW;
  const load = powerW === undefined || limitW === undefined ? undefined : judgeLoad(powerW, limitW);
  const overload = standing.isCurrent ? load : undefined;
  const priority = overload?.priority ?? standing.priority;
  const seen = { latest: meter.latest, isCurrent: standing.isCurrent, zone };
  return (
    <button
      type="button"
      className={`one-line-box ${box.kind}`}
      data-node={box.id}
      data-level={overload?.level ?? 'normal'}
      data-loose={box.looseReason !== undefined || undefined}
      style={boxStyle(box)}
      tabIndex={props.isCursor ? 0 : -1}
      aria-current={props.isCursor ? 'true' : undefined}
      title={[`${meter.name}, ${ROLE_WORDS[meter.role].toLowerCase()}.`, standing.sentence, box.looseReason]
        .filter(Boolean)
        .join(' ')}
      onFocus={() => props.onFocus(box.id)}
      onClick={() => props.onOpen(meter.id)}
    >
      <span className="one-line-name">
        {priority !== undefined && <Mark priority={priority} />}
        <b>{meter.name}</b>
        {props.bay !== undefined && (
          <span className="one-line-bay">
            {props.bay.isAbnormal && <Mark priority={3} />}
            {props.bay.word}
          </span>
        )}
      </span>
      <span className="one-line-power">
        {meter.latest === undefined ? (
          <span className="live-value stale">no reading yet</span>
        ) : (
          <MeterValue {...seen}>
            <Direction powerW={powerW} /> <b>{powerKw(powerW)}</b> kW
          </MeterValue>
        )}
        {standing.isCurrent && <Age atMs={meter.latest?.atMs} />}
      </span>
      {limitW !== undefined && box.kind === 'branch' && (
        <LoadLine share={load?.share} isCurrent={standing.isCurrent} limitW={limitW} />
      )}
      <span className="one-line-note">
        {meter.latest !== undefined && !standing.isCurrent ? (
          <>
            <ReadingAge {...seen} /> <span>{standing.priority === undefined ? '' : standing.word}</span>
          </>
        ) : (
          <span>{standing.priority === undefined ? todayText(props.today) : standing.word}</span>
        )}
      </span>
    </button>
  );
}

/** Beside a fresh value its age is one short word; an old one says so in full below. */
function Age({ atMs }: { readonly atMs: number | undefined }) {
  const now = useNow();
  return <span className="one-line-age">{atMs === undefined ? '' : wholeAge(now - atMs)}</span>;
}

/** At least so much, where a quarter hour of today is missing or known only in part. */
function todayText(today: EnergySpan | undefined): string {
  if (today?.importWh === undefined) return `today ${NOT_TOLD}`;
  const isWhole = today.counts.missing === 0 && today.counts.partial === 0;
  return `today ${isWhole ? '' : '≥ '}${energyKwh(today.importWh)} kWh`;
}

function LoadLine({
  share,
  isCurrent,
  limitW,
}: {
  readonly share: number | undefined;
  readonly isCurrent: boolean;
  readonly limitW: number;
}) {
  return (
    <span className="one-line-load">
      <span className={isCurrent ? 'load-bar' : 'load-bar stale'} aria-hidden="true">
        {share !== undefined && <i style={{ width: `${Math.min(1, share) * 100}%` }} />}
      </span>
      <span>
        {isCurrent && share !== undefined ? `${decimals(share * 100, 0)} %` : NOT_TOLD} of {powerKw(limitW)} kW
      </span>
    </span>
  );
}

type RestBoxProps = BoxProps & {
  readonly rest: string;
  readonly reason: string | undefined;
  readonly onOpen: () => void;
};

/** The dashed branch: computed, not measured. */
export function RestBox({ box, rest, reason, isCursor, onFocus, onOpen }: RestBoxProps) {
  return (
    <button
      type="button"
      className="one-line-box rest"
      data-node={box.id}
      style={boxStyle(box)}
      tabIndex={isCursor ? 0 : -1}
      aria-current={isCursor ? 'true' : undefined}
      title={`${reason ?? 'What comes in here less what its outgoing meters measure, just now: cables, and whatever has no meter.'} Enter opens the balance.`}
      onFocus={() => onFocus(box.id)}
      onClick={onOpen}
    >
      <span className="one-line-name">not metered</span>
      {reason === undefined ? (
        <>
          <span className="one-line-power">
            <span>
              <b>{rest}</b> kW
            </span>
          </span>
          <span className="one-line-note">computed, with losses</span>
        </>
      ) : (
        <span className="one-line-reason">{reason}</span>
      )}
    </button>
  );
}

export function GridBox({
  box,
  limitW,
  incomers,
}: {
  readonly box: PlacedBox;
  readonly limitW: number | undefined;
  readonly incomers: number;
}) {
  return (
    <div className="one-line-box grid-connection" style={boxStyle(box)}>
      <span className="one-line-name">
        <b>Grid connection</b>
      </span>
      <span className="one-line-note">
        {limitW === undefined ? 'site limit not known' : `site limit ${powerKw(limitW)} kW`}
        {incomers > 1 && `, ${incomers} incomers, not added up`}
      </span>
    </div>
  );
}

/** An arrow as power flows: to the right is into the depot. */
function Direction({ powerW }: { readonly powerW: number | undefined }) {
  if (powerW === undefined || Math.abs(powerW) < 50) return <span className="one-line-arrow" aria-hidden="true" />;
  return powerW > 0 ? (
    <span className="one-line-arrow" role="img" aria-label="taking">
      →
    </span>
  ) : (
    <span className="one-line-arrow" role="img" aria-label="giving back">
      ←
    </span>
  );
}

function Mark({ priority }: { readonly priority: 2 | 3 }) {
  return (
    <span className="mark" data-priority={priority} aria-hidden="true">
      {priority}
    </span>
  );
}

function boxStyle({ x, y, width, height }: PlacedBox) {
  return { left: x, top: y, width, height };
}
