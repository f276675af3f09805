/** The two times of a tariff: which were in force at one moment, as they were known at another. */
import { TimeField } from './time-field.tsx';

export type AsOf = { readonly atMs: number | undefined; readonly knownAtMs: number | undefined };

type AsOfBarProps = {
  readonly asOf: AsOf;
  readonly zone: string;
  readonly onAsOf: (asOf: AsOf) => void;
};

export function AsOfBar({ asOf, zone, onAsOf }: AsOfBarProps) {
  const isNow = asOf.atMs === undefined && asOf.knownAtMs === undefined;
  return (
    <span className="as-of" role="group" aria-label="In force when, known when">
      <TimeField label="In force at" atMs={asOf.atMs} zone={zone} onTime={(atMs) => onAsOf({ ...asOf, atMs })} />
      <TimeField
        label="As known at"
        atMs={asOf.knownAtMs}
        zone={zone}
        onTime={(knownAtMs) => onAsOf({ ...asOf, knownAtMs })}
      />
      <button
        type="button"
        className="btn"
        disabled={isNow}
        onClick={() => onAsOf({ atMs: undefined, knownAtMs: undefined })}
      >
        Now <kbd>T</kbd>
      </button>
    </span>
  );
}
