/** Step two: what is tried on the line, and how far the search is. */
import type { BenchRecord } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { LINE_PROTOCOLS } from '../../../../shared/domain/metering/line-protocol.ts';
import { PROTOCOL_WORDS } from '../../meter/meter-words.ts';
import { useWallNow } from '../../../instruments/clock/profile-clock.ts';
import { grouped } from '../../../instruments/number/format-number.ts';
import { clockTime, isSearching, KIND_WORDS, triesWords } from '../bench-words.ts';
import { METER_KINDS, type HowDraft } from '../draft/line-draft.ts';
import { FRAMES } from '../draft/line-settings.ts';
import { hasAddresses, type HowProblems } from '../draft/scan-plan.ts';
import { RadioRow, SelectField, TextField } from './form-field.tsx';

type TryLineProps = {
  readonly how: HowDraft;
  readonly onHow: (how: HowDraft) => void;
  readonly problems: HowProblems;
  readonly bench: BenchRecord | undefined;
  /** Asked for, and not begun yet. */
  readonly isPending: boolean;
  /** The line is read now; searching it puts it out of service until it is saved again. */
  readonly isInService: boolean;
  /** It sets speed and parity itself, whatever is asked for here. */
  readonly isDeviceServer: boolean;
  readonly onStop: () => void;
  readonly onClose: () => void;
};

export function TryLine(props: TryLineProps) {
  const { how, onHow, bench } = props;
  const isBusy = props.isPending || isSearching(bench);
  return (
    <section id="bench-how" className="card" tabIndex={-1} aria-label="Try it">
      <header>
        <h2>2 · Try it</h2>
        {bench !== undefined && bench.state !== 'idle' && !isBusy && (
          <span className="end">
            <button type="button" className="btn quiet" onClick={props.onClose} title="Give the line back">
              Close the line
            </button>
          </span>
        )}
      </header>
      <div className="bench-step">
        <div className="radio-pair" role="radiogroup" aria-label="What is known of the meters">
          <RadioRow group="bench-mode" isChosen={how.mode === 'find'} onChoose={() => onHow({ ...how, mode: 'find' })}>
            Find it for me
          </RadioRow>
          <RadioRow
            group="bench-mode"
            isChosen={how.mode === 'exact'}
            onChoose={() => onHow({ ...how, mode: 'exact' })}
          >
            I know the settings
          </RadioRow>
        </div>
        {how.mode === 'find' ? <FindFields {...props} /> : <ExactFields {...props} />}
        {hasAddresses(how) && <AddressFields {...props} />}
        <div className="bench-go">
          {isBusy ? (
            <button type="button" className="btn tall" onClick={props.onStop} title="Stop the search (S)">
              Stop
            </button>
          ) : (
            <button type="submit" className="btn solid tall" title="Search the line (S, or Ctrl+Enter from a field)">
              {props.isInService ? 'Stop reading it and search' : 'Search the line'}
            </button>
          )}
          <Progress bench={bench} isPending={props.isPending} isInService={props.isInService} />
        </div>
      </div>
    </section>
  );
}

function FindFields({ how, onHow, isDeviceServer }: TryLineProps) {
  return (
    <SelectField
      label="What is on the line"
      value={how.kind}
      choices={METER_KINDS.map((kind) => ({ value: kind, name: KIND_WORDS[kind] }))}
      hint={isDeviceServer ? 'Speed and parity are the device server’s own.' : triesWords(how.kind)}
      onChange={(kind) => onHow({ ...how, kind: METER_KINDS.find((each) => each === kind) ?? how.kind })}
    />
  );
}

function ExactFields({ how, onHow, problems }: TryLineProps) {
  return (
    <>
      <SelectField
        label="Protocol"
        value={how.protocol}
        choices={LINE_PROTOCOLS.map((protocol) => ({ value: protocol, name: PROTOCOL_WORDS[protocol] }))}
        onChange={(protocol) =>
          onHow({ ...how, protocol: LINE_PROTOCOLS.find((each) => each === protocol) ?? how.protocol })
        }
      />
      <div className="field-pair">
        <TextField
          label="Speed, baud"
          value={how.baudRate}
          inputMode="numeric"
          isMono
          problem={problems.baudRate}
          onChange={(baudRate) => onHow({ ...how, baudRate })}
        />
        <SelectField
          label="Frame"
          value={how.frame}
          choices={FRAMES.map((frame) => ({ value: frame, name: frame }))}
          hint="Bits, parity, stop bits."
          onChange={(frame) => onHow({ ...how, frame })}
        />
      </div>
    </>
  );
}

function AddressFields({ how, onHow, problems }: TryLineProps) {
  return (
    <div className="field-pair">
      <TextField
        label="From address"
        value={how.fromAddress}
        inputMode="numeric"
        isMono
        problem={problems.fromAddress}
        hint="New meters answer at 1."
        onChange={(fromAddress) => onHow({ ...how, fromAddress })}
      />
      <TextField
        label="To address"
        value={how.toAddress}
        inputMode="numeric"
        isMono
        problem={problems.toAddress}
        hint="At most 247."
        onChange={(toAddress) => onHow({ ...how, toAddress })}
      />
    </div>
  );
}

type ProgressProps = Pick<TryLineProps, 'bench' | 'isPending' | 'isInService'>;

/** Two lines that are always there. */
function Progress({ bench, isPending, isInService }: ProgressProps) {
  const wallNow = useWallNow(500);
  const isScanning = bench?.state === 'scanning' && !isPending;
  const share = bench === undefined || bench.toTry === 0 ? 0 : bench.tried / bench.toTry;
  const left = bench?.expectedEndMs === undefined ? undefined : bench.expectedEndMs - wallNow;
  return (
    <div className="bench-progress" role="status" aria-label="Search">
      <div className="bench-bar" data-on={isScanning} aria-hidden="true">
        <i style={{ width: `${Math.round(share * 100)}%` }} />
      </div>
      <p className="bench-line">
        <span className="ellipsis">{isPending ? 'Opening the line…' : sayProgress(bench, isInService)}</span>
        {isScanning && (
          <span className="muted">
            {grouped(bench.tried)} of {grouped(bench.toTry)}
            {left !== undefined && ` · ${clockTime(left)} left`}
          </span>
        )}
      </p>
    </div>
  );
}

function sayProgress(bench: BenchRecord | undefined, isInService: boolean): string {
  if (bench === undefined || bench.state === 'idle')
    return isInService
      ? 'Its meters are not read while it is searched; saving brings it back.'
      : 'Nothing is being tried.';
  if (bench.state === 'opening') return 'Opening the line…';
  if (bench.state === 'scanning') return `Trying ${bench.trying ?? 'the line'}`;
  if (bench.state === 'failed') return 'The line is away; tried again by itself.';
  return `Ended after ${grouped(bench.tried)} tries. The line stays open for another.`;
}
