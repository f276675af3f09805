/** The preload bridge as the window's code uses it, and the shell's state as React state. */
import { useSyncExternalStore } from 'react';
import type { ContractError } from '../../shared/ipc/contract.ts';
import type {
  ShellAnswer,
  ShellBridge,
  ShellInput,
  ShellRequestName,
  ShellState,
} from '../../shared/ipc/shell-contract.ts';
import { onLinkRefused } from './ops-client.ts';

declare global {
  interface Window {
    readonly switchyard: ShellBridge;
  }
}

/** Asks the shell. A bridge that is missing or breaks is an answer too: the screen must be able to say so. */
export async function askShell<N extends ShellRequestName>(name: N, input: ShellInput<N>): Promise<ShellAnswer<N>> {
  try {
    return await window.switchyard.ask(name, input);
  } catch (cause) {
    return {
      ok: false,
      error: describeFailure('shell-silent', 'The window’s shell did not answer. Restart Switchyard.', cause),
    };
  }
}

function describeFailure(code: string, message: string, cause: unknown): ContractError {
  return { code, message, detail: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) };
}

let state: ShellState | undefined;
const listeners = new Set<() => void>();

function take(next: ShellState): void {
  const mayRun = next.phase === 'running' && state?.phase !== 'running';
  state = next;
  // Each time the backend comes to run there is a new port to it.
  if (mayRun) void askShell('shell/request-port', {});
  for (const listener of listeners) listener();
}

function fail(error: ContractError): void {
  take({ phase: 'failed', failure: 'backend-failed', error, databasePath: undefined, canStartAfresh: false });
}

/** Begins to follow the shell. Called once, by the entry, after the window listens for ports. */
export function followShell(): void {
  onLinkRefused(fail);
  try {
    window.switchyard.onState(take);
  } catch (cause) {
    fail(
      describeFailure(
        'bridge-missing',
        'This window was opened without its bridge to the shell. Restart Switchyard.',
        cause,
      ),
    );
    return;
  }
  void askShell('shell/state', {}).then((answer) => (answer.ok ? take(answer.value) : fail(answer.error)));
}

/** undefined until the shell has answered for the first time. */
export function useShellState(): ShellState | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
}
