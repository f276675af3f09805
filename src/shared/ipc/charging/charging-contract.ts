/** What a window may ask of charging plans, and what a person may want of them. */
import { z } from 'zod';
import type {
  CapPoint,
  PlanDecision,
  Readiness,
  Remedy,
  SiteCost,
  SitePlan,
  SitePlanHead,
  WhatIf,
} from '../../domain/charging/site-plan.ts';
import type { SiteSettings } from '../../domain/charging/site-settings.ts';
import type { SiteTerms } from '../../domain/charging/site-terms.ts';
import { answersWith, command, feed } from '../contract.ts';
import { siteSettingsInput, siteTermsInput, wishTerms } from './charging-input.ts';

const id = z.string().min(1).max(80);
const epochMs = z.number().min(0).max(4_102_444_800_000);

export const chargingContract = {
  'charging/sites': feed<SitePlanHead>({ maxRateHz: 4, keyOf: ({ depotId }) => depotId }),
  'charging/readiness': feed<Readiness>({ maxRateHz: 4, keyOf: ({ vehicleId }) => vehicleId }),
  /** The last ones, newest last. */
  'charging/decisions': feed<PlanDecision>({ maxRateHz: 4, keyOf: ({ number }) => String(number) }),
  /** Asked again when the head's decision number changes. */
  'charging/plan': answersWith<SitePlan | undefined>().to(z.strictObject({ depotId: id })),
  'charging/cost': answersWith<SiteCost | undefined>().to(z.strictObject({ depotId: id })),
  'charging/cap-curve': answersWith<readonly CapPoint[]>().to(z.strictObject({ depotId: id })),
  /** What the plan would be with these wishes added, and these withdrawn; nothing is changed. */
  'charging/what-if': answersWith<WhatIf | undefined>().to(
    z.strictObject({
      depotId: id,
      add: z.array(wishTerms).max(20),
      withdraw: z.array(z.uuid()).max(20),
    }),
  ),
  'charging/remedies': answersWith<readonly Remedy[]>().to(z.strictObject({ vehicleId: id })),
  'charging/site-settings': answersWith<SiteSettings | undefined>().to(z.strictObject({ depotId: id })),
  'charging/site-terms': answersWith<readonly SiteTerms[]>().to(z.strictObject({ depotId: id })),
  /** The wish's id is the command's. */
  'charging/wish': command({ depotId: id, terms: wishTerms, untilMs: epochMs.optional() }),
  /** Undo: as if it had not been given, from now on. */
  'charging/withdraw-wish': command({ wishId: z.uuid() }),
  'charging/steer': command({ depotId: id, steering: z.enum(['advise', 'steer']) }),
  'charging/put-site-terms': command({ terms: siteTermsInput }),
  'charging/put-site-settings': command({ settings: siteSettingsInput }),
} as const;
