/** Opens the map's scene once and hands it what changes: the only place where React and the map meet. */
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useFeed, useOnlyRecord } from '../../link/use-feed.ts';
import { ops } from '../../link/ops-client.ts';
import { receiveTelemetry, telemetry } from '../../fleet/telemetry-store.ts';
import { useDepotBays } from '../../marketplace/charge-point/use-depot-bays.ts';
import type { MapView } from '../../instruments/map/open-map.ts';
import type { LayerChoice } from './layer-choice.ts';
import { openLiveMapScene, type LiveMapScene, type SceneEvents, type SceneFacts } from './live-map-scene.ts';

export type LiveMapInput = {
  readonly visible: (vehicleNumber: number) => boolean;
  readonly selectedVehicleNumber: number | undefined;
  /** Opened by the operator, not by the link the page was entered with: the map goes to it. */
  readonly revealsSelected: boolean;
  readonly view: MapView | undefined;
  readonly followSelected: boolean;
  readonly choice: LayerChoice;
};

/** Where a map opens that nobody has told a place: wide enough for every continent a fleet may be on. */
const WORLD_VIEW: MapView = { lat: 32, lon: 45, zoom: 3 };

const MOST_OF_THE_FLEET = 0.8;
const LONGEST_WAIT_MS = 2500;
const NOT_IN_USE = new Set(['AVAILABLE', 'PLANNED', 'UNKNOWN', 'RESERVED', 'OUTOFORDER', 'INOPERATIVE', 'BLOCKED']);
const BROKEN = new Set(['OUTOFORDER', 'INOPERATIVE', 'BLOCKED']);

export function useLiveMapScene(
  element: RefObject<HTMLDivElement | null>,
  input: LiveMapInput,
  events: SceneEvents,
  facts: SceneFacts,
): LiveMapScene | undefined {
  const [scene, setScene] = useState<LiveMapScene>();
  const latest = useRef({ input, events, facts });
  latest.current = { input, events, facts };
  const vehicles = useFeed('fleet/vehicles');
  const depots = useFeed('fleet/depots');
  const evses = useFeed('marketplace/evses');
  const bays = useDepotBays();
  const isDemo = useOnlyRecord('console/facts')?.demo !== undefined;

  useEffect(() => {
    if (element.current === null) return undefined;
    receiveTelemetry();
    const opened = openLiveMapScene(
      element.current,
      latest.current.input.view ?? WORLD_VIEW,
      {
        onView: (view) => latest.current.events.onView(view),
        onVehicles: (numbers, at) => latest.current.events.onVehicles(numbers, at),
        onHover: (text, at) => latest.current.events.onHover(text, at),
        onFollowPaused: (paused) => latest.current.events.onFollowPaused(paused),
        onSelectedOutside: (isOutside) => latest.current.events.onSelectedOutside(isOutside),
        onNotice: (notice) => latest.current.events.onNotice(notice),
      },
      {
        nowMs: () => latest.current.facts.nowMs(),
        clockRate: () => latest.current.facts.clockRate(),
        describe: (number, atMs) => latest.current.facts.describe(number, atMs),
        describeEvse: (evse) => latest.current.facts.describeEvse(evse),
      },
    );
    setScene(opened);
    return () => {
      opened.close();
      setScene(undefined);
    };
  }, [element]);

  useEffect(() => scene?.setChoice(input.choice), [scene, input.choice]);
  useEffect(() => scene?.setVisible(input.visible), [scene, input.visible]);
  useEffect(() => {
    if (input.view !== undefined) scene?.setView(input.view);
  }, [scene, input.view]);
  useEffect(() => scene?.setVehicles(vehicles.records.values()), [scene, vehicles]);
  useEffect(() => scene?.setEvses(evses.records.values()), [scene, evses]);
  useEffect(() => {
    const selected = [...vehicles.records.values()].find(({ number }) => number === input.selectedVehicleNumber);
    scene?.select(selected);
  }, [scene, vehicles, input.selectedVehicleNumber]);
  useEffect(() => {
    if (input.revealsSelected && input.selectedVehicleNumber !== undefined) scene?.reveal(input.selectedVehicleNumber);
  }, [scene, input.revealsSelected, input.selectedVehicleNumber]);
  useEffect(
    () => scene?.setFollowing(input.followSelected),
    [scene, input.followSelected, input.selectedVehicleNumber],
  );
  useEffect(() => {
    scene?.setDepots(depots.records.values(), (depot) => {
      const own = bays.get(depot.id)?.bays ?? [];
      const inUse = own.filter((evse) => !NOT_IN_USE.has(evse.status)).length;
      return { inUse, bays: own.length, broken: own.filter((evse) => BROKEN.has(evse.status)).length };
    });
  }, [scene, depots, bays]);
  useEffect(() => {
    if (scene === undefined || !isDemo) return undefined;
    let isWanted = true;
    ops.query('demo/streets', {}).then(
      (streets) => isWanted && scene.base.setStreets(streets),
      () => isWanted && scene.base.setStreets(undefined),
    );
    return () => {
      isWanted = false;
    };
  }, [scene, isDemo]);
  useFirstView(scene, input.view !== undefined, input.selectedVehicleNumber);
  return scene;
}

/**
 * With no place in the link the map opens at the vehicle that the link names, else on the largest depot, as soon as it is
 * known where the vehicles are. A vehicle that never reported is looked for at its own depot.
 */
function useFirstView(
  scene: LiveMapScene | undefined,
  isTold: boolean,
  selectedVehicleNumber: number | undefined,
): void {
  const vehicles = useFeed('fleet/vehicles');
  const depots = useFeed('fleet/depots');
  const isDone = useRef(isTold);
  const [hasPositions, setHasPositions] = useState(false);
  const fleetSize = vehicles.records.size;
  useEffect(() => {
    // A few may never report: the map does not wait for the last of them, nor for ever.
    const look = () => setHasPositions(telemetry.count() > 0 && telemetry.count() >= fleetSize * MOST_OF_THE_FLEET);
    look();
    const timer = window.setTimeout(() => setHasPositions(true), LONGEST_WAIT_MS);
    const stop = telemetry.onChange(look);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [fleetSize]);
  useEffect(() => {
    if (
      isDone.current ||
      scene === undefined ||
      !hasPositions ||
      vehicles.phase !== 'ready' ||
      depots.records.size === 0
    )
      return;
    isDone.current = true;
    if (selectedVehicleNumber !== undefined && scene.goTo(selectedVehicleNumber)) return;
    const selected = [...vehicles.records.values()].find(({ number }) => number === selectedVehicleNumber);
    const home = selected === undefined ? undefined : depots.records.get(selected.depotId);
    if (home !== undefined) {
      scene.fitDepot(home);
      return;
    }
    const size = new Map<string, number>();
    for (const { depotId } of vehicles.records.values()) size.set(depotId, (size.get(depotId) ?? 0) + 1);
    const [largest] = [...depots.records.values()].toSorted((a, b) => (size.get(b.id) ?? 0) - (size.get(a.id) ?? 0));
    if (largest !== undefined) scene.fitDepot(largest);
  }, [scene, hasPositions, vehicles, depots, selectedVehicleNumber]);
}
