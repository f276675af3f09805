/** The Protomaps basemap in the tokens' greys: colour belongs to what is abnormal, and a map is not. */
import type { paintRules } from 'protomaps-leaflet';
import { mixColours } from '../map-colours.ts';

type Flavour = Parameters<typeof paintRules>[0];

export type FlavourColours = {
  readonly bg: string;
  readonly water: string;
  readonly land: string;
  readonly line: string;
  readonly muted: string;
  readonly road: string;
  readonly road2: string;
};

const WATER = /^(water|background)$/u;
const MAIN_ROAD = /^(bridges_|tunnel_)?(highway|major|link)/u;
const OTHER_ROAD = /^(bridges_|tunnel_)?(minor|other)|^(runway|pier|railway)/u;
const LINE = /boundaries/u;
const HALO = /_halo$/u;
const LABEL = /label/u;

export function greyFlavour(colours: FlavourColours): Flavour {
  const built = mixColours(colours.land, colours.road2, 0.5);
  const greyOf = (part: string): string => {
    if (HALO.test(part)) return colours.land;
    if (LABEL.test(part)) return colours.muted;
    if (part.endsWith('_casing') || part.includes('_casing_')) return colours.land;
    if (WATER.test(part)) return colours.water;
    if (MAIN_ROAD.test(part)) return colours.road;
    if (OTHER_ROAD.test(part)) return colours.road2;
    if (LINE.test(part)) return colours.line;
    return part === 'buildings' ? built : colours.land;
  };
  // A flavour has some seventy parts, more with each release: each is asked for by name and gets its grey.
  const parts = { get: (_: object, part: string | symbol) => (isColour(part) ? greyOf(part) : undefined) };
  return new Proxy({}, parts) as Flavour;
}

/** Fonts, points of interest and land cover are not single colours, and the map does without them. */
function isColour(part: string | symbol): part is string {
  return typeof part === 'string' && !['regular', 'bold', 'italic', 'pois', 'landcover'].includes(part);
}
