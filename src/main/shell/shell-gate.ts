/**
 * The only door from a window into the main process. Every call passes here: the sender must be the main frame of one of
 * our own pages, the name must be in the shell's contract, the input must fit its schema.
 */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import {
  shellRequests,
  type ShellAnswer,
  type ShellInput,
  type ShellOutputs,
  type ShellRequestName,
} from '../../shared/ipc/shell-contract.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import type { Log } from './log.ts';

export const SHELL_CHANNEL = 'switchyard-shell';

export type ShellRunners = {
  readonly [N in ShellRequestName]: (
    input: ShellInput<N>,
    sender: WebContents,
  ) => ShellOutputs[N] | Promise<ShellOutputs[N]>;
};

export function openShellGate(runners: ShellRunners, log: Log): void {
  ipcMain.handle(
    SHELL_CHANNEL,
    async (event, name: unknown, input: unknown): Promise<ShellAnswer<ShellRequestName>> => {
      if (!isTrustedSender(event)) {
        log('A page that is not ours called the shell; it was refused.', event.senderFrame?.url);
        return refused('untrusted-sender', 'This page may not ask the console for anything.');
      }
      if (typeof name !== 'string' || !Object.hasOwn(shellRequests, name))
        return refused('not-offered', 'The shell does not offer this.');
      const known = name as ShellRequestName;
      const parsed = shellRequests[known].safeParse(input);
      if (!parsed.success) {
        const first = parsed.error.issues[0];
        return refused('bad-input', `${first?.path.join('.') ?? 'The input'}: ${first?.message ?? 'not understood'}.`);
      }
      try {
        const run = runners[known] as (input: unknown, sender: WebContents) => unknown;
        return { ok: true, value: (await run(parsed.data, event.sender)) as undefined };
      } catch (error) {
        log(`${known} failed`, error);
        return refused('failed', error instanceof Error ? error.message : String(error));
      }
    },
  );
}

function isTrustedSender(event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame === event.sender.mainFrame && frame.url.startsWith(`${APP_ORIGIN}/`);
}

function refused(code: string, message: string): ShellAnswer<ShellRequestName> {
  return { ok: false, error: { code, message } };
}
