/**
 * Bytes to and from a line, without any meaning. A source is open until it closes, and a closed one never revives: whoever
 * owns the line opens a new one. Exactly one owner listens.
 */
import type { Result } from '../../shared/kernel/result.ts';

export type ByteListener = {
  readonly bytes: (chunk: Uint8Array) => void;
  /** Once, and last: unplugged, hung up or failed. Not after our own `close`. `reason` is a sentence. */
  readonly closed: (reason: string) => void;
};

export type ByteSource = {
  /** Where it turned out to be, for people: `/dev/ttyUSB0`, `10.0.4.7:4001`. */
  readonly place: string;
  readonly listen: (listener: ByteListener) => void;
  /** What cannot be written shows as `closed`. */
  readonly write: (bytes: Uint8Array) => void;
  /**
   * From now on both ways, once what was written has left. Absent where it cannot be changed: a serial device server keeps the
   * speed it was set to.
   */
  readonly setBaudRate?: (baudRate: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

/** ambiguous: two adapters bear the serial number that is looked for, and we do not guess. */
export type OpenFailure = 'absent' | 'ambiguous' | 'busy' | 'not-permitted' | 'unreachable' | 'failed';

/** Tries once. The refusal's message says what to do. */
export type OpenByteSource = () => Promise<Result<ByteSource, OpenFailure>>;
