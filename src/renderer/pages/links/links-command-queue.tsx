/** Every start and stop with what is truly known of it: open ones first, unknown ones with their way out. */
import { isOpen, type SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { useFeed } from '../../link/use-feed.ts';
import { sendCommand } from '../../link/send-command.ts';
import { formatAgo, useNow } from '../../instruments/clock/profile-clock.ts';
import { describeCommand } from '../../marketplace/session/session-command-words.ts';
import { useMarketplaceLink } from '../../marketplace/marketplace-link.ts';
import { commandPriority } from './links-words.ts';

/** A day can hold thousands; the newest closed ones are what one asks about. */
const MOST_ROWS = 200;

export function CommandQueue() {
  const { records, phase } = useFeed('marketplace/session-commands');
  const commands = orderCommands([...records.values()]);
  const open = commands.filter(isOpen).length;
  return (
    <section id="links-queue" className="card links-queue" tabIndex={-1} aria-label="Commands">
      <header>
        <h2>Commands</h2>
        <small>
          {open} open, {commands.length - open} closed in the last 24 hours · fleet time
        </small>
      </header>
      {commands.length === 0 ? (
        <p className="empty">
          <b>{phase === 'loading' ? 'Reading the queue' : 'No commands in the last 24 hours'}</b>
          Starts and stops of charging sessions stand here from the moment they are given until their outcome is known.
        </p>
      ) : (
        <CommandTable commands={commands.slice(0, MOST_ROWS)} />
      )}
      {commands.length > MOST_ROWS && <p className="empty">{commands.length - MOST_ROWS} older ones are not shown.</p>}
    </section>
  );
}

/** Open before closed; the longest open first, the latest closed first. */
export function orderCommands(commands: readonly SessionCommand[]): readonly SessionCommand[] {
  return [...commands].sort((a, b) => {
    const openA = isOpen(a);
    if (openA !== isOpen(b)) return openA ? -1 : 1;
    return openA ? a.issuedAtMs - b.issuedAtMs : b.changedAtMs - a.changedAtMs;
  });
}

function CommandTable({ commands }: { readonly commands: readonly SessionCommand[] }) {
  const { isLive } = useMarketplaceLink();
  const vehicles = useFeed('fleet/vehicles').records;
  const evses = useFeed('marketplace/evses').records;
  const sessions = useFeed('marketplace/sessions').records;
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="List of commands">
      <table className="list">
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Command</th>
            <th scope="col">Vehicle</th>
            <th scope="col">Charge point</th>
            <th scope="col">By</th>
            <th scope="col" className="number">
              Given
            </th>
            <th scope="col" className="number changed-cell">
              Changed
            </th>
            <th scope="col">What is known</th>
          </tr>
        </thead>
        <tbody>
          {commands.map((command) => {
            const session = command.sessionId === undefined ? undefined : sessions.get(command.sessionId);
            const vehicleId = command.vehicleId ?? session?.vehicleId;
            const evseKey = command.evseKey ?? session?.evseKey;
            return (
              <CommandRow
                key={command.commandId}
                command={command}
                isLinkLive={isLive}
                vehicle={vehicleId === undefined ? '–' : (vehicles.get(vehicleId)?.registration ?? vehicleId)}
                evse={evseKey === undefined ? '–' : (evses.get(evseKey)?.label ?? evseKey)}
              />
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = {
  readonly command: SessionCommand;
  readonly isLinkLive: boolean;
  readonly vehicle: string;
  readonly evse: string;
};

function CommandRow({ command, isLinkLive, vehicle, evse }: RowProps) {
  const words = describeCommand(command, isLinkLive);
  const priority = commandPriority(command.state);
  const waiting = isOpen(command);
  return (
    <tr data-state={command.state} className={waiting ? undefined : 'closed'}>
      <td>
        <span className="with-mark">
          {waiting && priority !== undefined ? (
            <span className="mark" data-priority={priority} aria-hidden="true">
              !
            </span>
          ) : (
            <span className="no-mark" />
          )}
          {words.word}
        </span>
      </td>
      <td>{command.kind === 'START_SESSION' ? 'Start session' : 'Stop session'}</td>
      <td>{vehicle}</td>
      <td>{evse}</td>
      <td>{command.operator}</td>
      <td className="number age-cell">
        <Ago atMs={command.issuedAtMs} />
      </td>
      <td className="number age-cell changed-cell">
        <Ago atMs={command.changedAtMs} />
      </td>
      <td className="known">
        {command.state === 'unknown' && command.setAsideAtMs === undefined && (
          <button
            type="button"
            className="btn"
            title="You need not wait for it any more. Its outcome stays unknown."
            onClick={() =>
              void sendCommand(
                'marketplace/set-aside',
                { setAsideCommandId: command.commandId },
                'Setting the command aside',
              )
            }
          >
            Set aside
          </button>
        )}
        {words.sentence}
      </td>
    </tr>
  );
}

function Ago({ atMs }: { readonly atMs: number }) {
  return formatAgo(useNow(1000) - atMs);
}
