/** From what came in, meter by meter, down to what is left: a table whose bars lie on one axis. */
import type { DepotBalance, NodeBalance } from '../../../shared/domain/metering/balance/balance.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { NOT_TOLD } from '../meter/meter-words.ts';
import { kwh, VERDICT_PRIORITY } from './balance-words.ts';
import { waterfallOf, waterfallRange, type WaterfallStep } from './waterfall.ts';

type WaterfallChartProps = {
  readonly node: NodeBalance;
  readonly meters: DepotBalance['meters'];
  readonly onMeter: (meterId: string) => void;
};

export function WaterfallChart({ node, meters, onMeter }: WaterfallChartProps) {
  const steps = waterfallOf(node);
  const [from, to] = waterfallRange(steps);
  const inWh = node.whole.inWh;
  const place = (energyWh: number) => `${((energyWh - from) / (to - from)) * 100}%`;
  const length = ([least, greatest]: readonly [number, number]) => `${((greatest - least) / (to - from)) * 100}%`;
  const priority = VERDICT_PRIORITY[node.whole.verdict];
  const meterOf = (id: string | undefined) => meters.find((meter) => meter.id === id);
  return (
    <table className="list waterfall">
      <thead>
        <tr>
          <th scope="col">From what came in</th>
          <th scope="col" className="number">
            kWh
          </th>
          <th scope="col" className="number" title="Of what came in">
            %
          </th>
          <th scope="col" aria-label="As bars" />
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => {
          const meter = meterOf(step.meterId);
          return (
            <tr
              key={`${step.kind} ${step.meterId ?? ''}`}
              data-kind={step.kind}
              data-priority={step.kind === 'rest' ? priority : undefined}
            >
              <td>
                {step.kind === 'rest' && priority !== undefined && (
                  <span className="mark" data-priority={priority} aria-hidden="true">
                    {priority}
                  </span>
                )}
                {meter === undefined ? (
                  STEP_WORDS[step.kind]
                ) : (
                  <button type="button" className="row-button" onClick={() => onMeter(meter.id)} title="Its intervals">
                    {meter.name}
                  </button>
                )}
                {meter !== undefined && meter.missingIntervals > 0 && (
                  <small className="muted"> {meter.missingIntervals} missing</small>
                )}
              </td>
              <td className="number">
                {signOf(step)}
                {kwh(step.energyWh)}
              </td>
              <td className="number muted">{share(step.energyWh, inWh)}</td>
              <td className="waterfall-bar">
                <span>
                  {step.span === undefined ? (
                    <i className="waterfall-unknown" />
                  ) : (
                    <i style={{ left: place(step.span[0]), width: length(step.span) }} />
                  )}
                </span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const STEP_WORDS: Readonly<Record<WaterfallStep['kind'], string>> = {
  in: 'Came in',
  out: 'Went out',
  loss: 'Expected loss',
  rest: 'Left over',
};

/** What goes out is taken away. */
function signOf({ kind, energyWh }: WaterfallStep): string {
  return energyWh !== undefined && energyWh > 0 && (kind === 'out' || kind === 'loss') ? '\u2212' : '';
}

function share(energyWh: number | undefined, inWh: number | undefined): string {
  if (energyWh === undefined || inWh === undefined || inWh <= 0) return NOT_TOLD;
  return decimals((energyWh / inWh) * 100, 1)
    .replace(/^-(?=[0.]+$)/u, '')
    .replace('-', '\u2212');
}
