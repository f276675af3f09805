/** What a meter that sends whole telegrams is: the profiles of its protocol, judged by the values of one telegram or two. */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import { decodeReading } from '../../codec/decode-reading.ts';
import { decodeTelegram } from '../../codec/decode-telegram.ts';
import type { MeterProfile, TelegramProfile } from '../../codec/meter-profile.ts';
import { judgePlausibility, scoreOf } from './judge-plausibility.ts';
import type { RecognisedMeter } from './recognise-meter.ts';

/** @param later another telegram of the same meter, where one was heard */
export function recogniseTelegram(
  protocol: LineProtocol,
  telegram: Uint8Array,
  later: Uint8Array | undefined,
  profiles: readonly MeterProfile[],
): RecognisedMeter {
  const judged = profiles
    .filter((profile): profile is TelegramProfile => profile.protocol === protocol)
    .map((profile) => {
      const { reading, serialNumber } = decodeTelegram(profile, telegram);
      const second = later === undefined ? undefined : decodeReading(profile, later, 1);
      const { currentA: ratedCurrentA, voltageV: ratedVoltageV } = profile.rated;
      const limits = { ...profile.plausible, ratedCurrentA, ratedVoltageV, mayLackPower: true };
      const { name, model } = profile;
      const checks = judgePlausibility(reading, second, limits, serialNumber);
      return { name, model, checks, serialNumber, values: reading.values };
    })
    .toSorted((a, b) => scoreOf(b.checks, b.values) - scoreOf(a.checks, a.values));
  const [best] = judged;
  return {
    serialNumber: best?.serialNumber,
    values: best?.values,
    profiles: judged.map(({ name, model, checks }) => ({ name, model, checks })),
  };
}
