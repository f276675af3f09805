/** What a window may ask of signed meter values and of the keys that vouch for them. */
import { z } from 'zod';
import type { MeterKey, SignedJudgement } from '../../domain/metering/signed-record.ts';
import { answersWith, command } from '../contract.ts';

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/u);
const reason = z.string().min(3).max(500);

export const signedContract = {
  'metering/meter-keys': answersWith<readonly MeterKey[]>().to(z.strictObject({})),
  'metering/signed-record': answersWith<SignedJudgement>().to(
    z.strictObject({ recordKey: z.string().min(1).max(120) }),
  ),
  /** From now on records of this EVSE that this key signs are valid. */
  'metering/pin-meter-key': command({ fingerprint, evseKey: z.string().min(1).max(200), reason }),
  'metering/revoke-meter-key': command({ fingerprint, reason }),
} as const;
