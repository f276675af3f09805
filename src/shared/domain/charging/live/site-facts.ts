/** All that a depot's plan is made from at an instant, gathered from the rest of the console; plain data, so that it can be hashed and replayed. */
import type { EpochMs } from '../../../kernel/instant.ts';
import type { Duty } from '../../fleet/duty.ts';
import type { SiteBay, SiteFeeder } from '../site-settings.ts';
import type { PricedSlots } from '../terms/price-slots.ts';

export type SiteFacts = {
  readonly depotId: string;
  readonly nowMs: EpochMs;
  /** Begin of the slot that runs. */
  readonly fromMs: EpochMs;
  readonly slotMs: number;
  readonly slots: number;
  readonly siteLimitW: number;
  /** Of what charge points give, lost between the grid connection and them. */
  readonly lossShare: number;
  readonly feeders: readonly SiteFeeder[];
  readonly prices: PricedSlots;
  /** What is expected to be drawn beside charging, by slot, on the high side. */
  readonly buildingW: readonly number[];
  /** Bays that charge a vehicle no plan knows: how much, and for how long, is not ours to say, so what they can give is kept free. */
  readonly unplannedBays: readonly SiteBay[];
  readonly vehicles: readonly VehicleFacts[];
};

export type VehicleFacts = {
  readonly vehicleId: string;
  readonly registration: string;
  readonly usableCapacityWh: number;
  /** The next duty: what the charge is for. */
  readonly duty: Duty;
  /** The one that runs, when the vehicle is out. */
  readonly running: Duty | undefined;
  /** As last heard. */
  readonly socPercent: number | undefined;
  readonly socAtMs: EpochMs | undefined;
  readonly isHere: boolean;
  /** Where it is plugged in, or where it usually is; undefined where no bay is left for it. */
  readonly bay: SiteBay | undefined;
  readonly isBayBroken: boolean;
  /** What vehicle and bay together can do. */
  readonly maxW: number;
  readonly current: 'AC' | 'DC';
  readonly sessionId: string | undefined;
};
