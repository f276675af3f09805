/**
 * Tells charge points what the plan wants of them: only what differs from what they were told, no further ahead than an hour, so that without the
 * console they end in their fallback. One command is under way to each at a time; a stale one expires before it could be obeyed.
 */
import { randomUUID } from 'node:crypto';
import {
  agreeFrom,
  limitAt,
  NOTHING_TOLD,
  profileOf,
  type Profile,
} from '../../../shared/domain/charging/set-points/profile.ts';
import { unplannedW } from '../../../shared/domain/charging/live/build-case.ts';
import { releaseSetPoints, type ToldCharger } from '../../../shared/domain/charging/set-points/release-set-points.ts';
import type { SetPointStanding } from '../../../shared/domain/charging/site-plan.ts';
import type { SiteBay } from '../../../shared/domain/charging/site-settings.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { powerW } from '../../../shared/kernel/quantity.ts';
import type { Store, Transaction } from '../../database/sqlite.ts';
import type { CommandOutcome, Outbox } from '../../outbox/create-outbox.ts';
import type { PlannedSite } from '../planning/planned-site.ts';
import { putSetPoint, readSetPointOf, readSetPoints, type SetPoint } from './set-point-table.ts';

/** After this a command that was not sent is about a slot that has moved on. */
const EXPIRY_MS = 60_000;
const AHEAD_MS = 3_600_000;
/** What is left of a profile when it is told anew although nothing changed. */
const RENEW_MS = 1_800_000;
const KIND = 'SET_CHARGING_PROFILE';
/** JSON knows no infinity. */
const FOREVER_MS = Number.MAX_SAFE_INTEGER;

const STATES: Readonly<Record<CommandOutcome['state'], SetPoint['state']>> = {
  queued: 'sending',
  sent: 'sending',
  accepted: 'sending',
  done: 'holds',
  refused: 'refused',
  unknown: 'unknown',
  expired: 'refused',
};

export type Steering = {
  /** Sends what may leave now; answers how many did. */
  readonly steer: (planned: PlannedSite, nowMs: EpochMs) => number;
};

export function startSteering(parts: {
  readonly store: Store;
  readonly outbox: Pick<Outbox, 'registerKind' | 'enqueue'>;
  /** After the transaction in which a charge point answered. */
  readonly onAnswer: (depotId: string) => void;
}): Steering {
  const { store, outbox } = parts;
  outbox.registerKind(KIND, {
    expiryMs: EXPIRY_MS,
    onOutcome: (tx, { commandId, state, reason }) => {
      const point = readSetPointOf(tx, commandId);
      if (point === undefined) return;
      putSetPoint(tx, { ...point, state: STATES[state], reason });
      tx.afterCommit(() => parts.onAnswer(point.depotId));
    },
  });

  return {
    steer: (planned, nowMs) => {
      const { facts } = planned.gathered;
      const points = readSetPoints(store, facts.depotId);
      const asked = wantedOf(planned, points, nowMs);
      const { leaves } = releaseSetPoints(
        asked.map(({ charger }) => charger),
        nowMs,
        (atMs) => {
          const slot = Math.min(facts.slots - 1, Math.max(0, Math.floor((atMs - facts.fromMs) / facts.slotMs)));
          return (facts.siteLimitW - (facts.buildingW[slot] ?? 0)) / (1 + facts.lossShare) - unplannedW(facts, slot);
        },
      );
      if (leaves.length === 0) return 0;
      const leaving = new Set(leaves);
      store.write((tx) => {
        for (const each of asked) if (leaving.has(each.charger.evseKey)) send(tx, planned, each, nowMs);
      });
      return leaves.length;
    },
  };

  function send(tx: Transaction, planned: PlannedSite, { charger, sessionId, possible }: Asked, nowMs: EpochMs): void {
    const { wanted, evseKey } = charger;
    const [first] = wanted?.periods ?? [];
    if (wanted === undefined || first === undefined) return;
    const commandId = randomUUID();
    const stored = outbox.enqueue(tx, {
      commandId,
      kind: KIND,
      orderKey: `evse:${evseKey}`,
      body: {
        session_id: sessionId,
        charging_profile: {
          start_date_time: new Date(first.fromMs).toISOString(),
          duration: Math.round((wanted.toMs - first.fromMs) / 1000),
          charging_rate_unit: 'W',
          charging_profile_period: wanted.periods.map(({ fromMs, limitW }) => ({
            start_period: Math.round((fromMs - first.fromMs) / 1000),
            limit: limitW,
          })),
        },
      },
    });
    // A full outbox is said by the link's own status; the next look tries again.
    if (!stored.ok) return;
    putSetPoint(tx, {
      evseKey,
      commandId,
      depotId: planned.gathered.facts.depotId,
      sessionId,
      decisionNumber: planned.decision?.number ?? 0,
      toldAtMs: nowMs,
      told: wanted,
      before: possible,
      state: 'sending',
      reason: undefined,
    });
  }
}

