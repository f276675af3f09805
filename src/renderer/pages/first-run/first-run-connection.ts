/** Judges what was typed on the first screen, field by field; every sentence says what to type instead. */
import { z } from 'zod';
import { shellRequests, type ShellInput } from '../../../shared/ipc/shell-contract.ts';

export type ConnectionField = 'operator' | 'name' | 'url' | 'token';
export type ConnectionDraft = Readonly<Record<ConnectionField, string>>;
export type ConnectionProblems = Partial<Readonly<Record<ConnectionField, string>>>;

const OPERATOR_MISSING = 'Type the name that should stand beside what you do.';

/** The contract's own schema decides; this only puts its objections into words. */
export function judgeConnection(
  draft: ConnectionDraft,
):
  | { readonly ok: true; readonly input: ShellInput<'shell/connect'> }
  | { readonly ok: false; readonly problems: ConnectionProblems } {
  const parsed = shellRequests['shell/connect'].safeParse({
    ...draft,
    url: draft.url.trim(),
    token: draft.token.trim(),
  });
  if (parsed.success) return { ok: true, input: parsed.data };
  const wrong = Object.keys(z.flattenError(parsed.error).fieldErrors) as ConnectionField[];
  return { ok: false, problems: Object.fromEntries(wrong.map((field) => [field, sentenceFor(field, draft)])) };
}

export function judgeOperator(operator: string): string | undefined {
  if (operator.trim() === '') return OPERATOR_MISSING;
  return operator.trim().length > 60 ? 'Use at most 60 letters.' : undefined;
}

function sentenceFor(field: ConnectionField, draft: ConnectionDraft): string {
  switch (field) {
    case 'operator':
      return judgeOperator(draft.operator) ?? OPERATOR_MISSING;
    case 'name':
      return draft.name.trim() === ''
        ? 'Give the connection a name, such as your marketplace’s.'
        : 'Use at most 60 letters.';
    case 'url':
      return urlSentence(draft.url.trim());
    case 'token':
      return draft.token.trim() === ''
        ? 'Paste the token that your marketplace gave you.'
        : 'This is too long for a token (512 characters at most). Paste the token alone.';
    default:
      return 'Look at this field again.';
  }
}

function urlSentence(url: string): string {
  if (url === '') return 'Type its address, such as https://marketplace.example.com.';
  if (!/^[a-z]+:\/\//iu.test(url)) return `Begin with https://, as in https://${url.replace(/^\/+/u, '').slice(0, 30)}`;
  if (!/^https?:/iu.test(url)) return 'Use https:// (or http:// within your own network).';
  return 'This should look like https://marketplace.example.com.';
}
