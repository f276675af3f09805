/** A vehicle's commands of the last day, newest first, each with what is truly known of it. */
import type { SessionCommand } from '../../../shared/domain/marketplace/session-command.ts';
import { isOpen } from '../../../shared/domain/marketplace/session-command.ts';
import { describeInstant } from '../../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../../instruments/clock/profile-clock.ts';
import { setAside } from './issue-session-command.ts';
import { useMarketplaceLink } from '../marketplace-link.ts';
import { commandWhat, describeCommand, type CommandLook } from './session-command-words.ts';
import '../marketplace.css';

type CommandListProps = {
  readonly label: string;
  readonly commands: readonly SessionCommand[];
  readonly labelOf: (command: SessionCommand) => string;
  readonly zone: string;
};

export function CommandList({ label, commands, labelOf, zone }: CommandListProps) {
  const { isLive } = useMarketplaceLink();
  if (commands.length === 0) return null;
  return (
    <ol className="commands" aria-label={label} aria-live="polite">
      {commands.map((command) => {
        const look = describeCommand(command, isLive);
        return (
          <li key={command.commandId} className="command" data-shape={look.shape}>
            <CommandShape shape={look.shape} />
            <span className="command-what">
              {commandWhat(command.kind)} {labelOf(command)}
            </span>
            <b>{look.word}</b>
            <span
              className="command-age"
              title={`${command.operator}, changed ${describeInstant(command.changedAtMs, zone)}`}
            >
              <CommandAge atMs={command.changedAtMs} />
            </span>
            <span className="command-sentence">
              {look.sentence}
              {command.state === 'unknown' && isOpen(command) && (
                <button type="button" className="btn" onClick={() => void setAside(command.commandId)}>
                  Stop waiting for it
                </button>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function CommandAge({ atMs }: { readonly atMs: number }) {
  const now = useNow();
  return <>{wholeAge(now - atMs)} ago</>;
}

const SHAPES: Readonly<Record<CommandLook['shape'], string>> = {
  waiting: 'M6 1.6a4.4 4.4 0 1 0 .01 0zM6 3.6V6l1.8 1.2',
  done: 'M1.8 6.4 4.8 9.4 10.4 2.8',
  failed: 'M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8',
  unknown: 'M3.6 4.1a2.4 2.4 0 1 1 3.5 2.1Q6 6.8 6 8M6 10.4v.1',
};

export function CommandShape({ shape }: { readonly shape: CommandLook['shape'] }) {
  return (
    <svg viewBox="0 0 12 12" className="command-shape" aria-hidden="true">
      <path d={SHAPES[shape]} />
    </svg>
  );
}
