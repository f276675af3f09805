/** How each yard is wired, as its electrician would declare it: rows as feeders, and what each bay does when nobody tells it anything. */
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import { powerW } from '../../../shared/kernel/quantity.ts';
import { DEMO_DEPOTS } from '../demo-depots.ts';
import type { DemoWorld } from '../demo-world.ts';
import { fallbackKw, type DemoEvse } from '../fleet/charging-network.ts';
import { baysOf, metersOf, meteredBaysOf } from '../metering/demo-meters.ts';

const VOLTAGE_V = 230;
/** 6 A on three phases (IEC 61851-1). */
const AC_MIN_W = 6 * VOLTAGE_V * 3;
const DC_MIN_W = 5000;
/** Of what all bays of a row could take at once. */
const ROW_A_SHARE = 0.8;
const OTHER_ROWS_SHARE = 0.6;

export function demoSettings(world: DemoWorld, depot: number): SiteSettings {
  const bays = baysOf(world, depot);
  const rowA = new Set(meteredBaysOf(world, depot));
  const meters = metersOf(world, depot);
  const wholeKw = (share: number, of: readonly DemoEvse[]): number =>
    share * of.reduce((sum, { powerKw }) => sum + powerKw, 0);
  const row = (evse: DemoEvse): string => (rowA.has(evse) ? 'row-a' : 'other-rows');
  return {
    depotId: DEMO_DEPOTS[depot]?.id ?? '',
    steering: 'advise',
    gridMeterId: meters.find(({ role }) => role === 'incomer')?.id,
    buildingMeterIds: meters.filter(({ part }) => part === 'building').map(({ id }) => id),
    feeders: [
      { id: 'row-a', name: 'Row A', parent: undefined, limitW: watts(wholeKw(ROW_A_SHARE, [...rowA])) },
      {
        id: 'other-rows',
        name: 'Other rows',
        parent: undefined,
        limitW: watts(
          wholeKw(
            OTHER_ROWS_SHARE,
            bays.filter((evse) => !rowA.has(evse)),
          ),
        ),
      },
    ],
    bays: bays.map((evse) => ({
      evseKey: `${world.charging.locations[evse.location]?.id ?? ''}/${evse.uid}`,
      name: `Bay ${(world.roster[evse.owner]?.bay ?? 0) + 1}`,
      feeder: row(evse),
      maxW: watts(evse.powerKw),
      minW: powerW(evse.dc ? DC_MIN_W : AC_MIN_W),
      phases: [1, 2, 3],
      voltageV: VOLTAGE_V,
      fallbackW: watts(fallbackKw(evse)),
    })),
    reserveShare: 0.5,
    reserveLeadMinutes: 45,
  };
}

function watts(kw: number) {
  return powerW(Math.floor(kw * 1000));
}
