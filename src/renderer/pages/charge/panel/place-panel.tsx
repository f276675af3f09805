/** One place, whole: what is free, what may be done there, what it costs this vehicle and why, and whether it gets in. */
import type { Vehicle } from '../../../../shared/domain/fleet/vehicle.ts';
import type { Evse } from '../../../../shared/domain/marketplace/evse.ts';
import { mayBeHeld } from '../../../../shared/domain/marketplace/reservation.ts';
import { sameId } from '../../../../shared/domain/marketplace/same-id.ts';
import { isFinalStatus } from '../../../../shared/domain/marketplace/session.ts';
import type { AssessedNeed } from '../../../../shared/ipc/marketplace/place-contract.ts';
import { Fact } from '../../../fleet/vehicle/vehicle-facts.tsx';
import { useFeed } from '../../../link/use-feed.ts';
import { useMarketplaceLink } from '../../../marketplace/marketplace-link.ts';
import { EvseChoice, GroupChoice } from '../../../marketplace/place/evse-choice.tsx';
import {
  accessFacts,
  accessLook,
  capabilityWords,
  duration,
  partyWord,
  percentWords,
  WAY_RULE,
  wayWords,
} from '../../../marketplace/place/place-words.ts';
import { isPartyAway, type PlaceRow } from '../../../marketplace/place/place-row.ts';
import { ActButtons } from './act-buttons.tsx';
import type { ChargeSearch } from '../charge-search.ts';
import { PlacePrice } from './place-price.tsx';
import { UnderWay } from './under-way.tsx';
import type { PlaceDeeds } from './use-place-acts.ts';

type PlacePanelProps = {
  readonly row: PlaceRow;
  readonly vehicle: Vehicle | undefined;
  readonly zone: string;
  readonly need: AssessedNeed | undefined;
  readonly at: ChargeSearch['at'];
  readonly deeds: PlaceDeeds;
  readonly placeName: (evseKey: string) => string;
  readonly onClose: () => void;
};

export function PlacePanel({ row, vehicle, zone, need, at, deeds, placeName, onClose }: PlacePanelProps) {
  const { place, party } = row;
  const { isLive } = useMarketplaceLink();
  const whoseIs = useOurs();
  const isOld = isPartyAway(row) || !isLive;
  return (
    <section className="card place-panel" aria-label={`Place ${place.name}`}>
      <header>
        <h2 title={place.address}>{place.name}</h2>
        <small className={isPartyAway(row) ? 'against' : ''}>
          {place.operatorName}
          {party !== undefined && isPartyAway(row) && ` · ${partyWord(party)}`}
        </small>
        <span className="end">
          <button type="button" className="btn quiet" onClick={onClose} aria-label="Close (Escape)" title="Close (Esc)">
            ✕
          </button>
        </span>
      </header>
      <div className="act-place">
        <ActButtons
          acts={deeds.acts}
          run={deeds.run}
          label={deeds.evse?.label}
          holdMinutes={deeds.holdMinutes}
          onHoldMinutes={deeds.setHoldMinutes}
          expiresAtMs={deeds.expiresAtMs}
          zone={place.timeZone}
        />
      </div>
      <div className="detail-body" tabIndex={0} role="region" aria-label="Details of the place">
        {vehicle !== undefined && <UnderWay vehicle={vehicle} zone={zone} placeName={placeName} />}
        <PlaceAssessed row={row} />
        <GroupChoice groups={place.groups} chosenKey={deeds.group?.key} onChoose={deeds.chooseGroup} />
        {deeds.evses !== undefined && (
          <EvseChoice
            evses={deeds.evses}
            chosenKey={deeds.evse?.key}
            onChoose={deeds.chooseEvse}
            isOld={isOld}
            whoseIs={whoseIs}
          />
        )}
        <hr />
        <PlacePrice row={row} group={deeds.group} need={need} at={at} />
        <hr />
        <PlaceFacts row={row} />
      </div>
    </section>
  );
}

/** Way, arrival and time for the vehicle; nothing while there is none. */
function PlaceAssessed({ row: { assessment } }: { readonly row: PlaceRow }) {
  if (assessment === undefined) return null;
  const { arrivalSocPercent, refusal } = assessment;
  const look = accessLook(assessment.access);
  return (
    <>
      {refusal !== undefined && <p className="against">{refusal}</p>}
      <dl className="fact-list">
        <Fact name="Way, estimated">
          <span title={WAY_RULE}>{wayWords(assessment)}</span>
        </Fact>
        <Fact name="Charge on arrival">
          {arrivalSocPercent === undefined ? (
            <span className="muted">not known</span>
          ) : arrivalSocPercent <= 0 ? (
            <span className="against">does not get there</span>
          ) : (
            percentWords(arrivalSocPercent)
          )}
        </Fact>
        <Fact name="Charging takes">{assessment.groupKey === undefined ? '–' : duration(assessment.chargeS)}</Fact>
        <Fact name="Access">
          <span className={look.isAgainst ? 'against' : ''} title={look.sentence}>
            {look.word}
          </span>
        </Fact>
      </dl>
    </>
  );
}

function PlaceFacts({ row: { place, party } }: { readonly row: PlaceRow }) {
  const limits = accessFacts(place);
  const able = capabilityWords(place);
  return (
    <dl className="fact-list place-facts">
      <Fact name="Address">{place.address}</Fact>
      <Fact name="Limits of its spaces">{limits.length === 0 ? 'none stated' : limits.join(' · ')}</Fact>
      <Fact name="It can">{able.length === 0 ? 'not stated' : able.join(' · ')}</Fact>
      <Fact name="Party, location">
        <span className="mono">
          {place.party} {place.locationId}
        </span>
        {party !== undefined && ` · ${partyWord(party)}`}
      </Fact>
    </dl>
  );
}

/** Which vehicle of ours has or holds a charge point. */
function useOurs(): (evse: Evse) => string | undefined {
  const sessions = useFeed('marketplace/sessions');
  const reservations = useFeed('marketplace/reservations');
  const vehicles = useFeed('fleet/vehicles');
  const nameOf = (vehicleId: string | undefined) =>
    vehicleId === undefined ? undefined : (vehicles.records.get(vehicleId)?.registration ?? vehicleId);
  return (evse) => {
    for (const session of sessions.records.values())
      if (sameId(session.evseKey, evse.key) && !isFinalStatus(session.status)) return nameOf(session.vehicleId);
    for (const held of reservations.records.values())
      if (sameId(held.evseKey, evse.key) && mayBeHeld(held)) return `for ${nameOf(held.vehicleId) ?? ''}`;
    return undefined;
  };
}
