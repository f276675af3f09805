/**
 * What lies under the vehicles: the user's own `.pmtiles` when there is one, the demo's generated streets, and always the
 * bundled outline. Says in one sentence what is shown and why no more, so that grey is never a riddle.
 */
import type L from 'leaflet';
import type { GeneratedStreets } from '../../../shared/ipc/console-contract.ts';
import type { BaseMap } from '../../../shared/ipc/shell-contract.ts';
import { drawOutline, loadOutline, type Outline } from '../../instruments/map/base/outline.ts';
import { createPlaneLayer, type Drawing } from '../../instruments/map/base/plane-layer.ts';
import { openPmtiles } from '../../instruments/map/base/pmtiles-layer.ts';
import { drawStreets, projectStreets, type Streets } from '../../instruments/map/base/streets.ts';
import type { MapColours } from '../../instruments/map/map-colours.ts';
import type { LayerChoice } from './layer-choice.ts';

/** `offersFile`: the sentence ends with the action to add a file. */
export type BaseNotice = { readonly text: string; readonly offersFile: boolean };

type Tiles = {
  readonly fileName: string;
  readonly layer: L.Layer;
  readonly attribution: string;
  readonly bounds: L.LatLngBounds;
};

export function createBaseMap(map: L.Map, onNotice: (notice: BaseNotice | undefined) => void) {
  const plane = createPlaneLayer('basePane', true);
  map.addLayer(plane.layer);
  let colours: MapColours | undefined;
  let choice: LayerChoice | undefined;
  let outline: Outline | 'loading' | 'missing' = 'loading';
  let streets: Streets | undefined;
  let file: BaseMap;
  let tiles: Tiles | undefined;
  let fault: string | undefined;
  let opening = 0;

  async function readOutline(): Promise<void> {
    outline = await loadOutline().catch(() => 'missing' as const);
    compose();
  }

  function compose(): void {
    if (colours === undefined || choice === undefined) return;
    const drawings: Drawing[] = [];
    if (choice.outline && typeof outline === 'object') drawings.push(drawOutline(outline, colours));
    else drawings.push(emptyGround(colours.water));
    const hasTiles = choice.pmtiles && tiles !== undefined;
    if (choice.streets && streets !== undefined && !hasTiles) drawings.push(drawStreets(streets, colours));
    plane.setDrawings(drawings);
    if (tiles !== undefined && hasTiles !== map.hasLayer(tiles.layer)) {
      if (hasTiles) map.addLayer(tiles.layer);
      else map.removeLayer(tiles.layer);
    }
    onNotice(describe(choice, hasTiles));
  }

  function describe(chosen: LayerChoice, hasTiles: boolean): BaseNotice | undefined {
    if (fault !== undefined && chosen.pmtiles) return { text: fault, offersFile: true };
    if (hasTiles && tiles !== undefined) {
      const source = tiles.attribution === '' ? tiles.fileName : `${tiles.fileName} · ${tiles.attribution}`;
      return {
        text: tiles.bounds.intersects(map.getBounds()) ? source : `${source} does not reach here`,
        offersFile: false,
      };
    }
    if (chosen.streets && streets !== undefined) {
      const off = tiles === undefined ? '' : ` · ${tiles.fileName} is switched off under Layers`;
      return { text: `Streets generated for the demo${off}`, offersFile: tiles === undefined };
    }
    if (tiles !== undefined) return { text: `${tiles.fileName} is switched off under Layers`, offersFile: false };
    if (!chosen.outline) return { text: 'No base map: the outline is switched off under Layers', offersFile: true };
    if (outline === 'loading') return undefined;
    if (outline === 'missing') return { text: 'No base map: the bundled outline could not be read', offersFile: true };
    return { text: 'No base map: outline only', offersFile: true };
  }

  async function openFile(): Promise<void> {
    const turn = ++opening;
    tiles?.layer.remove();
    tiles = undefined;
    fault = undefined;
    if (file !== undefined && colours !== undefined) {
      const { fileName, url } = file;
      const outcome = await openPmtiles(url, colours);
      if (turn !== opening) return;
      if (outcome.ok) tiles = { fileName, ...outcome };
      else fault = `${fileName} cannot be shown: ${outcome.reason}`;
    }
    compose();
  }

  void readOutline();
  map.on('moveend', renewNotice);
  function renewNotice(): void {
    if (choice !== undefined && tiles !== undefined) onNotice(describe(choice, choice.pmtiles));
  }

  return {
    /** A change of theme draws everything anew, tiles included. */
    setColours: (next: MapColours): void => {
      colours = next;
      if (file === undefined) compose();
      else void openFile();
    },
    setChoice: (next: LayerChoice): void => {
      choice = next;
      compose();
    },
    setStreets: (generated: GeneratedStreets | undefined): void => {
      const lines = generated?.cities.flatMap((city) => city.polylines) ?? [];
      streets = lines.length === 0 ? undefined : projectStreets(lines);
      compose();
    },
    setFile: (next: BaseMap): void => {
      file = next;
      void openFile();
    },
    hasStreets: () => streets !== undefined,
  };
}

function emptyGround(colour: string): Drawing {
  return {
    draw: (context, view) => {
      context.fillStyle = colour;
      context.fillRect(0, 0, view.width, view.height);
    },
  };
}
