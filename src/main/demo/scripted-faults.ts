/** Faults an operator or a test asks for, each for a while of real time. Invariant: every fault ends by itself, if nobody ends it before. */
export const FAULT_KINDS = [
  'link-lost',
  'commands-refused',
  'answers-late',
  'answers-missing',
  'results-missing',
  'telematics-silent',
  'meter-unplugged',
  'meter-late',
  'meter-noisy',
  'vehicle-late',
  'departs-early',
  'charger-broken',
  'limit-cut',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export type RunningFault = {
  readonly kind: FaultKind;
  readonly untilWallMs: number;
  /** For `telematics-silent`, the meters' and the yard's faults: the depot that is struck; any or all of them when absent. */
  readonly depotId?: string;
};

export type ScriptedFaults = {
  readonly start: (kind: FaultKind, durationS: number, depotId?: string) => RunningFault;
  /** Ends a fault before its time; nothing happens when it is not there. */
  readonly end: (kind: FaultKind) => void;
  readonly active: (kind: FaultKind) => RunningFault | undefined;
  readonly running: () => RunningFault[];
  readonly stop: () => void;
};

export function isFaultKind(kind: unknown): kind is FaultKind {
  return FAULT_KINDS.some((known) => known === kind);
}

/** `onChange` is called with the kind whenever a fault begins or ends. */
export function createScriptedFaults(onChange: (kind: FaultKind, active: boolean) => void): ScriptedFaults {
  const running = new Map<FaultKind, { fault: RunningFault; timer: NodeJS.Timeout }>();
  const active: ScriptedFaults['active'] = (kind) => {
    const found = running.get(kind)?.fault;
    return found && found.untilWallMs > Date.now() ? found : undefined;
  };
  const end: ScriptedFaults['end'] = (kind) => {
    const found = running.get(kind);
    if (!found) return;
    clearTimeout(found.timer);
    running.delete(kind);
    onChange(kind, false);
  };
  return {
    start: (kind, durationS, depotId) => {
      const fault = { kind, untilWallMs: Date.now() + durationS * 1000, ...(depotId === undefined ? {} : { depotId }) };
      clearTimeout(running.get(kind)?.timer);
      const timer = setTimeout(() => end(kind), durationS * 1000);
      running.set(kind, { fault, timer });
      onChange(kind, true);
      return fault;
    },
    end,
    active,
    running: () => [...running.values()].map(({ fault }) => fault).filter((fault) => fault.untilWallMs > Date.now()),
    stop: () => {
      for (const { timer } of running.values()) clearTimeout(timer);
      running.clear();
    },
  };
}
