/** One signed text judged with one key, which is given unless a test says otherwise. */
import type { SignedJudgement } from '../../src/shared/domain/metering/signed-record.ts';
import { judgeCharge } from '../../src/main/metering/signed/ocmf/judge-charge.ts';
import type { OfferedKey } from '../../src/main/metering/signed/ocmf/verify-record.ts';

export function judged(sent: string, key: string, standing: OfferedKey['standing'] = 'given'): SignedJudgement {
  return judgeCharge([{ sent, format: 'OCMF', nature: '', offered: [{ text: key, standing }] }]);
}
