/** The yards the demo tells of (`GET /demo/sites`), checked like whatever comes from another process. */
import { z } from 'zod';
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import type { SiteTerms } from '../../../shared/domain/charging/site-terms.ts';
import { siteSettingsInput, siteTermsInput } from '../../../shared/ipc/charging/charging-input.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';

export type DemoSite = { readonly settings: SiteSettings; readonly terms: SiteTerms };

const schema = z.array(z.strictObject({ settings: siteSettingsInput, terms: siteTermsInput }));

export function parseDemoSites(told: unknown): Result<readonly DemoSite[], 'bad-sites'> {
  const parsed = schema.safeParse(told);
  if (parsed.success) return accept(parsed.data as readonly DemoSite[]);
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  return refuse('bad-sites', `The demo’s yards were not understood at “${where}”: ${issue?.message ?? ''}.`);
}
