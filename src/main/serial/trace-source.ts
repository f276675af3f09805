/**
 * Tells somebody what goes over a line, without any meaning and without delay: what is written, what is heard, and when a
 * source opens and closes. Whoever owns the line notices nothing of it.
 */
import type { ByteSource, OpenByteSource } from './byte-source.ts';
import { describeSettings } from './describe-line.ts';
import type { LineSettings } from './line-address.ts';

export type LineTap = {
  readonly sent: (bytes: Uint8Array) => void;
  readonly heard: (bytes: Uint8Array) => void;
  readonly note: (text: string) => void;
};

export function traceSource(open: OpenByteSource, settings: LineSettings, tap: LineTap): OpenByteSource {
  return async () => {
    const opened = await open();
    if (!opened.ok) return opened;
    tap.note(`Opened at ${opened.value.place}, ${describeSettings(settings)}.`);
    return { ...opened, value: tapped(opened.value, tap) };
  };
}

function tapped(source: ByteSource, tap: LineTap): ByteSource {
  const { setBaudRate } = source;
  return {
    ...source,
    listen: (listener) =>
      source.listen({
        bytes: (chunk) => {
          tap.heard(chunk);
          listener.bytes(chunk);
        },
        closed: (reason) => {
          tap.note(`Lost. ${reason}`);
          listener.closed(reason);
        },
      }),
    write: (bytes) => {
      tap.sent(bytes);
      source.write(bytes);
    },
    close: () => {
      tap.note('Closed.');
      return source.close();
    },
    ...(setBaudRate !== undefined && {
      setBaudRate: async (baudRate: number) => {
        await setBaudRate(baudRate);
        tap.note(`Baud rate ${baudRate} from here.`);
      },
    }),
  };
}
