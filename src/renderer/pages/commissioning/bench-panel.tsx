/** The lower card of the bench: the place of the meters, the bytes on the line, or the lines that are set up already. */
import { LineTrace } from '../../metering/commissioning/trace/line-trace.tsx';
import { PlaceLine } from '../../metering/commissioning/place-line.tsx';
import type { Metering } from '../../metering/use-metering.ts';
import type { Panel, PatchSearch } from './commissioning-search.ts';
import { ExistingLines } from './existing-lines.tsx';
import { openForChange } from './open-for-change.ts';
import type { useBench } from './use-bench.ts';
import type { usePlacing } from './use-placing.ts';

type BenchPanelProps = {
  readonly panel: Panel;
  readonly work: ReturnType<typeof useBench>;
  readonly place: ReturnType<typeof usePlacing>;
  readonly metering: Metering;
  readonly patch: PatchSearch;
};

export function BenchPanel({ panel, work, place, metering, patch }: BenchPanelProps) {
  return (
    <section className="card bench-panel" aria-label="Details of the bench">
      <PanelTabs panel={panel} onPanel={(next) => patch({ panel: next }, { replace: true })} />
      <div id="bench-panel" className="bench-panel-body" role="tabpanel" aria-labelledby={`tab-${panel}`} tabIndex={-1}>
        {panel === 'place' && <PlaceLine {...place.form} />}
        {panel === 'trace' && <LineTrace line="bench" lineName={work.bench?.place ?? 'the bench'} />}
        {panel === 'lines' && (
          <ExistingLines
            metering={metering}
            depotName={place.depotName}
            onChange={(line) => {
              openForChange(line, work);
              patch({ saved: undefined, panel: 'place' });
            }}
            onTrace={(trace) => patch({ trace })}
          />
        )}
      </div>
    </section>
  );
}

/** While it is searched the bytes are what one watches: a panel that changed under a person's eyes would help nobody. */
export function suggestPanel(hasMeters: boolean, searches: boolean): Panel {
  if (searches) return 'trace';
  return hasMeters ? 'place' : 'lines';
}

const TABS: readonly { readonly panel: Panel; readonly name: string }[] = [
  { panel: 'place', name: '4 · Place it' },
  { panel: 'trace', name: 'Trace' },
  { panel: 'lines', name: 'Lines set up here' },
];

function PanelTabs({ panel, onPanel }: { readonly panel: Panel; readonly onPanel: (panel: Panel) => void }) {
  const step = (by: number) => {
    const at = TABS.findIndex((tab) => tab.panel === panel);
    const next = TABS[(at + by + TABS.length) % TABS.length];
    if (next === undefined) return;
    onPanel(next.panel);
    document.getElementById(`tab-${next.panel}`)?.focus();
  };
  return (
    <div className="bench-tabs" role="tablist" aria-label="Details of the bench">
      {TABS.map((tab) => (
        <button
          key={tab.panel}
          id={`tab-${tab.panel}`}
          type="button"
          role="tab"
          aria-selected={tab.panel === panel}
          aria-controls="bench-panel"
          tabIndex={tab.panel === panel ? 0 : -1}
          onClick={() => onPanel(tab.panel)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') step(1);
            if (event.key === 'ArrowLeft') step(-1);
          }}
        >
          {tab.name}
        </button>
      ))}
    </div>
  );
}
