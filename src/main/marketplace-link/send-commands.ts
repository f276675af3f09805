/**
 * The link as the outbox's sender: puts a stored command on the wire and says what is known of it afterwards. Whatever
 * goes wrong after the bytes may have left is `answer-lost`; only certainty is `not-sent`.
 */
import type {
  CommandSender,
  CommandStatus,
  OutgoingCommand,
  SendAnswer,
  StatusAnswer,
} from '../outbox/command-sender.ts';
import { readResponse, readResult } from './command-verdict.ts';
import type { LinkSocket } from './link-connection.ts';
import { command as wireCommand, commandResponse, commandStatusAnswer } from './wire/v1/commands.ts';

const LOST = 'The answer was lost. The marketplace is asked what became of it.';
const NOT_UNDERSTOOD = 'The answer was not understood. The marketplace is asked what became of it.';

export function sendCommands(parts: {
  /** The connection that has been greeted, or undefined. */
  readonly socket: () => LinkSocket | undefined;
  readonly answerTimeoutMs: number;
  readonly log: (line: string, detail?: unknown) => void;
}): Pick<CommandSender, 'sendCommand' | 'askStatus'> {
  async function ask(socket: LinkSocket, event: string, message: unknown): Promise<{ answer: unknown } | undefined> {
    try {
      return { answer: await socket.timeout(parts.answerTimeoutMs).emitWithAck(event, message) };
    } catch {
      return undefined;
    }
  }

  async function sendCommand(command: OutgoingCommand): Promise<SendAnswer> {
    const socket = parts.socket();
    if (socket === undefined || !socket.connected) return { type: 'not-sent' };
    const message = wireCommand.safeParse({
      command_id: command.commandId,
      kind: command.kind,
      issued_at: new Date(command.issuedAtMs).toISOString(),
      expires_at: new Date(command.expiresAtMs).toISOString(),
      body: JSON.parse(command.body) as unknown,
    });
    if (!message.success) {
      parts.log('A command does not fit the protocol and cannot be sent.', message.error);
      return {
        type: 'answered',
        response: { verdict: 'refused', reason: 'Switchyard made a command that the protocol does not allow.' },
      };
    }
    const heard = await ask(socket, 'command', message.data);
    if (heard === undefined) return { type: 'answer-lost', reason: LOST };
    const response = commandResponse.safeParse(heard.answer);
    if (!response.success || !sameId(response.data.command_id, command.commandId))
      return { type: 'answer-lost', reason: NOT_UNDERSTOOD };
    return { type: 'answered', response: readResponse(response.data) };
  }

  async function askStatus(commandIds: readonly string[]): Promise<StatusAnswer> {
    const socket = parts.socket();
    if (socket === undefined || !socket.connected) return undefined;
    const heard = await ask(socket, 'command-status', { command_ids: commandIds });
    const read = heard === undefined ? undefined : commandStatusAnswer.safeParse(heard.answer);
    if (read?.success !== true) return undefined;
    return read.data.statuses.flatMap((status): CommandStatus[] => {
      const commandId = commandIds.find((asked) => sameId(asked, status.command_id));
      if (commandId === undefined) return [];
      if (!status.known) return [{ commandId, known: false }];
      // An answer about another command inside this one's status would settle the wrong one.
      const response = status.response && sameId(status.response.command_id, commandId) ? status.response : undefined;
      const result = status.result && sameId(status.result.command_id, commandId) ? status.result : undefined;
      return [
        { commandId, known: true, response: response && readResponse(response), result: result && readResult(result) },
      ];
    });
  }

  return { sendCommand, askStatus };
}

function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
