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
  if (parsed.success) {
    const open = openAddressProblem(parsed.data.url);
    return open === undefined ? { ok: true, input: parsed.data } : { ok: false, problems: { url: open } };
  }
  const wrong = Object.keys(z.flattenError(parsed.error).fieldErrors) as ConnectionField[];
  return { ok: false, problems: Object.fromEntries(wrong.map((field) => [field, sentenceFor(field, draft)])) };
}

export function judgeOperator(operator: string): string | undefined {
  if (operator.trim() === '') return OPERATOR_MISSING;
  return operator.trim().length > 60 ? 'Use at most 60 letters.' : undefined;
}

/** A token that travels in the open is anybody's: plain http is for this computer alone. */
function openAddressProblem(url: string): string | undefined {
  const { protocol, hostname } = new URL(url);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(hostname);
  return protocol === 'https:' || isLoopback
    ? undefined
    : 'Use https://: over http:// anybody on the way could read the token.';
}

/** The shell's contract names the field it refused (`url: …`): said at the field, in this form's words. */
export function problemsOfRefusal(message: string, draft: ConnectionDraft): ConnectionProblems | undefined {
  const field = (['operator', 'name', 'url', 'token'] as const).find((each) => message.startsWith(`${each}:`));
  return field === undefined ? undefined : { [field]: sentenceFor(field, draft) };
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
  if (!/^https?:/iu.test(url)) return 'Use https:// (or http:// for this computer itself).';
  return 'This should look like https://marketplace.example.com.';
}
