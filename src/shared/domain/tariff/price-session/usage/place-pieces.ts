/**
 * The pieces of a charge that are priced one by one: its periods, each with the moment at which its prices are chosen, and cut where
 * restrictions begin or end if it is to be read so. What could be read otherwise is said.
 */
import { add, isZero, ZERO, type Exact } from '../../../../kernel/exact.ts';
import type { EpochMs } from '../../../../kernel/instant.ts';
import type { Charge } from '../../charge.ts';
import { choosePrices, type Choice, type ChoosingRules, type Piece } from '../terms/choose-prices.ts';
import type { CompiledTariff } from '../terms/compile-tariff.ts';
import { cutPiece } from './cut-usage.ts';
import { openClock, type TariffClock } from './open-clock.ts';
import type { Readings } from '../readings.ts';
import type { Usage } from './read-usage.ts';
import type { Warnings } from '../warnings.ts';

export type PlacedPiece = Piece & { readonly choices: readonly Choice[] };

export type PlacingContext = {
  readonly charge: Charge;
  readonly clock: TariffClock;
  readonly readings: Readings;
  readonly rules: ChoosingRules;
  readonly warnings: Warnings;
};

export function placePieces(usages: readonly Usage[], context: PlacingContext): readonly PlacedPiece[] {
  const { clock, readings, rules, warnings } = context;
  const sessionBeginMs = beginOfSession(usages, context.charge.beginMs);
  const placeWith =
    (by: TariffClock) =>
    (usage: Usage, energy: Exact): Piece => ({
      usage,
      moment: {
        localMs: by.localMs(usage.beginMs),
        energy,
        elapsedMs: Math.max(0, usage.beginMs - sessionBeginMs),
        current: usage.current,
        power: usage.power,
      },
    });
  const choose = (piece: Piece): PlacedPiece => ({ ...piece, choices: choosePrices(piece, rules) });
  let energy = ZERO;
  return usages.flatMap((usage) => {
    const piece = choose(placeWith(clock)(usage, energy));
    const parts = cutPiece(piece, clock, sessionBeginMs, placeWith(clock)).map(choose);
    energy = add(energy, usage.energy);
    warnAbout(piece, context, (by) => choose(placeWith(by)(usage, piece.moment.energy)));
    if (parts.every((part) => isPricedAlike(piece, part))) return [piece];
    if (readings.boundary === 'cut') return parts;
    warnings.add(
      'boundary-inside-period',
      usage.periodIndex,
      (periods) =>
        `Another element comes to apply within ${periods}, where the operator should have begun a new period (OCPI 10.3.1). The element that applied at the begin is taken for all of it.`,
    );
    return [piece];
  });
}

/** A reservation before it is no part of the session: durations count from where charging could begin. */
function beginOfSession(usages: readonly Usage[], beginMs: EpochMs): EpochMs {
  if (usages[0]?.isReservation !== true) return beginMs;
  return usages.find(({ isReservation }) => !isReservation)?.beginMs ?? beginMs;
}

/** A flat fee is billed once, so only its coming matters and not its change. */
function isPricedAlike(piece: PlacedPiece, other: PlacedPiece): boolean {
  return (
    other.choices.every((choice) => {
      const before = piece.choices.find(
        ({ scope, dimension }) => scope === choice.scope && dimension === choice.dimension,
      );
      return before !== undefined && (choice.dimension === 'FLAT' || before.price === choice.price);
    }) &&
    piece.choices.every(
      ({ scope, dimension }) =>
        dimension === 'FLAT' ||
        other.choices.some((choice) => scope === choice.scope && dimension === choice.dimension),
    )
  );
}

function warnAbout(piece: PlacedPiece, context: PlacingContext, chooseBy: (clock: TariffClock) => PlacedPiece): void {
  const { tariff } = piece.usage;
  if (tariff === undefined) return;
  warnOfUnpriced(piece, tariff, context.warnings);
  warnOfUnknown(piece, tariff, context);
  if (asksForClock(tariff)) warnOfClock(piece, context, chooseBy);
}

function warnOfUnpriced({ usage, choices }: PlacedPiece, tariff: CompiledTariff, warnings: Warnings): void {
  const used = { ENERGY: usage.energy, TIME: usage.time, PARKING_TIME: usage.parking };
  for (const dimension of ['ENERGY', 'TIME', 'PARKING_TIME'] as const) {
    if (isZero(used[dimension]) || tariff.prices.session[dimension].length === 0) continue;
    if (choices.some((choice) => choice.dimension === dimension)) continue;
    warnings.add(
      `${dimension.toLowerCase().replace('_', '-')}-unpriced`,
      usage.periodIndex,
      (periods) =>
        `No element of the tariff for ${NAMES[dimension]} applies in ${periods}, so that costs nothing there.`,
    );
  }
}

const NAMES = { ENERGY: 'energy', TIME: 'charging time', PARKING_TIME: 'parking time' };

function warnOfUnknown({ usage }: PlacedPiece, tariff: CompiledTariff, { readings, warnings }: PlacingContext): void {
  for (const fact of ['current', 'power'] as const) {
    if (usage[fact] !== undefined || !tariff.asksFor.has(fact)) continue;
    warnings.add(
      `${fact}-unknown`,
      usage.periodIndex,
      (periods) =>
        `The tariff depends on ${fact}, which is not stated for ${periods}. Elements that ask for it ${readings.unknownFact === 'fails' ? 'are passed over' : 'are taken to apply'}.`,
    );
  }
}

function warnOfClock(piece: PlacedPiece, context: PlacingContext, chooseBy: (clock: TariffClock) => PlacedPiece): void {
  const { charge, clock, readings, warnings } = context;
  const { zone, basis } = charge.zone;
  if (basis === 'guessed')
    warnings.add(
      'zone-guessed',
      undefined,
      () =>
        `The tariff goes by local clocks, and the time zone is guessed to be ${zone}. Name the location’s zone to be sure.`,
    );
  if (readings.clock !== 'local' || !clock.isRepeated(piece.usage.beginMs)) return;
  const others = (['before-change', 'after-change'] as const).map((reading) => openClock(zone, reading));
  if (others.every((other) => other === undefined || isPricedAlike(piece, chooseBy(other)))) return;
  warnings.add(
    'ambiguous-hour',
    piece.usage.periodIndex,
    (periods) =>
      `The begin of ${periods} lies in the hour that the end of summer time repeats, and the two readings of it have different prices. Clocks in ${zone} are taken as they were.`,
  );
}

function asksForClock({ asksFor }: CompiledTariff): boolean {
  return asksFor.has('time-of-day') || asksFor.has('date') || asksFor.has('day-of-week');
}
