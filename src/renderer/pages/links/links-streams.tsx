/** How far each stream has been read. What the marketplace holds beyond that is known only while it can be asked. */
import type { LinkStatus } from '../../../shared/ipc/link-contract.ts';
import { useWallNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { isConnected, isNeverConnected } from './links-words.ts';

export function Streams({ status }: { readonly status: LinkStatus | undefined }) {
  if (status === undefined || status.streams.length === 0) {
    return (
      <p className="empty">
        <b>{isNeverConnected(status) ? 'Not connected yet: no stream is known' : 'No streams yet'}</b>
        The marketplace names them when the link first comes up.
      </p>
    );
  }
  const holdsNow = isConnected(status);
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Streams">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Stream</th>
            <th scope="col" className="number">
              Stored here
            </th>
            <th scope="col" className="number">
              Newest there
              {!holdsNow && status.lastMessageAtMs !== undefined && <AsOf atMs={status.lastMessageAtMs} />}
            </th>
            <th scope="col" className="number">
              Behind
            </th>
          </tr>
        </thead>
        <tbody>
          {status.streams.map((stream) => (
            <tr key={stream.name}>
              <td>{stream.name}</td>
              <td className="number">{count(stream.committed)}</td>
              <td className={holdsNow ? 'number' : 'number not-now'}>
                {holdsNow || status.lastMessageAtMs !== undefined ? count(stream.head) : 'not known'}
              </td>
              <td className={holdsNow ? 'number' : 'number not-now'}>
                {holdsNow ? count(Math.max(0, stream.head - stream.committed)) : 'not known'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AsOf({ atMs }: { readonly atMs: number }) {
  return <span className="as-of">, as of {wholeAge(useWallNow(1000) - atMs)} ago</span>;
}

export function count(value: number | undefined): string {
  return value === undefined ? '–' : value.toLocaleString('en-GB').replaceAll(',', '\u202f');
}
