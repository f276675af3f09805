/** The parties behind the marketplace: who answers, who does not and since when, and how many places that concerns. */
import './network.css';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { partyWord } from '../place/place-words.ts';
import { isAway, type PartyStanding } from './party-standing.ts';

type PartyListProps = {
  readonly standings: readonly PartyStanding[];
  readonly zone: string;
  readonly onOpen: (party: string) => void;
};

const ROLES: Readonly<Record<string, string>> = {
  CPO: 'operator of charge points',
  EMSP: 'mobility provider',
  HUB: 'hub',
  NAP: 'national access point',
  NSP: 'navigation provider',
  SCSP: 'smart charging provider',
};

export function PartyList({ standings, zone, onOpen }: PartyListProps) {
  return (
    <table className="list party-list">
      <thead>
        <tr>
          <th scope="col">Party</th>
          <th scope="col">Id</th>
          <th scope="col">Role</th>
          <th scope="col">State</th>
          <th scope="col">Since</th>
          <th scope="col" className="number">
            Places
          </th>
          <th scope="col" className="number">
            Charge points
          </th>
          <th scope="col" className="number">
            Free
          </th>
        </tr>
      </thead>
      <tbody>
        {standings.map(({ party, places, evses, free }) => (
          <tr key={party.key}>
            <td>
              {places > 0 ? (
                <button
                  type="button"
                  className="btn quiet party-name"
                  data-party={party.key}
                  title="See how it performed"
                  onClick={() => onOpen(party.key)}
                >
                  {party.name}
                </button>
              ) : (
                party.name
              )}
            </td>
            <td className="muted">{party.key}</td>
            <td className="muted">{ROLES[party.role] ?? party.role.toLowerCase()}</td>
            <td>
              {isAway(party) && (
                <span className="mark" data-priority="2" aria-hidden="true">
                  2
                </span>
              )}{' '}
              {partyWord(party)}
            </td>
            <td>
              <Since atMs={party.statusAtMs} zone={zone} />
            </td>
            <td className="number">{grouped(places)}</td>
            <td className="number">{grouped(evses)}</td>
            <td className={isAway(party) ? 'number stale' : 'number'} title={isAway(party) ? 'As last known' : ''}>
              {grouped(free)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Since({ atMs, zone }: { readonly atMs: number; readonly zone: string }) {
  const now = useNow(1000);
  return (
    <span className="muted" title={describeInstant(atMs, zone)}>
      {wholeAge(now - atMs)}
    </span>
  );
}
