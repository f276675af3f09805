/** What one reading says, decoded and not judged, whatever the meter's protocol. */
import type { MeterValues } from '../../../shared/domain/metering/meter.ts';

export type DecodedReading = {
  readonly values: MeterValues;
  /** One step of the energy registers at their present height. */
  readonly resolutionWh: number;
  /** The energies are decimals as the meter counts them, and no rounded binary numbers. */
  readonly isExact?: boolean | undefined;
  /** No checksum tells that it is as the meter sent it: the next reading has to agree with it. */
  readonly isUnsealed?: boolean | undefined;
  /** Where the energy registers begin again at zero, behind the transformers, where that is known. */
  readonly rollsOverAtWh?: number | undefined;
};
