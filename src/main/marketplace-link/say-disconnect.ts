/** Why a connection ended, as a sentence for the operator. */
import { MAX_MESSAGE_BYTES } from './wire/v1/envelope.ts';

const LIMIT = String(MAX_MESSAGE_BYTES).replaceAll(/\B(?=(\d{3})+$)/gu, ' ');

export function sayDisconnect(reason: string, details: unknown): string {
  if (reason === 'io server disconnect') return 'The marketplace ended the connection.';
  if (reason === 'ping timeout') return 'The marketplace fell silent.';
  if (isOversize(details))
    return `The marketplace sent a message of more than ${LIMIT} bytes, so the connection was closed.`;
  if (reason === 'parse error')
    return 'The marketplace sent something that is not Socket.IO, so the connection was closed.';
  return 'The connection broke.';
}

/** The WebSocket library's own name for a message over `maxPayload`, as Engine.IO wraps it. */
function isOversize(details: unknown): boolean {
  const wrapped = (details as { description?: { error?: { code?: unknown } } } | undefined)?.description?.error;
  return wrapped?.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';
}
