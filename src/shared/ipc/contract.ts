/**
 * The three verbs between the window and the backend, as types. A query reads and is safe to repeat; a command
 * carries a `commandId` and is answered *accepted* (stored) or *refused*; a subscription is a snapshot with a
 * revision and then numbered deltas, or (for dense telemetry) one binary frame a tick.
 *
 * Inputs cross a trust boundary and have a schema; answers come from our own backend and have a type.
 */
import { z } from 'zod';

declare const carried: unique symbol;
type Carries<T> = { readonly [carried]?: T };

export type QueryDefinition<I extends z.ZodType = z.ZodType, O = unknown> = Carries<O> & {
  readonly verb: 'query';
  readonly input: I;
};
export type CommandDefinition<I extends z.ZodType = z.ZodType> = { readonly verb: 'command'; readonly input: I };
export type FeedDefinition<R = unknown> = Carries<R> & {
  readonly verb: 'subscribe';
  /** Greatest number of deltas a second; changes in between are merged. */
  readonly maxRateHz: number;
  readonly keyOf: (record: R) => string;
};
export type FrameDefinition = { readonly verb: 'frames'; readonly maxRateHz: number };

export function answersWith<O>() {
  return { to: <I extends z.ZodType>(input: I): QueryDefinition<I, O> => ({ verb: 'query', input }) };
}

/** Every command's input carries the id the window made for this one intent. */
export function command<S extends z.ZodRawShape>(shape: S) {
  const input = z.strictObject({ commandId: z.uuid(), ...shape });
  return { verb: 'command' as const, input };
}

export function feed<R>(definition: Omit<FeedDefinition<R>, 'verb'>): FeedDefinition<R> {
  return { verb: 'subscribe', ...definition };
}

export function frames(definition: Omit<FrameDefinition, 'verb'>): FrameDefinition {
  return { verb: 'frames', ...definition };
}

/** An error as it crosses: data, never an exception. `detail` is for the copy button, not for the sentence. */
export type ContractError = { readonly code: string; readonly message: string; readonly detail?: unknown };

export type CommandAnswer =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused'; readonly error: ContractError };

export type Snapshot<R> = { readonly revision: number; readonly records: readonly R[] };

export type Delta<R> = {
  /** The revision this delta was made upon; when it is not the reader's, the reader subscribes again. */
  readonly from: number;
  readonly revision: number;
  /** How many changes at the source this delta stands for. */
  readonly merged: number;
  readonly upserted: readonly R[];
  readonly removedKeys: readonly string[];
};
