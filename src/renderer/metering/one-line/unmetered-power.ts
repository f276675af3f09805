/**
 * What flows through a node and past all its outgoing meters, just now. Invariant: it is said only while the node and every
 * one of them are measured at the same present; with one value old, a difference would be a guess.
 */

export type FlowNow = {
  readonly name: string;
  readonly powerW: number | undefined;
  /** May its power stand as the present? */
  readonly isCurrent: boolean;
};

export type UnmeteredPower =
  | { readonly kind: 'known'; readonly powerW: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Undefined where nothing goes out of the node by a meter. */
export function unmeteredPower(incoming: FlowNow, outgoing: readonly FlowNow[]): UnmeteredPower | undefined {
  if (outgoing.length === 0) return undefined;
  const unmeasured = [incoming, ...outgoing].filter(({ isCurrent, powerW }) => !isCurrent || powerW === undefined);
  const [first] = unmeasured;
  if (first !== undefined)
    return {
      kind: 'unknown',
      reason:
        unmeasured.length === 1
          ? `Not known while ${first.name} is not measured`
          : `Not known while ${unmeasured.length} meters are not measured`,
    };
  const out = outgoing.reduce((sum, { powerW }) => sum + (powerW ?? 0), 0);
  const restW = (incoming.powerW ?? 0) - out;
  if (restW >= 0) return { kind: 'known', powerW: restW };
  // Meters err within their class, and are read a moment apart.
  const moreKw = (-restW / 1000).toFixed(1);
  return { kind: 'unknown', reason: `Not known: the meters under it show ${moreKw} kW more than comes in` };
}
