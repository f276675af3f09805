/** Who of the marketplace cannot be asked now: since when, what that makes old, and what still works. */
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { computerZone } from '../../instruments/clock/zone-time.ts';
import { useMarketplaceLink } from '../../marketplace/marketplace-link.ts';
import { partyWord } from '../../marketplace/place/place-words.ts';

const MOST_NAMED = 3;

/** Planned ones were never there, so nobody misses them. */
export function missingParties(parties: Iterable<Party>): readonly Party[] {
  return [...parties].filter(({ status }) => status === 'OFFLINE' || status === 'SUSPENDED');
}

export function PartyStrip({ parties }: { readonly parties: Iterable<Party> }) {
  const { isLive } = useMarketplaceLink();
  const missing = missingParties(parties);
  if (!isLive)
    return (
      <div className="party-strip" role="status">
        <b>The marketplace link is down.</b>
        <span>
          Places, prices and states are those of before, and say how old they are. Commands wait briefly for the link
          and are then given up.
        </span>
      </div>
    );
  if (missing.length === 0) return null;
  return (
    <div className="party-strip" role="status">
      {missing.slice(0, MOST_NAMED).map((party) => (
        <MissingParty key={party.key} party={party} />
      ))}
      {missing.length > MOST_NAMED && <b>and {missing.length - MOST_NAMED} more.</b>}
      <span>
        States there are as last known. Reserving, starting and stopping do not reach them; a card on site still may.
        All others work as usual.
      </span>
    </div>
  );
}

function MissingParty({ party }: { readonly party: Party }) {
  const age = wholeAge(useNow() - party.statusAtMs);
  const since = describeInstant(party.statusAtMs, computerZone());
  return (
    <b title={`${party.key}, ${party.role}. Since ${since}`}>
      {party.name} {partyWord(party)} for {age}.
    </b>
  );
}
