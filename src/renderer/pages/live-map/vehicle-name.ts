/** What the map calls a vehicle it knows by number. */
import { telemetry } from '../../fleet/telemetry-store.ts';
import { recordStore } from '../../link/record-store.ts';

let knownOf: ReadonlyMap<string, unknown> | undefined;
let knownSize = -1;
let names = new Map<number, string>();

export function vehicleName(vehicleNumber: number): {
  readonly name: string;
  readonly activity: string;
  readonly atMs: number;
} {
  const { records } = recordStore('fleet/vehicles').view();
  if (records !== knownOf || records.size !== knownSize || !names.has(vehicleNumber)) {
    knownOf = records;
    knownSize = records.size;
    names = new Map(Array.from(records.values(), ({ number, registration }) => [number, registration]));
  }
  const latest = telemetry.read(vehicleNumber);
  return {
    name: names.get(vehicleNumber) ?? `Vehicle ${vehicleNumber}`,
    activity: latest?.activity ?? 'not known',
    atMs: latest?.atMs ?? 0,
  };
}
