/** How a depot is wired and who may steer it: what a person sets up once. The site's own limit comes with the depot. */
import type { PowerW } from '../../kernel/quantity.ts';
import type { Phase } from './plan-case.ts';

/** `advise` plans and shows; `steer` also sends what is to change to the charge points. */
export type Steering = 'advise' | 'steer';

export type SiteSettings = {
  readonly depotId: string;
  readonly steering: Steering;
  /** The meter at the grid connection and those that measure what is not charging; the building is what remains where it has none. */
  readonly gridMeterId: string | undefined;
  readonly buildingMeterIds: readonly string[];
  readonly feeders: readonly SiteFeeder[];
  readonly bays: readonly SiteBay[];
  /** Share of each need that is charged early, because vehicles leave before they were to. */
  readonly reserveShare: number;
  /** How long before the departure that share is to be in the battery. */
  readonly reserveLeadMinutes: number;
};

export type SiteFeeder = {
  readonly id: string;
  readonly name: string;
  readonly parent: string | undefined;
  readonly limitW: PowerW;
};

/** A charge point of the depot, electrically. */
export type SiteBay = {
  readonly evseKey: string;
  readonly name: string;
  readonly feeder: string | undefined;
  readonly maxW: PowerW;
  /** Below it the vehicle does not charge (IEC 61851-1: 6 A a phase); for direct current what the charge point states. */
  readonly minW: PowerW;
  readonly phases: readonly Phase[];
  /** Of a phase to neutral. */
  readonly voltageV: number;
  /** What it gives by itself when it hears nothing; all of a site together, with the building, stay below the site's limit. */
  readonly fallbackW: PowerW;
};
