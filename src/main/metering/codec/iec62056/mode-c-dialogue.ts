/**
 * The dialogue of a read-out (IEC 62056-21, 6.3 and annex B): sign on at 300 baud, hear who the meter is and how fast it can
 * go, acknowledge, change to that speed, take the data message, and ask for it again where it was damaged. No line and no clock:
 * bytes in, and what is to be done out, in its order. A meter without the changing of speed (mode A), or one that changes by
 * itself (mode B), is read likewise.
 *
 * Invariant: it ends, with the values or with a reason; each of its tries is counted.
 */
import type { DecodedValue } from '../decoded-value.ts';
import type { StreamPiece } from '../stream-pieces.ts';
import { stripParity } from './character-parity.ts';
import { createIec62056Reader, type Iec62056Check, type Iec62056Frame } from './iec62056-reader.ts';

export type DialogueStep =
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  /** Once all that was to be sent has left the line. */
  | { readonly kind: 'set-baud-rate'; readonly baudRate: number }
  | {
      readonly kind: 'done';
      readonly identification: string;
      readonly check: Iec62056Check;
      readonly values: readonly DecodedValue[];
      /** The data message as it came. */
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'failed'; readonly code: DialogueFailure; readonly message: string };

/** too-fast: the meter changes its speed by itself (mode B), and this line cannot follow. */
export type DialogueFailure = 'no-answer' | 'no-data' | 'damaged-data' | 'too-fast';

export type ModeCDialogue = {
  readonly start: () => readonly DialogueStep[];
  readonly receive: (bytes: Uint8Array) => readonly DialogueStep[];
  /** Nothing was heard for 1.5 seconds, or the next character of a message is missing for as long (6.3.14). */
  readonly fallSilent: () => readonly DialogueStep[];
};

const SIGN_ON_BAUD_RATE = 300;
const MODE_C_BAUD_RATES = [300, 600, 1200, 2400, 4800, 9600, 19_200];
const MODE_B_BAUD_RATES = [600, 1200, 2400, 4800, 9600, 19_200];
const TRIES = 3;
const REPEAT_REQUEST = 0x15;
/** Echo and noise before an identification; more says that none comes. */
const MOST_HEARD = 512;

const send = (text: string): DialogueStep => ({ kind: 'send', bytes: Uint8Array.from(Buffer.from(text, 'latin1')) });

/**
 * @param address the meter's number where several share a line, else empty
 * @param greatestBaudRate of the line; a meter that offers more is read at 300 baud
 * @param discarded bytes that belong to nothing: noise, and messages that are no longer whole
 */
