/** The commissioning page: from a cable to a meter that is read. A link may ask for the trace of one line alone. */
import '../../metering/commissioning/commissioning.css';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useMetering, type Metering } from '../../metering/use-metering.ts';
import { Bench } from './bench.tsx';
import { useCommissioningSearch } from './commissioning-search.ts';
import { TracePage } from './trace-page.tsx';

export function CommissioningPage() {
  const [search, patch] = useCommissioningSearch();
  const metering = useMetering();
  if (search.trace === undefined) return <Bench search={search} patch={patch} metering={metering} />;
  const toBench = () => patch({ trace: undefined, panel: 'lines' });
  return <TraceOnly lineId={search.trace} metering={metering} onBack={toBench} />;
}

type TraceOnlyProps = { readonly lineId: string; readonly metering: Metering; readonly onBack: () => void };

function TraceOnly(props: TraceOnlyProps) {
  useShortcuts('Trace', [{ keys: 'Escape', does: 'One level back: to the bench', run: props.onBack }]);
  return <TracePage {...props} />;
}
