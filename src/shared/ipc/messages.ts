/** What travels over the MessagePort between a window and the backend. */
import { z } from 'zod';
import type { CommandAnswer, ContractError, Delta, Snapshot } from './contract.ts';

/** Raised when a window and a backend of different versions could misread each other. */
export const CONTRACT_VERSION = 1;

const requestId = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const name = z.string().min(1).max(80);

export const windowMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('query'), id: requestId, name, input: z.unknown() }),
  z.strictObject({ type: z.literal('command'), id: requestId, name, input: z.unknown() }),
  z.strictObject({ type: z.literal('subscribe'), id: requestId, name }),
  z.strictObject({ type: z.literal('unsubscribe'), id: requestId }),
  /** The window has taken this frame; it gets no more than two that it has not taken, their changes merge meanwhile. */
  z.strictObject({ type: z.literal('frame-taken'), id: requestId }),
]);

export type WindowMessage = z.infer<typeof windowMessage>;

export type BackendMessage =
  | { readonly type: 'ready'; readonly contractVersion: number }
  | { readonly type: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly type: 'command-answer'; readonly id: number; readonly answer: CommandAnswer }
  | { readonly type: 'error'; readonly id: number; readonly error: ContractError }
  | { readonly type: 'snapshot'; readonly id: number; readonly snapshot: Snapshot<unknown> }
  | { readonly type: 'delta'; readonly id: number; readonly delta: Delta<unknown> }
  | { readonly type: 'frame'; readonly id: number; readonly frame: ArrayBuffer };
