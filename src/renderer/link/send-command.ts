/** Sends a command for a person: a refusal, or a link that broke, comes back as a toast that says what to do. */
import { toast } from 'sonner';
import type { CommandInput, CommandName } from '../../shared/ipc/console-api.ts';
import { ops, OpsError } from './ops-client.ts';
import { copyText } from '../instruments/clipboard/copy-text.ts';

/** True when the backend has stored the command; false when the person has been told why not. */
export async function sendCommand<N extends CommandName>(
  name: N,
  input: Omit<CommandInput<N>, 'commandId'>,
  saying: string,
): Promise<boolean> {
  return (await sendForId(name, input, saying)) !== undefined;
}

/** The command's id once the backend has stored it, for what is undone by its id; undefined when the person has been told why not. */
export async function sendForId<N extends CommandName>(
  name: N,
  input: Omit<CommandInput<N>, 'commandId'>,
  saying: string,
): Promise<string | undefined> {
  try {
    const answer = await ops.command(name, input);
    if (answer.outcome === 'accepted') return answer.commandId;
    toastRefusal(`${saying} was refused`, answer.error.message, { command: name, ...answer.error });
  } catch (cause) {
    if (cause instanceof OpsError)
      toastRefusal(`${saying} may not have arrived`, cause.message, { command: name, code: cause.code });
    else throw cause;
  }
  return undefined;
}

export function toastRefusal(title: string, message: string, details: object): void {
  toast.error(title, {
    description: message,
    duration: 12_000,
    action: { label: 'Copy details', onClick: () => void copyText(JSON.stringify(details, null, 2)) },
  });
}
