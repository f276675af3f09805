/** The mark that these data are made up, and the levers behind it: speed and scripted faults. */
import './demo.css';
import Popover from '@mui/material/Popover';
import { useRef, useState } from 'react';
import { DEMO_FAULTS, type ConsoleFacts, type DemoFault } from '../../../shared/ipc/console-contract.ts';
import { useOnlyRecord } from '../../link/use-feed.ts';
import { sendCommand } from '../../link/send-command.ts';
import { TimeLeft } from './faults-status.tsx';
import { FAULT_WORDS } from './fault-words.ts';

export const DEMO_SPEEDS = [1, 10, 60] as const;
/** The feed tells of a fault that began within this. */
const SEEN_MS = 1000;
const DURATIONS_S = [15, 30, 60, 300] as const;

type Demo = NonNullable<ConsoleFacts['demo']>;

export function DemoRibbon() {
  const demo = useOnlyRecord('console/facts')?.demo;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  if (demo === undefined) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="demo-ribbon"
        aria-haspopup="dialog"
        aria-expanded={open}
        title="These data are simulated. Speed and faults."
        onClick={() => setOpen(true)}
      >
        DEMO <span>seed {demo.seed}</span> <span className="demo-rate">×{demo.rate}</span>
      </button>
      <Popover
        open={open}
        anchorEl={button.current}
        onClose={() => setOpen(false)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{ paper: { className: 'demo-levers', role: 'dialog', 'aria-label': 'Demo levers' } }}
      >
        <DemoLevers demo={demo} />
      </Popover>
    </>
  );
}

function DemoLevers({ demo }: { readonly demo: Demo }) {
  const [durationS, setDurationS] = useState<number>(30);
  /** Pressed, and not yet seen to begin or end: said at once, or one would press again. */
  const [asked, setAsked] = useState<ReadonlySet<DemoFault>>(new Set());
  const press = (kind: DemoFault, isRunning: boolean) => {
    setAsked((before) => new Set([...before, kind]));
    void (isRunning ? stopDemoFault(kind) : startDemoFault(kind, durationS)).then(() =>
      window.setTimeout(() => setAsked((before) => new Set([...before].filter((each) => each !== kind))), SEEN_MS),
    );
  };
  return (
    <>
      <p className="muted">
        {demo.vehicles.toLocaleString('en-GB')} simulated vehicles. The same seed and clock draw the same screen.
      </p>
      {demo.spareMeterAt !== undefined && (
        <p className="muted">
          A meter that nobody has set up hangs on the device server <b className="mono">{demo.spareMeterAt}</b>: try
          Meters, Add a line.
        </p>
      )}
      <h2>Speed</h2>
      <div className="button-row" role="group" aria-label="Speed of the demo’s clock">
        {DEMO_SPEEDS.map((rate) => (
          <button
            key={rate}
            type="button"
            className="btn"
            aria-pressed={demo.rate === rate}
            onClick={() => setDemoSpeed(rate)}
          >
            ×{rate}
          </button>
        ))}
      </div>
      <h2>Faults, for (each ends by itself, or when you end it)</h2>
      <div className="button-row" role="group" aria-label="How long a fault lasts">
        {DURATIONS_S.map((seconds) => (
          <button
            key={seconds}
            type="button"
            className="btn"
            aria-pressed={durationS === seconds}
            onClick={() => setDurationS(seconds)}
          >
            {seconds < 60 ? `${seconds} s` : `${seconds / 60} min`}
          </button>
        ))}
      </div>
      <ul className="fault-list">
        {DEMO_FAULTS.map((kind) => {
          const running = demo.faults.find((fault) => fault.kind === kind);
          const isPending = asked.has(kind);
          return (
            <li key={kind}>
              <div>
                {FAULT_WORDS[kind].name}
                <small>{FAULT_WORDS[kind].does}</small>
              </div>
              {/* One button in all states: were it taken away, the focus would fall out of the dialog and Esc with it. */}
              <button
                type="button"
                className={running === undefined ? 'btn' : 'btn diagnostic'}
                aria-disabled={isPending}
                aria-label={`${running === undefined ? 'Start' : 'End'} fault: ${FAULT_WORDS[kind].name}`}
                onClick={() => !isPending && press(kind, running !== undefined)}
              >
                {running === undefined ? (
                  isPending ? (
                    'Starting…'
                  ) : (
                    'Start'
                  )
                ) : isPending ? (
                  'Ending…'
                ) : (
                  <>
                    <TimeLeft untilMs={running.endsAtMs} /> · End
                  </>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}

export function setDemoSpeed(rate: (typeof DEMO_SPEEDS)[number]): void {
  void sendCommand('demo/set-speed', { rate }, `Speed ×${rate}`);
}

export async function stopDemoFault(kind: DemoFault): Promise<boolean> {
  return sendCommand('demo/stop-fault', { kind }, `Ending fault “${FAULT_WORDS[kind].name}”`);
}

export async function startDemoFault(kind: DemoFault, durationS: number): Promise<boolean> {
  return sendCommand('demo/start-fault', { kind, durationS }, `Fault “${FAULT_WORDS[kind].name}”`);
}
