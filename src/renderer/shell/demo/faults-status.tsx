/** The faults running now, in the status bar: nobody should hunt for a cause that they themselves switched on. */
import type { ConsoleFacts } from '../../../shared/ipc/console-contract.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { FAULT_WORDS } from './fault-words.ts';

type Fault = NonNullable<ConsoleFacts['demo']>['faults'][number];

export function FaultsStatus({ faults }: { readonly faults: readonly Fault[] }) {
  if (faults.length === 0) return null;
  return (
    <span className="status-link diagnostic" role="status">
      <span className="fault-shape" aria-hidden="true" />
      Demo fault{' '}
      {faults.map((fault) => (
        <span key={fault.kind}>
          <b>{FAULT_WORDS[fault.kind].name.toLowerCase()}</b> <TimeLeft untilMs={fault.endsAtMs} />
        </span>
      ))}
    </span>
  );
}

/** Faults last real seconds, whatever the demo's speed. */
export function TimeLeft({ untilMs }: { readonly untilMs: number }) {
  const now = useWallNow(1000);
  return <span className="age">{secondsLeft(untilMs - now)} left</span>;
}

function secondsLeft(ms: number): string {
  return `${Math.max(0, Math.ceil(ms / 1000))} s`;
}
