/**
 * A depot's one-line diagram. Lines are as thick as their load; colour only for a load that is measured now and too high.
 * Boxes stand where the tree puts them, whatever comes in.
 */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useNow, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { meterFreshnessNow } from '../meter-freshness-now.ts';
import { judgeMeter } from '../meter/meter-standing.ts';
import { powerKw } from '../meter/meter-words.ts';
import { judgeLoad } from '../site-power/site-load.ts';
import type { Metering } from '../use-metering.ts';
import { growDepotTree } from './depot-tree.ts';
import { GridBox, MeterBox, RestBox, type BayState } from './one-line-box.tsx';
import { chooseScale, GRID_ID, neighbourOf, restId, type Direction, type PlacedBox } from './one-line-layout.ts';
import { unmeteredPower, type FlowNow, type UnmeteredPower } from './unmetered-power.ts';
import { useTodayEnergies } from './use-today-energies.ts';
import '../metering.css';
import './one-line.css';

type OneLineDiagramProps = {
  readonly depot: Depot;
  readonly metering: Metering;
  readonly cursorId: string | undefined;
  readonly onCursor: (id: string) => void;
  readonly onOpenMeter: (meterId: string) => void;
  readonly onOpenBalance: (meterId: string) => void;
  readonly bayOf: (meter: MeterRecord) => BayState | undefined;
};

export function OneLineDiagram(props: OneLineDiagramProps) {
  const { depot, metering } = props;
  const place = useRef<HTMLDivElement>(null);
  const room = useRoom(place);
  const own = [...metering.meters.values()].filter((meter) => meter.depotId === depot.id);
  // Readings do not change the tree: it is grown anew only when a meter is set up, moved or named anew.
  const shape = own
    .map(({ id, name, role, parentId }) => `${id}\u0000${name}\u0000${role}\u0000${parentId}`)
    .join('\u0001');
  // oxlint-disable-next-line react/exhaustive-deps -- `shape` says all of the meters that the tree is made of
  const tree = useMemo(() => growDepotTree(depot.id, metering.meters.values()), [depot.id, shape]);
  const { scale, layout } = useMemo(() => chooseScale(tree, room), [tree, room]);
  const today = useTodayEnergies(own.map(({ id }) => id).join(' '), depot.timeZone);
  const stops = layout.boxes.filter(({ kind }) => kind !== 'grid');
  const cursorId = stops.find(({ id }) => id === props.cursorId)?.id ?? stops[0]?.id;
  const incomers = tree.roots.filter(({ meter }) => meter.role === 'incomer').length;

  const goTo = (id: string | undefined) => {
    if (id === undefined) return;
    place.current?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)?.focus();
  };
  const step = (by: number) => {
    const isInside = place.current?.contains(document.activeElement) ?? false;
    const at = stops.findIndex(({ id }) => id === cursorId);
    goTo(stops[isInside ? Math.min(stops.length - 1, Math.max(0, at + by)) : at]?.id);
  };
  const walk = (direction: Direction) =>
    goTo(cursorId === undefined ? undefined : neighbourOf(layout, cursorId, direction));
  useShortcuts('One-line diagram', [
    { keys: 'j', does: 'Next meter; Enter opens it', run: () => step(1) },
    { keys: 'k', does: 'Previous meter', run: () => step(-1) },
    { keys: 'ArrowRight', does: 'Meter to the right', run: () => walk('right') },
    { keys: 'ArrowLeft', does: 'Meter to the left', run: () => walk('left') },
    { keys: 'ArrowDown', does: 'Meter below', run: () => walk('down') },
    { keys: 'ArrowUp', does: 'Meter above', run: () => walk('up') },
  ]);

  const limitOf = (meter: MeterRecord) => (meter.role === 'incomer' && incomers === 1 ? depot.siteLimitW : undefined);
  const drawBox = (box: PlacedBox, rests: ReadonlyMap<string, UnmeteredPower>) => {
    const meter = metering.meters.get(box.meterId ?? '');
    const common = { box, isCursor: box.id === cursorId, onFocus: props.onCursor };
    if (box.kind === 'grid') return <GridBox key={box.id} box={box} limitW={depot.siteLimitW} incomers={incomers} />;
    if (meter === undefined) return null;
    if (box.kind === 'rest') {
      const rest = rests.get(meter.id);
      return (
        <RestBox
          key={box.id}
          {...common}
          rest={powerKw(rest?.kind === 'known' ? rest.powerW : undefined)}
          reason={rest?.kind === 'unknown' ? rest.reason : undefined}
          onOpen={() => props.onOpenBalance(meter.id)}
        />
      );
    }
    return (
      <MeterBox
        key={box.id}
        {...common}
        meter={meter}
        line={metering.lines.get(meter.lineId)}
        zone={depot.timeZone}
        limitW={limitOf(meter)}
        today={today.get(meter.id)}
        bay={props.bayOf(meter)}
        onOpen={props.onOpenMeter}
      />
    );
  };
  return (
    <div className="one-line-place" ref={place}>
      <Flows metering={metering} own={own} layoutBoxes={layout.boxes} limitW={depot.siteLimitW} limitOf={limitOf}>
        {({ looks, rests }) => (
          <div
            className="one-line"
            role="group"
            aria-label={`One-line diagram of ${depot.name}`}
            style={{ width: layout.width, height: layout.height, zoom: scale }}
          >
            <svg className="one-line-wires" width={layout.width} height={layout.height} aria-hidden="true">
              {layout.lines.map(({ key, flowOf, points }) => {
                const look = looks.get(flowOf);
                return (
                  <polyline
                    key={key}
                    points={points.map((point) => point.join(',')).join(' ')}
                    strokeWidth={look?.thickness ?? 1}
                    data-level={look?.level ?? 'normal'}
                    data-computed={look?.isComputed || undefined}
                    data-old={look?.isOld || undefined}
                  />
                );
              })}
            </svg>
            {layout.looseCaptionY !== undefined && (
              <p className="one-line-caption" style={{ top: layout.looseCaptionY }}>
                Not placed in the tree
              </p>
            )}
            {layout.boxes.map((box) => drawBox(box, rests))}
          </div>
        )}
      </Flows>
    </div>
  );
}

