/** What the marketplace's durable log holds: items of every stream but telemetry, and the server's own records between them. */
import type { StreamName } from '../../marketplace-link/wire/v1/envelope.ts';

export type DurableStream = Exclude<StreamName, 'telemetry'>;
export const DURABLE_STREAMS: readonly DurableStream[] = [
  'fleet',
  'network',
  'sessions',
  'commands',
  'tariffs',
  'accounts',
  'records',
];

export type LogItem = { readonly offset: number; readonly at: string; readonly kind: string; readonly body: unknown };
export type LogEntry = {
  readonly stream: DurableStream;
  readonly at: string;
  readonly kind: string;
  readonly body: unknown;
};
/** What the server notes for itself; `kind` tells them apart. */
export type LogRecord = { readonly kind: string; readonly [field: string]: unknown };
