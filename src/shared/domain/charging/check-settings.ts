/** Whether a site can be steered as it is said to be wired: what would be wrong on the day it matters is refused on the day it is entered. */
import { accept, refuse, type Result } from '../../kernel/result.ts';
import type { SiteFeeder, SiteSettings } from './site-settings.ts';

export type SettingsFault =
  | 'feeder-twice'
  | 'feeder-unknown'
  | 'feeder-loop'
  | 'bay-twice'
  | 'bay-power'
  | 'fallback-too-high'
  | 'feeder-fallback-too-high';

/** `highestBuildingW` is what the rest of the site was ever measured to draw. */
export function checkSettings(
  settings: SiteSettings,
  siteLimitW: number,
  highestBuildingW: number,
): Result<void, SettingsFault> {
  const { feeders, bays } = settings;
  const byId = new Map(feeders.map((feeder) => [feeder.id, feeder]));
  const twice = firstTwice(feeders.map(({ id }) => id));
  if (twice !== undefined) return refuse('feeder-twice', `Two feeders are called ${twice}. Give each its own id.`);
  for (const feeder of feeders) {
    if (feeder.parent !== undefined && !byId.has(feeder.parent))
      return refuse(
        'feeder-unknown',
        `Feeder ${feeder.name} hangs on ${feeder.parent}, which is not listed. List it, or leave its parent out.`,
      );
    if (pathOf(feeder, byId) === undefined)
      return refuse(
        'feeder-loop',
        `Feeder ${feeder.name} hangs on itself through the feeders above it. Correct their parents.`,
      );
  }
  const bayTwice = firstTwice(bays.map(({ evseKey }) => evseKey.toLowerCase()));
  if (bayTwice !== undefined)
    return refuse('bay-twice', `Charge point ${bayTwice} is listed twice. Keep one of the two.`);
  for (const bay of bays) {
    if (bay.feeder !== undefined && !byId.has(bay.feeder))
      return refuse(
        'feeder-unknown',
        `Bay ${bay.name} hangs on feeder ${bay.feeder}, which is not listed. List it, or leave it out of the bay.`,
      );
    if (bay.minW > bay.maxW || bay.fallbackW > bay.maxW)
      return refuse(
        'bay-power',
        `Bay ${bay.name} has a lowest power or a fallback above its highest, ${kw(bay.maxW)}. Correct its powers.`,
      );
  }
  const fallbackW = bays.reduce((sum, bay) => sum + bay.fallbackW, 0);
  if (fallbackW + highestBuildingW > siteLimitW)
    return refuse(
      'fallback-too-high',
      `When no plan reaches them, the charge points give ${kw(fallbackW)} by themselves; with the ${kw(highestBuildingW)} of the building that is more than the site’s ${kw(siteLimitW)}. Lower the fallbacks by ${kw(fallbackW + highestBuildingW - siteLimitW)} in all.`,
    );
  const underW = new Map<string, number>();
  for (const bay of bays)
    for (const { id } of pathOf(byId.get(bay.feeder ?? ''), byId) ?? [])
      underW.set(id, (underW.get(id) ?? 0) + bay.fallbackW);
  const over = feeders.find(({ id, limitW }) => (underW.get(id) ?? 0) > limitW);
  if (over !== undefined)
    return refuse(
      'feeder-fallback-too-high',
      `The fallbacks under feeder ${over.name} are ${kw(underW.get(over.id) ?? 0)} in all, more than its ${kw(over.limitW)}. Lower them.`,
    );
  return accept(undefined);
}

/** The feeder and all above it; undefined when that has no end. */
function pathOf(
  feeder: SiteFeeder | undefined,
  byId: ReadonlyMap<string, SiteFeeder>,
): readonly SiteFeeder[] | undefined {
  const path: SiteFeeder[] = [];
  for (let at = feeder; at !== undefined; at = byId.get(at.parent ?? '')) {
    if (path.includes(at)) return undefined;
    path.push(at);
  }
  return path;
}

function firstTwice(ids: readonly string[]): string | undefined {
  return ids.find((id, at) => ids.indexOf(id) !== at);
}

function kw(watts: number): string {
  return `${(watts / 1000).toFixed(1)} kW`;
}
