/** What a schema found wrong, as sentences: where, in quotation marks, and what. */
import type { z } from 'zod';

const SAID_ISSUES = 3;

/** The first three faults, and how many more there are. */
export function sayIssues(error: z.ZodError): string {
  const said = error.issues.slice(0, SAID_ISSUES).map(sayIssue);
  const more = error.issues.length - said.length;
  if (more > 0) said.push(`And ${more} more.`);
  return said.join(' ');
}

export function sayIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join('.').slice(0, 80);
  return `${where === '' ? '' : `“${where}”: `}${issue.message.slice(0, 120)}.`;
}
