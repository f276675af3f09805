/**
 * What every place means for the chosen vehicle, asked of the backend: at once when the question changes, and again every few
 * seconds, since vehicles move and charge points are taken. An answer to another question is never shown.
 */
import { useMemo } from 'react';
import type { PlaceAssessment } from '../../../shared/domain/marketplace/place.ts';
import type { AssessedNeed } from '../../../shared/ipc/marketplace/place-contract.ts';
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useQueryWhile } from './use-query-while.ts';
import type { ChargeSearch } from './charge-search.ts';

const AGAIN_MS = 5_000;
const NOTHING: ReadonlyMap<string, PlaceAssessment> = new Map();

export type Assessment = {
  readonly need: AssessedNeed | undefined;
  readonly byPlace: ReadonlyMap<string, PlaceAssessment>;
  readonly failure: string | undefined;
};

export function useAssessment({ vehicle, to, kwh, at, current, kw, connector }: ChargeSearch): Assessment {
  const input = useMemo(
    () => toQuestion({ vehicle, to, kwh, at, current, kw, connector }),
    [vehicle, to, kwh, at, current, kw, connector],
  );
  const { answer, failure } = useQueryWhile('marketplace/assess-places', input, useWallNow(AGAIN_MS));
  const byPlace = useMemo(
    () =>
      answer === undefined
        ? NOTHING
        : new Map(answer.places.map((assessed) => [assessed.locationId, assessed] as const)),
    [answer],
  );
  return { need: answer?.need, byPlace, failure };
}

type Question = Pick<ChargeSearch, 'vehicle' | 'to' | 'kwh' | 'at' | 'current' | 'kw' | 'connector'>;

function toQuestion(search: Question): QueryInput<'marketplace/assess-places'> | undefined {
  const { vehicle, to, kwh, at, current, kw, connector } = search;
  if (vehicle === undefined) return undefined;
  return {
    vehicleId: vehicle,
    ...(at === undefined ? {} : { atMs: at }),
    ...(kwh === undefined ? { targetSocPercent: to ?? 80 } : { energyWh: kwh * 1000 }),
    ...(current === undefined ? {} : { current }),
    ...(kw === undefined ? {} : { leastPowerW: kw * 1000 }),
    ...(connector === undefined ? {} : { standard: connector }),
  };
}
