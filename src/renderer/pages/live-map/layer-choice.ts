/** Which layers the operator wants to see; remembered in this profile of the browser. */
export const MAP_LAYERS = ['outline', 'streets', 'pmtiles', 'charge-points', 'trail'] as const;
export type MapLayerName = (typeof MAP_LAYERS)[number];
export type LayerChoice = Readonly<Record<MapLayerName, boolean>>;

const KEY = 'switchyard.map-layers';
const ALL: LayerChoice = { outline: true, streets: true, pmtiles: true, 'charge-points': true, trail: true };

/** What was stored may be of another version or broken: unknown names are dropped, missing ones are on. */
export function parseLayerChoice(stored: string | null): LayerChoice {
  try {
    const value: unknown = stored === null ? {} : JSON.parse(stored);
    if (typeof value !== 'object' || value === null) return ALL;
    const given = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(MAP_LAYERS.map((name) => [name, given[name] !== false])) as Record<MapLayerName, boolean>;
  } catch {
    return ALL;
  }
}

export function readLayerChoice(): LayerChoice {
  return parseLayerChoice(window.localStorage.getItem(KEY));
}

export function rememberLayerChoice(choice: LayerChoice): void {
  window.localStorage.setItem(KEY, JSON.stringify(choice));
}
