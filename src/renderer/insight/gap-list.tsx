/** The gaps in the order of their failures: the same ones as on the map, for the keyboard and for reading. */
import './insight.css';
import type { DemandSignal, InfrastructureGap } from '../../shared/domain/insight/demand-signal.ts';
import { describeInstant } from '../instruments/clock/describe-instant.ts';
import { useNow, wholeAge } from '../instruments/clock/profile-clock.ts';
import { decimals, grouped } from '../instruments/number/format-number.ts';
import { KIND_WORDS, kindsOf, STATE_LOOKS } from './gap-words.ts';

type GapListProps = {
  readonly gaps: readonly InfrastructureGap[];
  readonly chosen: string | undefined;
  readonly nameOf: (gap: InfrastructureGap) => string;
  readonly signalOf: (cell: string) => DemandSignal | undefined;
  readonly onChoose: (cell: string) => void;
};

export function GapList({ gaps, chosen, nameOf, signalOf, onChoose }: GapListProps) {
  const now = useNow(1000);
  return (
    <table className="list gap-list">
      <thead>
        <tr>
          <th scope="col">Near</th>
          <th scope="col" className="number">
            Failures
          </th>
          <th scope="col" className="number">
            Vehicles
          </th>
          <th scope="col" className="number">
            kWh
          </th>
          <th scope="col" className="number">
            kW at once
          </th>
          <th scope="col">Mostly</th>
          <th scope="col">Last</th>
          <th scope="col">Signal</th>
        </tr>
      </thead>
      <tbody>
        {gaps.map((gap) => (
          <tr key={gap.cell} aria-selected={gap.cell === chosen}>
            <td>
              <button
                type="button"
                className="btn quiet gap-name"
                data-cell={gap.cell}
                aria-current={gap.cell === chosen ? 'true' : undefined}
                onClick={() => onChoose(gap.cell)}
              >
                {nameOf(gap)}
              </button>
            </td>
            <td className="number">{grouped(gap.count)}</td>
            <td className="number">{grouped(gap.vehicles)}</td>
            <td className="number">{decimals(gap.energyWh / 1000, 0)}</td>
            <td className="number">{decimals(gap.peakPowerW / 1000, 0)}</td>
            <td>{KIND_WORDS[kindsOf(gap)[0]?.[0] ?? 'none-found']}</td>
            <td className="muted" title={describeInstant(gap.lastAtMs, gap.timeZone)}>
              {wholeAge(now - gap.lastAtMs)} ago
            </td>
            <td>
              <SignalWord signal={signalOf(gap.cell)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function SignalWord({ signal }: { readonly signal: DemandSignal | undefined }) {
  if (signal === undefined) return <span className="muted">not reviewed</span>;
  const { word, meaning, priority } = STATE_LOOKS[signal.state];
  return (
    <span className="signal-word" title={signal.reason ?? meaning}>
      {priority !== undefined && (
        <span className="mark" data-priority={priority} aria-hidden="true">
          {priority}
        </span>
      )}
      {word}
    </span>
  );
}
