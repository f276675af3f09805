/** A master on a scripted line, with what it was asked and what it told. */
import { createRtuMaster } from '../../src/main/serial/modbus/rtu-master.ts';
import type { RegisterQuestion, RtuEvent } from '../../src/main/serial/modbus/rtu-question.ts';
import type { RtuRules } from '../../src/main/serial/modbus/rtu-rules.ts';
import { createScriptedClock, createScriptedLine } from './scripted-line.ts';

/** What most libraries do: ask, and take the next frame that fits. */
export const NAIVE_RULES: RtuRules = {
  silenceFirst: false,
  strayBytes: Infinity,
  guardMs: 0,
  freshLength: false,
  forgetAfterMs: 30_000,
};

/** A master on a line that has just been opened and whose first guard is over. */
export async function stageMaster(rules?: RtuRules) {
  const clock = createScriptedClock();
  const line = createScriptedLine(clock);
  const events: RtuEvent[] = [];
  const master = createRtuMaster({
    line,
    settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    onEvent: (event) => events.push(event),
    clock,
    rules,
    queueLimit: 4,
  });
  line.plugIn();
  await clock.pass(600);
  const noteOutcome = async (question: RegisterQuestion, into: string[]) => {
    const outcome = await master.ask(question);
    const [high = 0, low = 0] = outcome.ok ? outcome.value.registers : [];
    into.push(outcome.ok ? `value ${high * 256 + low}` : outcome.code);
  };
  /** What becomes of it appears in the list: its first register, or why there is none. */
  const ask = (change: Partial<RegisterQuestion> = {}) => {
    const outcomes: string[] = [];
    const question: RegisterQuestion = {
      unitAddress: 1,
      functionCode: 4,
      firstRegister: 0,
      neededCount: 2,
      allowedCounts: [2, 3, 4, 5],
      timeoutMs: 300,
      ...change,
    };
    void noteOutcome(question, outcomes);
    return outcomes;
  };
  const seen = (kind: RtuEvent['kind']) => events.filter((event) => event.kind === kind);
  const discarded = () =>
    seen('discarded').reduce((sum, event) => sum + ('byteCount' in event ? event.byteCount : 0), 0);
  return { clock, line, master, ask, events, seen, discarded };
}
