/**
 * Commands that a marketplace must not carry out, for whoever writes one: sent over a connection of their own and judged by
 * protocol.md. No console sends what has expired, so only here is that rule ever put to the test.
 */
import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import { makeUuidV7 } from '../../../shared/kernel/id.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { SocketChoices } from '../link-connection.ts';
import { sayIssues } from '../say-issues.ts';
import {
  commandResponse,
  commandStatusAnswer,
  type WireCommand,
  type WireCommandResponse,
} from '../wire/v1/commands.ts';
import { MAX_MESSAGE_BYTES, PROTOCOL_VERSION } from '../wire/v1/envelope.ts';

export type Trial = {
  readonly what: string;
  readonly ok: boolean;
  /** Why not, as a sentence. */
  readonly fault?: string;
  /** What came back, as it came. */
  readonly answer?: unknown;
};

export type TrialTarget = Extract<WireCommand, { kind: 'START_SESSION' }>['body'];

const ANSWER_TIMEOUT_MS = 10_000;
const EXPIRED_FOR_MS = 3_600_000;

export async function tryCommands(parts: {
  readonly url: string;
  readonly token: string;
  readonly clientName: string;
  readonly target: TrialTarget;
  readonly nowMs: EpochMs;
  readonly randomBytes: (count: number) => Uint8Array;
}): Promise<readonly Trial[]> {
  const newId = () => makeUuidV7(parts.nowMs, parts.randomBytes(16));
  const options: SocketChoices = {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    auth: { protocol: PROTOCOL_VERSION, token: parts.token, console_id: newId(), client: parts.clientName },
    maxPayload: MAX_MESSAGE_BYTES,
  };
  const socket = io(parts.url, options);
  try {
    await greeted(socket);
    return await tryAll(socket, newId, parts.target, parts.nowMs);
  } catch (error) {
    const fault = `The connection for the commands failed: ${error instanceof Error ? error.message : String(error)}.`;
    return [{ what: 'a connection for the commands', ok: false, fault }];
  } finally {
    socket.disconnect();
  }
}

function greeted(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no hello came in time')), ANSWER_TIMEOUT_MS);
    const settle = (act: () => void) => () => {
      clearTimeout(late);
      act();
    };
    socket.once('hello', settle(resolve));
    socket.once('connect_error', (error) => settle(() => reject(error))());
    socket.once('disconnect', (reason) => settle(() => reject(new Error(reason)))());
    socket.connect();
  });
}

async function tryAll(socket: Socket, newId: () => string, target: TrialTarget, nowMs: EpochMs): Promise<Trial[]> {
  const iso = (atMs: EpochMs) => new Date(atMs).toISOString();
  const ask = async (event: string, message: unknown): Promise<unknown> =>
    socket
      .timeout(ANSWER_TIMEOUT_MS)
      .emitWithAck(event, message)
      .catch(() => undefined);
  const expired: WireCommand = {
    command_id: newId(),
    kind: 'START_SESSION',
    issued_at: iso(nowMs - 2 * EXPIRED_FOR_MS),
    expires_at: iso(nowMs - EXPIRED_FOR_MS),
    body: target,
  };
  const first = await ask('command', expired);
  const response = readResponse(first, expired.command_id);
  const second = await ask('command', expired);
  const unknownId = newId();
  const status = await ask('command-status', { command_ids: [expired.command_id, unknownId] });
  const trials: [what: string, answer: unknown, fault: string | undefined][] = [
    ['a command whose time is over is REJECTED', first, judgeExpired(response)],
    [
      'the same command again gets the same answer',
      second,
      judgeAgain(response, readResponse(second, expired.command_id)),
    ],
    [
      'a refused command is known, one that was never sent is not',
      status,
      judgeStatus(status, expired.command_id, unknownId),
    ],
  ];
  return trials.map(([what, answer, fault]) => ({ what, ok: fault === undefined, ...(fault && { fault }), answer }));
}

/** The response, or what is wrong with it. */
function readResponse(answer: unknown, commandId: string): WireCommandResponse | string {
  if (answer === undefined) return 'It was not acknowledged within 10 s.';
  const read = commandResponse.safeParse(answer);
  if (!read.success) return `The answer does not fit: ${sayIssues(read.error)}`;
  return sameId(read.data.command_id, commandId) ? read.data : 'The answer carries another command_id.';
}

function judgeExpired(response: WireCommandResponse | string): string | undefined {
  if (typeof response === 'string') return response;
  return response.result === 'REJECTED'
    ? undefined
    : `Its expires_at has passed, and the answer is ${response.result}.`;
}

function judgeAgain(first: WireCommandResponse | string, second: WireCommandResponse | string): string | undefined {
  if (typeof second === 'string') return second;
  return isDeepStrictEqual(first, second) ? undefined : 'The answer is not the one given the first time.';
}

function judgeStatus(answer: unknown, refusedId: string, unknownId: string): string | undefined {
  if (answer === undefined) return 'It was not acknowledged within 10 s.';
  const read = commandStatusAnswer.safeParse(answer);
  if (!read.success) return `The answer does not fit: ${sayIssues(read.error)}`;
  const of = (id: string) => read.data.statuses.find((status) => sameId(status.command_id, id));
  if (of(unknownId)?.known !== false) return 'A command that was never sent must be answered known: false.';
  const refused = of(refusedId);
  if (refused?.known !== true || refused.response?.result !== 'REJECTED')
    return 'The refused command must be answered known: true with its response.';
  return refused.result === undefined ? undefined : 'A refused command has no result.';
}

function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
