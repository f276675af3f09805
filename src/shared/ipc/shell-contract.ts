/**
 * What a window may ask of the Electron shell itself, over the preload bridge: things that exist before there is a
 * backend (profiles, start-up failures) or that only the shell may touch (windows, files the user picks).
 */
import { z } from 'zod';
import type { ContractError } from './contract.ts';

export type ProfileSummary = {
  readonly id: string;
  readonly kind: 'demo' | 'marketplace';
  readonly name: string;
  readonly url: string | undefined;
};

/** `start-up` failures have a screen of their own each; the data stay untouched. */
export type StartUpFailure =
  | 'database-corrupt'
  | 'database-from-the-future'
  | 'database-locked'
  | 'database-read-only'
  | 'database-unreachable'
  | 'disk-full'
  | 'disk-failing'
  | 'demo-failed'
  | 'backend-failed';

export type ShellState =
  | { readonly phase: 'choose-profile'; readonly profiles: readonly ProfileSummary[]; readonly operator: string }
  | { readonly phase: 'starting'; readonly profileName: string; readonly step: string }
  | { readonly phase: 'running'; readonly profileName: string }
  | {
      readonly phase: 'failed';
      readonly failure: StartUpFailure;
      readonly error: ContractError;
      readonly databasePath: string | undefined;
      /** The database is the demo's and no good: it may be moved aside for a new one. */
      readonly canStartAfresh: boolean;
    };

/** The part of an address that names a page of ours. */
export const PAGE_HASH = /^#\//u;

/** Window messages to the shell, each answered with its output type below. */
export const shellRequests = {
  'shell/state': z.strictObject({}),
  'shell/open-profile': z.strictObject({ profileId: z.string().max(60) }),
  'shell/try-demo': z.strictObject({ operator: z.string().trim().min(1).max(60) }),
  'shell/connect': z.strictObject({
    operator: z.string().trim().min(1).max(60),
    name: z.string().trim().min(1).max(60),
    url: z.url({ protocol: /^https?$/u }).max(300),
    token: z.string().min(1).max(512),
  }),
  /** After a failure: the same profile once more. */
  'shell/retry': z.strictObject({}),
  'shell/leave-profile': z.strictObject({}),
  /** After a failure: the folder of the database, in the system's own file manager. */
  'shell/show-database': z.strictObject({}),
  /** Moves a demo's unusable database aside, where it is kept, and starts the demo with a new one. */
  'shell/start-demo-afresh': z.strictObject({}),
  /** Opens the same page in a window of its own. `hash` is the route with its search. */
  'shell/open-window': z.strictObject({ hash: z.string().max(2000).regex(PAGE_HASH) }),
  /** Asks the user for a .pmtiles file; answers its name, or undefined when cancelled. */
  'shell/choose-base-map': z.strictObject({}),
  'shell/base-map': z.strictObject({}),
  /** Asks for the MessagePort to the backend; it arrives by `postMessage` as `switchyard-port`; `switchyard-port-lost` says it is dead. */
  'shell/request-port': z.strictObject({}),
} as const;

export type ShellRequestName = keyof typeof shellRequests;
export type ShellInput<N extends ShellRequestName> = z.infer<(typeof shellRequests)[N]>;

export type BaseMap = { readonly fileName: string; readonly url: string } | undefined;

export type ShellOutputs = {
  'shell/state': ShellState;
  'shell/open-profile': undefined;
  'shell/try-demo': undefined;
  'shell/connect': undefined;
  'shell/retry': undefined;
  'shell/leave-profile': undefined;
  'shell/show-database': undefined;
  'shell/start-demo-afresh': undefined;
  'shell/open-window': undefined;
  'shell/choose-base-map': BaseMap;
  'shell/base-map': BaseMap;
  'shell/request-port': undefined;
};

export type ShellAnswer<N extends ShellRequestName> =
  | { readonly ok: true; readonly value: ShellOutputs[N] }
  | { readonly ok: false; readonly error: ContractError };

/** What preload puts on `window.switchyard`, and nothing else. */
export type ShellBridge = {
  readonly ask: <N extends ShellRequestName>(name: N, input: ShellInput<N>) => Promise<ShellAnswer<N>>;
  /** Calls back whenever the shell's state changes; answers how to stop listening. */
  readonly onState: (listener: (state: ShellState) => void) => () => void;
};
