/** An example charge by which a tariff is tried: how much, how fast, when, and how long it stands there afterwards. */
import { useId } from 'react';
import { TimeField } from './time-field.tsx';

export type ExampleCharge = {
  readonly energyKwh: number;
  readonly powerKw: number;
  readonly beginMs: number;
  readonly parkedHours: number;
};

type ExampleFormProps = {
  readonly example: ExampleCharge;
  readonly zone: string;
  readonly onExample: (example: ExampleCharge) => void;
};

export function ExampleForm({ example, zone, onExample }: ExampleFormProps) {
  const id = useId();
  const change = (patch: Partial<ExampleCharge>) => onExample({ ...example, ...patch });
  return (
    <div className="example-form" role="group" aria-label="Example charge">
      <NumberField
        id={`${id}-energy`}
        label="Energy, kWh"
        value={example.energyKwh}
        most={10_000}
        onValue={(energyKwh) => change({ energyKwh })}
      />
      <NumberField
        id={`${id}-power`}
        label="Power, kW"
        value={example.powerKw}
        fewest={0.1}
        most={10_000}
        onValue={(powerKw) => change({ powerKw })}
      />
      <NumberField
        id={`${id}-parked`}
        label="Parked after, h"
        value={example.parkedHours}
        most={168}
        onValue={(parkedHours) => change({ parkedHours })}
      />
      <TimeField
        label="Begins"
        atMs={example.beginMs}
        zone={zone}
        onTime={(beginMs) => beginMs !== undefined && change({ beginMs })}
      />
    </div>
  );
}

type NumberFieldProps = {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly fewest?: number;
  readonly most: number;
  readonly onValue: (value: number) => void;
};

/** What is being typed may be no number yet: only one within its bounds is passed on. */
function NumberField({ id, label, value, fewest = 0, most, onValue }: NumberFieldProps) {
  return (
    <label htmlFor={id}>
      {label}
      <input
        id={id}
        className="field"
        type="number"
        min={fewest}
        max={most}
        step="any"
        defaultValue={value}
        onChange={({ target: { valueAsNumber } }) => {
          if (valueAsNumber >= fewest && valueAsNumber <= most) onValue(valueAsNumber);
        }}
      />
    </label>
  );
}
