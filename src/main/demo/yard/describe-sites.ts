/** Each yard's wiring and terms, as `GET /demo/sites` tells them. */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import { demoSettings } from './site-settings.ts';
import { demoTerms } from './site-terms.ts';

export function describeSites(world: DemoWorld, startMs: number): unknown {
  return {
    sites: DEMO_DEPOTS.map((_, depot) => ({
      settings: demoSettings(world, depot),
      terms: demoTerms(world.seed, depot, startMs),
    })),
  };
}
