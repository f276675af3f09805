/** The wire schemas as JSON Schema (draft 2020-12), one file a message and one a kind of item. */
import { z } from 'zod';
import { command, commandResponse, commandStatusAnswer, commandStatusRequest } from './commands.ts';
import { handshake, handshakeRefusal, hello, page, pageAnswer, subscribe, subscribeAnswer } from './envelope.ts';
import { itemKinds } from './item-kinds.ts';

export const MESSAGES = {
  handshake,
  'handshake-refusal': handshakeRefusal,
  hello,
  subscribe,
  'subscribe-answer': subscribeAnswer,
  page,
  'page-answer': pageAnswer,
  command,
  'command-response': commandResponse,
  'command-status': commandStatusRequest,
  'command-status-answer': commandStatusAnswer,
} as const;

/** File name to text. `input` mode: unknown fields are ignored by the console, so the schemas do not forbid them. */
export function jsonSchemas(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [name, schema] of Object.entries(MESSAGES)) files[`messages/${name}.json`] = write(name, schema);
  for (const [stream, kinds] of Object.entries(itemKinds))
    for (const [kind, schema] of Object.entries<z.ZodType>(kinds))
      files[`items/${stream}/${kind}.json`] = write(kind, schema);
  return files;
}

function write(title: string, schema: z.ZodType): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(schema, { io: 'input' }) }, null, 2)}\n`;
}
