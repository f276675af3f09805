/**
 * What every line has in common whatever is spoken on it: it is kept open, its coming and going is told, and its record says how
 * it is.
 */
import type { LineRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { OpenByteSource } from '../../serial/byte-source.ts';
import { describeAddress, describeSettings } from '../../serial/describe-line.ts';
import { keepLine, type KeptLine, type LineStatus } from '../../serial/keep-line.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import type { NewMeterEvent } from '../meter-event-table.ts';
import type { DeclaredLine } from './declared-line.ts';

export type LineParts = {
  readonly line: DeclaredLine;
  readonly open: OpenByteSource;
  readonly clock: LineClock;
  /** What was counted of this line before it was declared anew. */
  readonly before: LineRecord | undefined;
  readonly note: (event: NewMeterEvent) => void;
  readonly changed: () => void;
  readonly log: (line: string, detail?: unknown) => void;
};

export type ToldLine = {
  readonly kept: KeptLine;
  readonly discarded: (byteCount: number) => void;
  readonly note: (kind: string, text: string) => void;
  readonly record: () => LineRecord;
};

export function tellLine(
  parts: LineParts,
  happened: { readonly opened?: () => void; readonly lost?: (reason: string) => void; readonly changed?: () => void },
): ToldLine {
  const { line, clock, before } = parts;
  let bytesDiscarded = before?.bytesDiscarded ?? 0;
  let lastState: LineStatus['state'] = 'opening';
  const kept = keepLine({ open: parts.open, clock, onChange: lineChanged });

  function note(kind: string, text: string): void {
    parts.note({ atMs: clock.wallMs(), lineId: line.id, meterId: undefined, kind, note: text });
  }

  function lineChanged(status: LineStatus): void {
    if (status.state !== lastState) {
      lastState = status.state;
      if (status.state === 'open') {
        happened.opened?.();
        note('line-open', `${line.name} is open (${describeAddress(line.address, status.place)}).`);
      }
      if (status.state === 'lost') {
        happened.lost?.(status.reason ?? '');
        note('line-lost', `${line.name} is lost. ${status.reason ?? ''}`.trim());
      }
    }
    parts.changed();
    happened.changed?.();
  }

  return {
    kept,
    discarded: (byteCount) => {
      bytesDiscarded += byteCount;
    },
    note,
    record: () => {
      const { place, reopened, bytesSent, bytesHeard, lastByteAtMs, ...status } = kept.status();
      return {
        id: line.id,
        name: line.name,
        depotId: line.depotId,
        protocol: line.protocol,
        origin: line.origin,
        address: describeAddress(line.address, place),
        settings: describeSettings(line.settings),
        ...status,
        lastByteAtMs: lastByteAtMs ?? before?.lastByteAtMs,
        reopened: reopened + (before?.reopened ?? 0),
        bytesSent: bytesSent + (before?.bytesSent ?? 0),
        bytesHeard: bytesHeard + (before?.bytesHeard ?? 0),
        bytesDiscarded,
        foreignRequests: before?.foreignRequests ?? 0,
      };
    },
  };
}
