/**
 * What keeps an RTU master from taking the wrong bytes for its answer, each rule by its name. RTU answers carry no number
 * and no register address, so that nothing but these rules tells a late answer from the awaited one. The product always
 * runs with `RTU_RULES`; they are a value so that a test can show what each of them prevents.
 */
export type RtuRules = {
  /** Before a question the line must have been silent for 3.5 characters: nobody else is speaking. */
  readonly silenceFirst: boolean;
  /**
   * How many bytes may be heard before the answer. A transceiver that turns round makes up to three, while the shortest
   * frame, an exception, has five: no frame of somebody else's hides in them.
   */
  readonly strayBytes: number;
  /** After an opening, a lost or a spoiled answer, and somebody else's request: how long we only listen. */
  readonly guardMs: number;
  /** Never a length whose answer may still be under way, nor that of the previous question to that unit. */
  readonly freshLength: boolean;
  /**
   * When an answer that was never heard is no longer expected. Only a meter that was silent altogether waits for it: an
   * answer it gives in time says that those before it come no more.
   */
  readonly forgetAfterMs: number;
};

export const RTU_RULES: RtuRules = {
  silenceFirst: true,
  strayBytes: 3,
  guardMs: 500,
  freshLength: true,
  forgetAfterMs: 10_000,
};
