/**
 * Which meters a demo depot has, how they hang together and on which line. The first bays of the yard have a meter each,
 * of the kinds one meets in the field; the other rows are measured as one.
 *
 * Invariants: a pure function of seed and fleet; serial numbers are unique; every meter that feeds others feeds only metered
 * ones, so that each of them can be balanced.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { DemoEvse } from '../fleet/charging-network.ts';
import { hash32 } from '../seeded-random.ts';

/** What a meter measures: a part of the depot, or the bay of an EVSE by its index. */
export type MeteredPart = 'site' | 'yard' | 'building' | 'row' | 'other-rows' | number;

export type DemoMeterModel =
  | 'eastron-sdm630'
  | 'abb-b23'
  | 'schneider-iem3000'
  | 'carlo-gavazzi-em300'
  | 'janitza-b'
  | 'sml-meter';

export type DemoMeter = {
  readonly id: string;
  readonly name: string;
  readonly role: 'incomer' | 'feeder' | 'charger';
  readonly part: MeteredPart;
  readonly parentId: string | undefined;
  /** As the console names it: Location and EVSE. */
  readonly evseKey: string | undefined;
  /** Number of its line at the depot. */
  readonly line: 1 | 2 | 3;
  /** Undefined for one that is alone on its line and sends by itself. */
  readonly unitAddress: number | undefined;
  readonly model: DemoMeterModel;
  readonly serialNumber: number;
  readonly accuracyClass: 'B' | 'C';
  readonly ratedCurrentA: number;
};

const CHARGER_MODELS: readonly DemoMeterModel[] = [
  'abb-b23',
  'schneider-iem3000',
  'carlo-gavazzi-em300',
  'abb-b23',
  'carlo-gavazzi-em300',
  'eastron-sdm630',
];

/** Parents before children. */
export function metersOf(world: DemoWorld, depot: number): readonly DemoMeter[] {
  const { seed } = world;
  const code = DEMO_DEPOTS[depot]?.code ?? 'X';
  const bays = baysOf(world, depot);
  const row = bays.slice(0, CHARGER_MODELS.length);
  const idOf = (number: number): string => `MTR-${code}-${number}`;
  const meter = (
    number: number,
    given: Pick<DemoMeter, 'name' | 'role' | 'part' | 'line' | 'unitAddress' | 'model' | 'ratedCurrentA'> &
      Partial<Pick<DemoMeter, 'evseKey'>> & { readonly under: number | undefined },
  ): DemoMeter => {
    const { under, ...rest } = given;
    return {
      evseKey: undefined,
      ...rest,
      id: idOf(number),
      parentId: under === undefined ? undefined : idOf(under),
      serialNumber: 20_000_000 + (hash32(seed, 'meter-serial') % 1_000_000) * 100 + depot * 40 + number,
      accuracyClass: given.role === 'incomer' ? 'C' : 'B',
    };
  };
  const wholeA = currentFor(bays);
  const feeder = { role: 'feeder', line: 1, model: 'eastron-sdm630', ratedCurrentA: wholeA } as const;
  const site = { ...feeder, part: 'site', unitAddress: 1 } as const;
  // At Berlin the utility's own meter is read through an optical head, and the site's becomes the check on it.
  const grid =
    code === 'BER'
      ? [
          meter(9, {
            name: 'Utility meter',
            role: 'incomer',
            part: 'site',
            under: undefined,
            line: 3,
            unitAddress: undefined,
            model: 'sml-meter',
            ratedCurrentA: wholeA,
          }),
          meter(1, { ...site, name: 'Site check meter', under: 9 }),
        ]
      : [meter(1, { ...site, name: 'Site incomer', role: 'incomer', under: undefined })];
  const yard = [
    ...grid,
    meter(2, { ...feeder, name: 'Charging yard feeder', part: 'yard', unitAddress: 2, under: 1 }),
    meter(3, { ...feeder, name: 'Building feeder', part: 'building', unitAddress: 3, under: 1 }),
    meter(4, {
      name: 'Row A feeder',
      role: 'feeder',
      part: 'row',
      under: 2,
      line: 2,
      unitAddress: 11,
      model: 'janitza-b',
      ratedCurrentA: currentFor(row),
    }),
    meter(5, {
      name: 'Other rows feeder',
      role: 'feeder',
      part: 'other-rows',
      under: 2,
      line: 2,
      unitAddress: 12,
      model: 'schneider-iem3000',
      ratedCurrentA: wholeA,
    }),
  ];
  const chargers = row.map((evse, place) =>
    meter(11 + place, {
      name: `Bay ${place + 1}`,
      role: 'charger',
      part: evse.index,
      under: 4,
      evseKey: `${world.charging.locations[evse.location]?.id ?? ''}/${evse.uid}`,
      line: 2,
      unitAddress: 21 + place,
      model: CHARGER_MODELS[place] ?? 'eastron-sdm630',
      ratedCurrentA: evse.dc ? 200 : 63,
    }),
  );
  return [...yard, ...chargers];
}

/** The EVSEs of the bays that have a meter of their own. */
export function meteredBaysOf(world: DemoWorld, depot: number): readonly DemoEvse[] {
  return baysOf(world, depot).slice(0, CHARGER_MODELS.length);
}

/** Every EVSE of the depot's own yards. */
export function baysOf(world: DemoWorld, depot: number): readonly DemoEvse[] {
  const { locations, evses } = world.charging;
  return locations
    .filter((location) => location.isDepot && location.depot === depot)
    .flatMap((location) => location.evses)
    .flatMap((evse) => evses[evse] ?? []);
}

/** Enough for all these bays at once and half as much again, in steps of 100 A. */
function currentFor(bays: readonly DemoEvse[]): number {
  const baysW = bays.reduce((sumW, { powerKw }) => sumW + powerKw * 1000, 0);
  return Math.max(100, Math.ceil((baysW * 1.5) / (3 * 230) / 100) * 100);
}