type Look = {
  readonly thickness: number;
  readonly level: 'normal' | 'near' | 'over';
  readonly isOld: boolean;
  readonly isComputed: boolean;
};

type FlowsProps = {
  readonly metering: Metering;
  readonly own: readonly MeterRecord[];
  readonly layoutBoxes: readonly PlacedBox[];
  readonly limitW: number;
  readonly limitOf: (meter: MeterRecord) => number | undefined;
  readonly children: (flows: {
    readonly looks: ReadonlyMap<string, Look>;
    readonly rests: ReadonlyMap<string, UnmeteredPower>;
  }) => React.ReactNode;
};

const THICKEST = 7;

/** What flows where just now: renewed with the clocks, since a silence changes it without anybody saying a word. */
function Flows({ metering, own, layoutBoxes, limitW, limitOf, children }: FlowsProps) {
  const now = useNow();
  const wallNowMs = useWallNow();
  const flows = new Map<string, FlowNow>();
  const looks = new Map<string, Look>();
  const thicknessOf = (powerW: number) =>
    1 + Math.round((THICKEST - 1) * Math.min(1, Math.abs(powerW) / Math.max(1, limitW)));
  for (const meter of own) {
    const freshness = meterFreshnessNow(meter.latest?.atMs, now);
    const line = metering.lines.get(meter.lineId);
    const { isCurrent } = judgeMeter({ meter, line, freshness, wallNowMs });
    const powerW = meter.latest?.values.powerW;
    const limit = limitOf(meter);
    flows.set(meter.id, { name: meter.name, powerW, isCurrent });
    looks.set(meter.id, {
      thickness: isCurrent && powerW !== undefined ? thicknessOf(powerW) : 1,
      level: isCurrent && powerW !== undefined && limit !== undefined ? judgeLoad(powerW, limit).level : 'normal',
      isOld: !isCurrent,
      isComputed: false,
    });
  }
  const rests = new Map<string, UnmeteredPower>();
  for (const box of layoutBoxes) {
    const incoming = box.kind === 'rest' ? flows.get(box.meterId ?? '') : undefined;
    if (incoming === undefined || box.meterId === undefined) continue;
    const outgoing = layoutBoxes
      .filter(({ kind, parentId }) => kind !== 'rest' && parentId === box.meterId)
      .flatMap(({ id }) => flows.get(id) ?? []);
    const rest = unmeteredPower(incoming, outgoing);
    if (rest === undefined) continue;
    rests.set(box.meterId, rest);
    const thickness = rest.kind === 'known' ? thicknessOf(rest.powerW) : 1;
    looks.set(restId(box.meterId), { thickness, level: 'normal', isOld: false, isComputed: true });
  }
  looks.set(GRID_ID, { thickness: 1, level: 'normal', isOld: false, isComputed: false });
  return children({ looks, rests });
}

type Room = { readonly width: number; readonly height: number };

/** Space for the diagram inside its padding. */
function useRoom(place: { readonly current: HTMLDivElement | null }): Room {
  const [room, setRoom] = useState<Room>({ width: 1200, height: 600 });
  const measure = useRef(() => {});
  measure.current = () => {
    const element = place.current;
    if (element === null) return;
    const style = getComputedStyle(element);
    const width = element.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const height = element.clientHeight - Number.parseFloat(style.paddingTop) - Number.parseFloat(style.paddingBottom);
    setRoom((before) => (before.width === width && before.height === height ? before : { width, height }));
  };
  useLayoutEffect(() => measure.current(), []);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(() => measure.current());
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [place]);
  return room;
}
