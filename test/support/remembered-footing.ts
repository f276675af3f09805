/** What the next reading follows, remembered as the console does and without its store. */
import type { MeterProfile } from '../../src/main/metering/codec/meter-profile.ts';
import { footingAfter, type Footing } from '../../src/main/metering/meters/meter-standings.ts';
import type { NewReading } from '../../src/main/metering/readings/write-readings.ts';

export function rememberFooting(profile: MeterProfile, ctRatio = 1) {
  let last: NewReading | undefined;
  return {
    footing: (): Footing =>
      footingAfter(last && { ...last, sameRun: true }, { profile, ctRatio, isSeriesAsked: false }),
    /** Refused ones are forgotten at once. */
    add: (reading: NewReading): void => {
      if (reading.refusal === undefined) last = reading;
    },
  };
}
