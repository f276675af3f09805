/** What the marketplace's durable log holds: items of four streams, and the server's own records between them. */
export type DurableStream = 'fleet' | 'network' | 'sessions' | 'commands';
export const DURABLE_STREAMS: readonly DurableStream[] = ['fleet', 'network', 'sessions', 'commands'];

export type LogItem = { readonly offset: number; readonly at: string; readonly kind: string; readonly body: unknown };
export type LogEntry = {
  readonly stream: DurableStream;
  readonly at: string;
  readonly kind: string;
  readonly body: unknown;
};
/** What the server notes for itself; `kind` tells them apart. */
export type LogRecord = { readonly kind: string; readonly [field: string]: unknown };