export function createModeCDialogue(
  address = '',
  greatestBaudRate = 9600,
  discarded: (byteCount: number, isDamage: boolean) => void = () => {},
): ModeCDialogue {
  let state: 'signing-on' | 'reading' | 'over' = 'over';
  let heard: Uint8Array = new Uint8Array(0);
  let identification = '';
  let reader = createIec62056Reader();
  let isDamaged = false;
  let signOns = 0;
  let repeats = 0;

  function signOn(): DialogueStep[] {
    state = 'signing-on';
    heard = new Uint8Array(0);
    isDamaged = false;
    signOns += 1;
    return [{ kind: 'set-baud-rate', baudRate: SIGN_ON_BAUD_RATE }, send(`/?${address}!\r\n`)];
  }

  function fail(code: DialogueFailure, message: string): DialogueStep[] {
    state = 'over';
    return [{ kind: 'failed', code, message }];
  }

  function hearIdentification(bytes: Uint8Array): readonly DialogueStep[] {
    heard = Uint8Array.from([...heard, ...bytes]).slice(-MOST_HEARD);
    const found = findIdentification(heard);
    if (found === undefined) return [];
    identification = found.text;
    state = 'reading';
    reader = createIec62056Reader();
    discardNoise(heard.subarray(0, found.from));
    const speed = found.text[4] ?? '';
    if ((ownBaudRate(speed) ?? SIGN_ON_BAUD_RATE) > greatestBaudRate)
      return fail(
        'too-fast',
        `The meter changes to ${ownBaudRate(speed)} baud by itself, and this line stays at ${greatestBaudRate}. Connect it to a serial adapter of this computer.`,
      );
    const steps = answerIdentification(speed, greatestBaudRate);
    return [...steps, ...hearData(heard.subarray(found.end))];
  }

  /** Our own request's echo is no noise. */
  function discardNoise(bytes: Uint8Array): readonly DialogueStep[] {
    const text = Buffer.from(bytes.map((byte) => byte & 0x7f)).toString('latin1');
    const byteCount = text.replace(/\/\?[^!]{0,32}!\r\n/u, '').length;
    if (byteCount > 0) discarded(byteCount, false);
    return [];
  }

  function hearData(bytes: Uint8Array): readonly DialogueStep[] {
    return judge(reader.push(bytes));
  }

  function judge(pieces: readonly StreamPiece<Iec62056Frame>[]): readonly DialogueStep[] {
    for (const piece of pieces) {
      if (piece.kind === 'frame' && piece.frame.kind === 'data-message') {
        state = 'over';
        const { check, values } = piece.frame;
        return [{ kind: 'done', identification, check, values, bytes: piece.bytes }];
      }
      if (piece.kind === 'discarded') discarded(piece.bytes.length, isDamage(piece));
    }
    isDamaged ||= pieces.some(isDamage);
    return [];
  }

  /** Only into silence: what was damaged may be noise before a message that is still coming. */
  function askAgain(): readonly DialogueStep[] {
    repeats += 1;
    isDamaged = false;
    reader = createIec62056Reader();
    if (repeats < TRIES) return [send(String.fromCodePoint(REPEAT_REQUEST))];
    return fail(
      'damaged-data',
      `The meter’s data came damaged ${TRIES} times. Look at how the optical head sits, then at the line.`,
    );
  }

  function tryAgain(): readonly DialogueStep[] {
    if (state === 'over') return [];
    if (state === 'reading' && isDamaged) return askAgain();
    if (signOns < TRIES) return signOn();
    return state === 'reading'
      ? fail(
          'no-data',
          'The meter said who it is and then sent no data. It may not follow the change of speed: it is asked at 300 baud next.',
        )
      : fail(
          'no-answer',
          `The meter did not answer ${TRIES} requests. Look at the head, its direction and the address.`,
        );
  }

  return {
    start: () => {
      signOns = 0;
      repeats = 0;
      return signOn();
    },
    receive: (bytes) => {
      if (state === 'over') return [];
      return state === 'signing-on' ? hearIdentification(bytes) : hearData(bytes);
    },
    fallSilent: () => {
      if (state === 'over') return [];
      const rest = state === 'reading' ? judge(reader.flush()) : discardNoise(heard);
      return [...rest, ...tryAgain()];
    },
  };
}

function isDamage(piece: StreamPiece<Iec62056Frame>): boolean {
  return piece.kind === 'discarded' && piece.reason !== 'between-frames';
}

/** Our own request comes back from an optical head as an echo: it begins with `/?`. */
function findIdentification(
  heard: Uint8Array,
): { readonly text: string; readonly from: number; readonly end: number } | undefined {
  const seven = heard.map((byte) => byte & 0x7f);
  const found = /\/[A-Za-z]{3}[\x20-\x7e]{1,60}\r\n/u.exec(Buffer.from(seven).toString('latin1'));
  if (found === null) return undefined;
  const end = found.index + found[0].length;
  const { parity } = stripParity(heard.subarray(found.index, end));
  return parity === 'wrong' ? undefined : { text: found[0].trimEnd(), from: found.index, end };
}

/** The speed's character is a digit in mode C, a letter in mode B, and anything else in mode A, which stays as it is. */
function answerIdentification(speed: string, greatestBaudRate: number): DialogueStep[] {
  const offered = /^[0-6]$/u.test(speed) ? (MODE_C_BAUD_RATES[Number(speed)] ?? SIGN_ON_BAUD_RATE) : undefined;
  if (offered !== undefined) {
    const isTooFast = offered > greatestBaudRate;
    return [
      send(`\u0006${isTooFast ? '000' : `0${speed}0`}\r\n`),
      { kind: 'set-baud-rate', baudRate: isTooFast ? SIGN_ON_BAUD_RATE : offered },
    ];
  }
  const byItself = ownBaudRate(speed);
  return byItself === undefined ? [] : [{ kind: 'set-baud-rate', baudRate: byItself }];
}

/** What a meter of mode B changes to without being told. */
function ownBaudRate(speed: string): number | undefined {
  return /^[A-F]$/u.test(speed) ? MODE_B_BAUD_RATES[(speed.codePointAt(0) ?? 0) - 0x41] : undefined;
}
