/**
 * One place for one vehicle, its need and its time: which connectors suit, what is left in the battery on arrival, how long it charges
 * and what that costs. What is not known stays undefined; nothing is guessed but the way, which is said to be an estimate.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import { compare, exactOf } from '../../../kernel/exact.ts';
import { energyWh, powerW, type EnergyWh, type PowerW } from '../../../kernel/quantity.ts';
import type { Vehicle } from '../../fleet/vehicle.ts';
import type { DecimalText } from '../../tariff/tariff.ts';
import type { ChargePlace, ConnectorGroup, PlaceAssessment } from '../place.ts';
import { estimateWay, type Spot } from './estimate-way.ts';
import { ACCESS_SENTENCES, judgeAccess } from './judge-access.ts';

export type ChargeNeed = {
  readonly vehicle: Vehicle;
  /** Where it sets out, and when. Undefined: nothing is known of where it is, and it is taken to be there. */
  readonly from: Spot | undefined;
  readonly leavesAtMs: EpochMs;
  readonly socPercent: number | undefined;
  /** Either so much, or up to this charge. */
  readonly goal: { readonly energyWh: EnergyWh } | { readonly targetSocPercent: number };
};

/** One way to charge at a place, as far as its price depends on it. */
export type Choice = {
  readonly place: ChargePlace;
  readonly group: ConnectorGroup;
  /** On a whole quarter of an hour, not before the arrival. */
  readonly beginsAtMs: EpochMs;
  readonly energyWh: EnergyWh;
  readonly powerW: PowerW;
};

export type ChoicePrice = Pick<PlaceAssessment, 'netPrice' | 'grossPrice' | 'currency' | 'netPerKwh' | 'priceNote'>;

const QUARTER_MS = 15 * 60_000;
const ONE_KWH = 1000;

/** Until its next step of a whole kWh: prices of like choices are then one price. At least one, so that there is a price at all. */
const wholeKwh = (wanted: number): EnergyWh => energyWh(Math.max(1, Math.ceil(wanted / ONE_KWH)) * ONE_KWH);

/** @param away why the place cannot be reached through the marketplace now; it is shown all the same */
export function assessPlace(
  place: ChargePlace,
  need: ChargeNeed,
  priceOf: (choice: Choice) => ChoicePrice,
  away: string | undefined,
): PlaceAssessment {
  const { vehicle } = need;
  const { awayM, driveS } = need.from === undefined ? { awayM: 0, driveS: 0 } : estimateWay(need.from, place);
  const arrivalSocPercent = arrivalCharge(need, awayM);
  const energy = energyNeed(need, arrivalSocPercent);
  const access = judgeAccess(vehicle, place.access);
  const common = { locationId: place.locationId, access, awayM, driveS, arrivalSocPercent, energyWh: energy };
  const none = {
    ...common,
    groupKey: undefined,
    netPrice: undefined,
    grossPrice: undefined,
    currency: undefined,
    netPerKwh: undefined,
    priceNote: undefined,
    chargeS: 0,
    powerW: powerW(0),
  };
  if (access !== 'fits' && access !== 'not-known') return { ...none, refusal: ACCESS_SENTENCES[access] };
  const best = place.groups
    .filter((group) => suits(vehicle, group))
    .map((group) => {
      const choice = makeChoice(place, group, need, driveS, energy);
      return { choice, price: priceOf(choice) };
    })
    .reduce<Offer | undefined>(
      (first, other) => (first === undefined || beats(other, first) ? other : first),
      undefined,
    );
  if (best === undefined) return { ...none, refusal: sayMismatch(vehicle, place) };
  const { choice, price } = best;
  return {
    ...common,
    ...price,
    groupKey: choice.group.key,
    refusal: away,
    chargeS: Math.round((energy / choice.powerW) * 3600),
    powerW: choice.powerW,
  };
}

/** The choice that a dispatcher made by hand; the same instant and power as in the list, so that both show one price. */
export function choiceAt(place: ChargePlace, group: ConnectorGroup, need: ChargeNeed, energy: EnergyWh): Choice {
  const driveS = need.from === undefined ? 0 : estimateWay(need.from, place).driveS;
  return makeChoice(place, group, need, driveS, energy);
}

function makeChoice(
  place: ChargePlace,
  group: ConnectorGroup,
  need: ChargeNeed,
  driveS: number,
  energy: EnergyWh,
): Choice {
  const beginsAtMs = Math.ceil((need.leavesAtMs + driveS * 1000) / QUARTER_MS) * QUARTER_MS;
  return { place, group, beginsAtMs, energyWh: energy, powerW: usablePower(need.vehicle, group) };
}

/** In percent; below nought when it does not get there. */
function arrivalCharge(need: ChargeNeed, awayM: number): number | undefined {
  const { consumptionWhPerKm, usableCapacityWh } = need.vehicle;
  if (need.socPercent === undefined || need.from === undefined || consumptionWhPerKm === undefined) return undefined;
  const usedWh = (awayM / 1000) * consumptionWhPerKm;
  return Math.round((need.socPercent - (usedWh / usableCapacityWh) * 100) * 10) / 10;
}

/** From the charge on arrival, or from what it has now; from empty where nothing is known, which is the most it can be. */
export function energyNeed(need: ChargeNeed, arrivalSocPercent: number | undefined): EnergyWh {
  if ('energyWh' in need.goal) return need.goal.energyWh;
  const fromPercent = Math.max(0, arrivalSocPercent ?? need.socPercent ?? 0);
  return wholeKwh(((need.goal.targetSocPercent - fromPercent) / 100) * need.vehicle.usableCapacityWh);
}

function suits(vehicle: Vehicle, group: ConnectorGroup): boolean {
  const fits =
    vehicle.connectorStandards === undefined ||
    vehicle.connectorStandards.some((standard) => standard.toUpperCase() === group.standard.toUpperCase());
  return fits && usablePower(vehicle, group) > 0;
}

/** The lesser of both. How charging slows towards a full battery is not known here, so it is left out. */
function usablePower(vehicle: Vehicle, group: ConnectorGroup): PowerW {
  return powerW(Math.min(group.maxPowerW, group.current === 'DC' ? vehicle.maxDcW : vehicle.maxAcW));
}

type Offer = { readonly choice: Choice; readonly price: ChoicePrice };

/** Cheapest first, then strongest. What has no price stands behind what has one. */
function beats(one: Offer, other: Offer): boolean {
  const byPrice = comparePrices(one.price.netPrice, other.price.netPrice);
  return byPrice === 0 ? one.choice.powerW > other.choice.powerW : byPrice < 0;
}

function comparePrices(one: DecimalText | undefined, other: DecimalText | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return one === other ? 0 : compare(exactOf(one), exactOf(other));
}

function sayMismatch(vehicle: Vehicle, place: ChargePlace): string {
  const has = [...new Set(place.groups.map(({ standard }) => standard))].join(', ');
  const wants = vehicle.connectorStandards?.join(', ');
  return wants === undefined
    ? `The vehicle takes none of the currents offered here (${has}).`
    : `No connector here fits: there is ${has}, and the vehicle has ${wants}.`;
}
