/** Step one: where the meters are wired to. Adapters are listed with what tells them apart, and with who uses them. */
import type { AdapterFacts } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { WhereDraft } from '../draft/line-draft.ts';
import { chooseAdapter, isAway, isChosen, type WhereProblems } from '../draft/line-place.ts';
import { RadioRow, TextField } from './form-field.tsx';

type ChooseLineProps = {
  readonly where: WhereDraft;
  readonly onWhere: (where: WhereDraft) => void;
  readonly problems: WhereProblems;
  /** undefined: not listed yet. */
  readonly adapters: readonly AdapterFacts[] | undefined;
  readonly failure: string | undefined;
  readonly onListAgain: () => void;
  readonly onStartAfresh: (() => void) | undefined;
  /** The line that is being changed, by name. */
  readonly changes: string | undefined;
};

export function ChooseLine(props: ChooseLineProps) {
  const { where, onWhere, problems } = props;
  return (
    <section id="bench-where" className="card" tabIndex={-1} aria-label="Which line">
      <header>
        <h2>1 · Which line</h2>
        {props.changes !== undefined && <small className="ellipsis">changes {props.changes}</small>}
        <span className="end">
          {props.onStartAfresh !== undefined && (
            <button type="button" className="btn quiet" onClick={props.onStartAfresh}>
              Start afresh
            </button>
          )}
        </span>
      </header>
      <div className="bench-step">
        <div className="radio-pair" role="radiogroup" aria-label="How the line reaches this computer">
          <RadioRow
            group="bench-kind"
            isChosen={where.kind === 'serial-port'}
            onChoose={() => onWhere({ ...where, kind: 'serial-port' })}
          >
            Adapter in this computer
          </RadioRow>
          <RadioRow
            group="bench-kind"
            isChosen={where.kind === 'device-server'}
            onChoose={() => onWhere({ ...where, kind: 'device-server' })}
          >
            Device server
          </RadioRow>
        </div>
        {where.kind === 'serial-port' ? (
          <Adapters {...props} />
        ) : (
          <div className="field-pair">
            <TextField
              label="Address"
              value={where.host}
              placeholder="10.0.4.7"
              isMono
              problem={problems.host}
              hint="Its name or number in the network."
              onChange={(host) => onWhere({ ...where, host })}
            />
            <TextField
              label="Port"
              value={where.port}
              placeholder="4001"
              inputMode="numeric"
              isMono
              problem={problems.port}
              hint="Of the serial port."
              onChange={(port) => onWhere({ ...where, port })}
            />
          </div>
        )}
      </div>
    </section>
  );
}

function Adapters({ where, onWhere, problems, adapters, failure, onListAgain }: ChooseLineProps) {
  return (
    <>
      <div className="adapter-list" role="radiogroup" aria-label="Adapters of this computer" aria-busy={!adapters}>
        {failure !== undefined && <p className="form-problem">{failure}</p>}
        {adapters?.length === 0 && !isAway(where, adapters) && (
          <p className="muted">No adapter is plugged in. Plug one in, then list them again.</p>
        )}
        {adapters !== undefined && isAway(where, adapters) && <AwayAdapter where={where} />}
        {adapters?.map((adapter) => (
          <RadioRow
            key={adapter.path}
            group="bench-adapter"
            isChosen={isChosen(where, adapter)}
            onChoose={() => onWhere(chooseAdapter(where, adapter))}
          >
            <AdapterWords adapter={adapter} isTwice={isTwice(adapter, adapters)} />
          </RadioRow>
        ))}
        <RadioRow
          group="bench-adapter"
          isChosen={where.typesPath}
          onChoose={() => onWhere({ ...where, typesPath: true, adapterSerialNumber: '' })}
        >
          Not listed: type its port
        </RadioRow>
      </div>
      {where.typesPath && (
        <TextField
          label="Port"
          value={where.path}
          placeholder="/dev/ttyUSB0"
          isMono
          problem={problems.path}
          hint="A port by its name is not found again in another socket."
          onChange={(path) => onWhere({ ...where, path })}
        />
      )}
      <p className="bench-line">
        <span className="form-problem">{problems.adapter}</span>
        <button type="button" className="btn" onClick={onListAgain} title="List the adapters again (R)">
          List again
        </button>
      </p>
    </>
  );
}

function isTwice(adapter: AdapterFacts, all: readonly AdapterFacts[]): boolean {
  return (
    adapter.serialNumber !== undefined &&
    all.some((other) => other !== adapter && other.serialNumber === adapter.serialNumber)
  );
}

function AdapterWords({ adapter, isTwice }: { readonly adapter: AdapterFacts; readonly isTwice: boolean }) {
  const made = [adapter.manufacturer, adapter.product].filter((part) => part !== undefined).join(' · ');
  return (
    <>
      <span className="adapter-name">
        <b className="mono">{adapter.path}</b>
        <span className="muted">
          {adapter.serialNumber === undefined ? 'no serial number' : `no. ${adapter.serialNumber}`}
        </span>
      </span>
      <span className="muted adapter-made">
        {isTwice ? 'Another adapter bears the same number: unplug one of them.' : made === '' ? 'Maker not told' : made}
      </span>
      {adapter.usedBy !== undefined && <span className="adapter-made">used by {adapter.usedBy}</span>}
    </>
  );
}

function AwayAdapter({ where }: { readonly where: WhereDraft }) {
  const who = where.adapterSerialNumber === '' ? where.path : `no. ${where.adapterSerialNumber}`;
  return (
    <RadioRow group="bench-adapter" isChosen onChoose={() => {}}>
      <span className="adapter-name">
        <span className="mark" data-priority="3" aria-hidden="true">
          3
        </span>
        <b>Adapter {who}</b>
      </span>
      <span className="muted adapter-made">
        not plugged in now;{' '}
        {where.adapterSerialNumber === '' ? 'choose it again under its new port' : 'found again in any socket'}
      </span>
    </RadioRow>
  );
}
