/** The price of one choice with its trace: the figure of the list, and line by line how it comes about. */
import { useMemo } from 'react';
import type { ConnectorGroup } from '../../../../shared/domain/marketplace/place.ts';
import type { AssessedNeed } from '../../../../shared/ipc/marketplace/place-contract.ts';
import { useWallNow } from '../../../instruments/clock/profile-clock.ts';
import { decimals } from '../../../instruments/number/format-number.ts';
import { moneyWords } from '../../../tariff/money-text.ts';
import { PriceTrace } from '../../../tariff/price-trace.tsx';
import type { PlaceRow } from '../../../marketplace/place/place-row.ts';
import type { ChargeSearch } from '../charge-search.ts';
import { useQueryWhile } from '../use-query-while.ts';

/** Tariffs change by the hour, not by the second. */
const AGAIN_MS = 30_000;

type PlacePriceProps = {
  readonly row: PlaceRow;
  readonly group: ConnectorGroup | undefined;
  readonly need: AssessedNeed | undefined;
  readonly at: ChargeSearch['at'];
};

export function PlacePrice({ row, group, need, at }: PlacePriceProps) {
  const { place, assessment } = row;
  const { locationId } = place;
  const vehicleId = need?.vehicleId;
  // What is needed there: the way uses some, too.
  const energyWh = assessment?.energyWh ?? need?.energyWh;
  const groupKey = group?.key;
  const input = useMemo(
    () =>
      vehicleId === undefined || energyWh === undefined || energyWh <= 0 || groupKey === undefined
        ? undefined
        : { vehicleId, locationId, groupKey, energyWh, ...(at === undefined ? {} : { atMs: at }) },
    [vehicleId, locationId, groupKey, energyWh, at],
  );
  const { answer, failure } = useQueryWhile('marketplace/preview-price', input, useWallNow(AGAIN_MS));
  if (need === undefined)
    return <p className="muted">Choose a vehicle to see its price here, and how it comes about.</p>;
  if (input === undefined) return <p className="muted">Nothing is needed, so there is nothing to price.</p>;
  if (answer === undefined) return failure === undefined ? null : <p className="against">{failure}</p>;
  if ('refused' in answer) return <p className="muted">{answer.refused.message}</p>;
  const { priced, sentences } = answer;
  const { net, gross } = priced.total;
  return (
    <>
      <p className="place-price">
        <b>
          {moneyWords(gross ?? net, priced.currency)} {priced.currency}
        </b>
        <span className="muted">
          {gross === undefined ? 'net; no tax is stated' : `with tax, ${moneyWords(net, priced.currency)} without`} ·
          for {decimals(input.energyWh / 1000, 1)} kWh{' '}
          {need.contractName === undefined ? 'at the list price' : `under ${need.contractName}`}
        </span>
      </p>
      <PriceTrace priced={priced} sentences={sentences} timeZone={place.timeZone} />
    </>
  );
}
