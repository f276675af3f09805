/**
 * A base map from a `.pmtiles` file that the user supplied, read by range requests from the application's own protocol and
 * drawn in the tokens' greys. Only vector tiles in the Protomaps basemap schema are drawn; anything else is refused with a
 * sentence, so that a wrong file never looks like an empty country.
 */
import L from 'leaflet';
import { PMTiles, TileType } from 'pmtiles';
import { labelRules, leafletLayer, paintRules } from 'protomaps-leaflet';
import { greyFlavour, type FlavourColours } from './grey-flavour.ts';

export type PmtilesOutcome =
  | { readonly ok: true; readonly layer: L.Layer; readonly attribution: string; readonly bounds: L.LatLngBounds }
  | { readonly ok: false; readonly reason: string };

const REQUIRED_LAYERS = ['earth', 'water', 'roads'];

export async function openPmtiles(url: string, colours: FlavourColours): Promise<PmtilesOutcome> {
  // Another file may stand behind the same address since it was last read.
  const archive = new PMTiles(`${url}?opened=${Date.now()}`);
  try {
    const header = await archive.getHeader();
    if (header.tileType !== TileType.Mvt)
      return { ok: false, reason: 'it holds pictures, and only vector tiles can be drawn' };
    const metadata = (await archive.getMetadata()) as { attribution?: unknown; vector_layers?: unknown };
    const missing = missingLayers(metadata.vector_layers);
    if (missing.length > 0) return { ok: false, reason: `it is no Protomaps base map: ${missing.join(', ')} missing` };
    const flavour = greyFlavour(colours);
    // protomaps-leaflet 5 reaches for a global `L`, as plugins of Leaflet 1 do.
    (globalThis as { L?: typeof L }).L = L;
    const options: Parameters<typeof leafletLayer>[0] = {
      // Their copy of the reader is an older one with the same methods.
      url: archive as never,
      maxDataZoom: header.maxZoom,
      paintRules: paintRules(flavour),
      labelRules: labelRules(flavour, 'en'),
      backgroundColor: flavour.background,
      attribution: '',
      pane: 'tilePane',
    };
    const layer: unknown = leafletLayer(options);
    const bounds = L.latLngBounds([header.minLat, header.minLon], [header.maxLat, header.maxLon]);
    return { ok: true, layer: layer as L.Layer, attribution: plainText(metadata.attribution), bounds };
  } catch (cause) {
    return { ok: false, reason: cause instanceof Error ? cause.message : 'it could not be read' };
  }
}

export function missingLayers(vectorLayers: unknown): readonly string[] {
  const ids = Array.isArray(vectorLayers) ? vectorLayers.map((layer: { id?: unknown }) => layer.id) : [];
  return REQUIRED_LAYERS.filter((id) => !ids.includes(id));
}

/** Attributions are often links; the console shows text only. */
export function plainText(attribution: unknown): string {
  return typeof attribution === 'string'
    ? attribution
        .replace(/<[^>]*>/gu, '')
        .trim()
        .slice(0, 200)
    : '';
}
