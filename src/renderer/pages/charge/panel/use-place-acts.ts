/** The open place with what may be done there: which charge point is meant, what the rules say of it, and the deeds themselves. */
import { useMemo, useState } from 'react';
import type { Evse } from '../../../../shared/domain/marketplace/evse.ts';
import type { ConnectorGroup } from '../../../../shared/domain/marketplace/place.ts';
import { nowMs, useNow } from '../../../instruments/clock/profile-clock.ts';
import { useFeed } from '../../../link/use-feed.ts';
import { connectorOf, evseMeant, evsesOfKind } from '../../../marketplace/place/choose-evse.ts';
import { judgeActs, type PlaceActs } from '../../../marketplace/place/place-acts.ts';
import type { PlaceRow } from '../../../marketplace/place/place-row.ts';
import {
  cancelReservation,
  reserve,
  startSession,
  stopSession,
  unlockConnector,
} from '../../../marketplace/session/issue-session-command.ts';
import type { ActRunner } from './act-buttons.tsx';
import { useQueryWhile } from '../use-query-while.ts';

const MINUTE_MS = 60_000;
const JUDGED_EVERY_MS = 5_000;
/** The stop at hand comes first, and somebody must still find the bay and plug in. */
const AFTER_ARRIVAL_MS = 30 * MINUTE_MS;

export type PlaceDeeds = {
  readonly group: ConnectorGroup | undefined;
  readonly chooseGroup: (key: string) => void;
  /** Undefined: not read yet. */
  readonly evses: readonly Evse[] | undefined;
  readonly evse: Evse | undefined;
  readonly chooseEvse: (key: string) => void;
  readonly acts: PlaceActs;
  readonly run: ActRunner;
  readonly holdMinutes: number;
  readonly setHoldMinutes: (minutes: number) => void;
  readonly expiresAtMs: number;
};

export function usePlaceActs(row: PlaceRow | undefined, vehicleId: string | undefined): PlaceDeeds {
  const sessions = useFeed('marketplace/sessions');
  const commands = useFeed('marketplace/session-commands');
  const reservations = useFeed('marketplace/reservations');
  const now = useNow(JUDGED_EVERY_MS);
  const [chosen, setChosen] = useState<{ readonly place?: string; readonly group?: string; readonly evse?: string }>(
    {},
  );
  const [heldFor, setHoldMinutes] = useState<number>();
  const mine = chosen.place === row?.key ? chosen : {};
  const locationId = row?.place.locationId;
  const input = useMemo(() => (locationId === undefined ? undefined : { locationId }), [locationId]);
  const { answer } = useQueryWhile('marketplace/place-evses', input, row?.place.newestStatusAtMs ?? 0);

  const group =
    row?.place.groups.find(({ key }) => key === (mine.group ?? row.assessment?.groupKey)) ?? row?.place.groups[0];
  const evses = useMemo(() => answer && evsesOfKind(answer, group), [answer, group]);
  const holdMinutes = heldFor ?? minutesToHold(row);
  const expiresAtMs = Math.ceil(now / (5 * MINUTE_MS)) * 5 * MINUTE_MS + holdMinutes * MINUTE_MS;
  const facts = {
    vehicleId,
    expiresAtMs,
    nowMs: now,
    sessions: sessions.records.values(),
    commands: commands.records.values(),
    reservations: reservations.records.values(),
  };
  const known = judgeActs({ ...facts, evse: undefined, connectorId: undefined });
  const running = known.stop === undefined ? known.session?.evseKey : undefined;
  const evse = evses && evseMeant(evses, [mine.evse, running, known.reservation?.evseKey]);
  const connectorId = evse && connectorOf(evse, group)?.id;
  const acts = judgeActs({
    ...facts,
    sessions: sessions.records.values(),
    commands: commands.records.values(),
    reservations: reservations.records.values(),
    evse,
    connectorId,
  });

  const run: ActRunner = {
    reserve: () => {
      if (vehicleId !== undefined && evse !== undefined && acts.reserve === undefined && expiresAtMs > nowMs())
        void reserve({ vehicleId, evseKey: evse.key, expiresAtMs });
    },
    start: () => {
      if (vehicleId !== undefined && evse !== undefined && connectorId !== undefined && acts.start === undefined)
        void startSession({ vehicleId, evseKey: evse.key, connectorId });
    },
    stop: () => {
      if (acts.session !== undefined && acts.stop === undefined) void stopSession(acts.session);
    },
    unlock: () => {
      if (evse !== undefined && connectorId !== undefined && acts.unlock === undefined)
        void unlockConnector({ evseKey: evse.key, connectorId });
    },
    cancel: () => {
      if (acts.reservation !== undefined && acts.cancel === undefined) void cancelReservation(acts.reservation);
    },
  };
  const choose = (part: { readonly group?: string; readonly evse?: string }) =>
    setChosen({ ...mine, ...part, ...(locationId === undefined ? {} : { place: locationId }) });
  return {
    group,
    chooseGroup: (key) => choose({ group: key }),
    evses,
    evse,
    chooseEvse: (key) => choose({ evse: key }),
    acts,
    run,
    holdMinutes,
    setHoldMinutes,
    expiresAtMs,
  };
}

/** The least of what is offered that outlasts the way there. */
function minutesToHold(row: PlaceRow | undefined): number {
  const neededMs = (row?.assessment?.driveS ?? 0) * 1000 + AFTER_ARRIVAL_MS;
  return [30, 60].find((minutes) => minutes * MINUTE_MS >= neededMs) ?? 120;
}
