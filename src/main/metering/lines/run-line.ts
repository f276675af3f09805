/** Puts a declared line to work: each protocol has its own way of reading, and all of them end in the same judgement. */
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import type { MeterBook } from '../meters/meter-records.ts';
import type { Standings } from '../meters/meter-standings.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';
import type { NewReading } from '../readings/write-readings.ts';
import { judgeAnswers, type JudgeAnswer } from './judge-answer.ts';
import type { LineParts } from './kept-line.ts';
import { listenLine } from './listen-line.ts';
import { listenMeter } from './listen-meter.ts';
import { pollLine, type PolledLine } from './poll-line.ts';
import { pollMeter } from './poll-meter.ts';
import { readOutLine } from './read-out-line.ts';
import { readOutMeter } from './read-out-meter.ts';

export function runLine(
  parts: LineParts & {
    readonly profiles: MeterProfiles;
    readonly bookOf: (meterId: string) => MeterBook | undefined;
    readonly standings: Standings;
    /** The profile's; `clock` is the line's. */
    readonly profileClock: Clock;
    readonly addReading: (reading: NewReading) => void;
    /** All that are declared. */
    readonly meters: readonly NumberedMeter[];
  },
): PolledLine {
  const { line, profiles, standings, clock: lineClock, profileClock: clock, addReading, note } = parts;
  const { protocol } = line;

  const ready = parts.meters
    .filter(({ lineId }) => lineId === line.id)
    .flatMap((meter) => {
      const found = profiles.of(meter.profile);
      const book = parts.bookOf(meter.id);
      if (!found.ok || book === undefined) return [];
      const profile = found.value;
      if (profile.protocol !== protocol) {
        book.fault(
          `${meter.name} has the profile ${profile.model}, which is read by ${profile.protocol}, and its line speaks ${protocol}. Choose another profile or another protocol.`,
        );
        return [];
      }
      const shared = { meter, book, clock, lineClock, note };
      const judge: JudgeAnswer = judgeAnswers({
        ...shared,
        profile,
        footing: () => standings.of(meter, profile),
        addReading,
      });
      return [{ ...shared, profile, judge }];
    });

  if (protocol === 'modbus-rtu') {
    const polled = ready.flatMap(({ meter, profile, ...shared }) => {
      const { unitAddress } = meter;
      if (unitAddress === undefined || profile.protocol !== 'modbus-rtu') return [];
      return pollMeter({ ...shared, profile, meter: { ...meter, unitAddress } });
    });
    return pollLine({ ...parts, meters: polled });
  }
  const [only] = ready.flatMap(({ profile, ...shared }) =>
    profile.protocol === 'modbus-rtu' ? [] : [{ ...shared, profile }],
  );
  if (protocol === 'iec62056-mode-c')
    return readOutLine({ ...parts, openMeter: (discarded) => only && readOutMeter({ ...only, discarded }) });
  return listenLine({ ...parts, protocol, meter: only && listenMeter(only) });
}