type Asked = { readonly charger: ToldCharger; readonly sessionId: string; readonly possible: readonly Profile[] };

function wantedOf(planned: PlannedSite, points: ReadonlyMap<string, SetPoint>, nowMs: EpochMs): readonly Asked[] {
  const { facts } = planned.gathered;
  const toMs = facts.fromMs + Math.ceil((nowMs + AHEAD_MS - facts.fromMs) / facts.slotMs) * facts.slotMs;
  return planned.built.stays.flatMap(({ facts: vehicle }, index): Asked[] => {
    const { bay, sessionId } = vehicle;
    if (bay === undefined || sessionId === undefined) return [];
    const point = points.get(bay.evseKey.toLowerCase());
    const own = point?.sessionId === sessionId ? point : undefined;
    const possible = possibleOf(bay, point, own, nowMs);
    const watts = Array.from(planned.powerKw[index] ?? [], (kw) => kw * 1000);
    const wanted = profileOf(watts, facts.fromMs, facts.slotMs, toMs);
    const isToldThis = own?.state === 'holds' && own.told.toMs - nowMs > RENEW_MS && agreeFrom(own.told, wanted, nowMs);
    const isQuiet = own?.state === 'sending' || isToldThis || vehicle.isBayBroken;
    return [
      {
        charger: { evseKey: bay.evseKey, fallbackW: bay.fallbackW, possible, wanted: isQuiet ? undefined : wanted },
        sessionId,
        possible,
      },
    ];
  });
}

/** A bay that was never told anything may not even know that it is to have a fallback. */
function possibleOf(
  bay: SiteBay,
  point: SetPoint | undefined,
  own: SetPoint | undefined,
  nowMs: EpochMs,
): readonly Profile[] {
  if (point === undefined) return [{ toMs: FOREVER_MS, periods: [{ fromMs: 0, limitW: bay.maxW }] }];
  if (own === undefined) return [NOTHING_TOLD];
  if (own.state === 'holds') return [own.told];
  const before = own.before.filter((each) => each.toMs > nowMs || own.before.length === 1);
  return own.state === 'refused' ? before : [...before, own.told];
}

/** What a charge point is known to be doing, for people. */
export function standingOf(
  bay: SiteBay | undefined,
  point: SetPoint | undefined,
  sessionId: string | undefined,
  steering: 'advise' | 'steer',
  plannedW: number,
  nowMs: EpochMs,
): SetPointStanding {
  if (steering === 'advise' || sessionId === undefined)
    return { state: 'advised', limitW: powerW(plannedW), untilMs: undefined, reason: undefined };
  if (bay === undefined || point?.sessionId !== sessionId || point.told.toMs <= nowMs)
    return { state: 'fallback', limitW: powerW(bay?.fallbackW ?? 0), untilMs: undefined, reason: undefined };
  return {
    state: point.state,
    limitW: powerW(limitAt(point.told, bay.fallbackW, nowMs)),
    untilMs: point.told.toMs,
    reason: point.reason,
  };
}
