/**
 * Prices and wiring as lines of text, one a price or a charge point, so that they can be pasted from a spreadsheet: columns apart by tabs
 * or semicolons. What cannot be read is said by line, and nothing of it is taken.
 */
import type { DemandTerms, EnergyPrice } from '../../../shared/domain/charging/site-terms.ts';
import type { SiteBay, SiteFeeder } from '../../../shared/domain/charging/site-settings.ts';
import type { Phase } from '../../../shared/domain/charging/plan-case.ts';
import { powerW } from '../../../shared/kernel/quantity.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import { printTimes, readTimes } from './times-text.ts';

export type LineFault = { readonly line: number; readonly message: string };
export type ReadLines<T> = { readonly values: readonly T[]; readonly faults: readonly LineFault[] };

const PRICE = /^-?\d{1,7}(?:\.\d{1,8})?$/u;
const PHASES = /^[123](?:,[123]){0,2}$/u;
const SEPARATOR = '; ';

export const ENERGY_COLUMNS = 'Name; price per kWh; when';
export const DEMAND_COLUMNS = 'Name; price; kW or kVA; when';
export const FEEDER_COLUMNS = 'Id; name; parent or empty; limit kW';
export const BAY_COLUMNS = 'EVSE id; name; feeder or empty; most kW; least kW; phases; volts; fallback kW';

export function printEnergy({ name, pricePerKwh, when }: EnergyPrice): string {
  return [name, pricePerKwh, printTimes(when)].join(SEPARATOR).replace(/[; ]+$/u, '');
}

export function readEnergy(text: string): ReadLines<EnergyPrice> {
  return readLines(text, ([name = '', price = '', times = '']) => {
    if (name === '') return refuse('line', 'The name is missing. Write what the bill calls it.');
    const pricePerKwh = price.replace(',', '.');
    if (!PRICE.test(pricePerKwh)) return refuse('line', `“${price}” is no price. Write it as 0.2841.`);
    const when = readTimes(times);
    return when.ok ? accept({ name, pricePerKwh, when: when.value }) : when;
  });
}

export function printDemand({ name, pricePerUnit, per, when }: DemandTerms): string {
  return [name, pricePerUnit, per, printTimes(when)].join(SEPARATOR).replace(/[; ]+$/u, '');
}

export function readDemand(text: string): ReadLines<DemandTerms> {
  return readLines(text, ([name = '', price = '', per = '', times = '']) => {
    if (name === '') return refuse('line', 'The name is missing. Write what the bill calls it.');
    const pricePerUnit = price.replace(',', '.');
    if (!PRICE.test(pricePerUnit)) return refuse('line', `“${price}” is no price. Write it as 15.51.`);
    if (per !== 'kW' && per !== 'kVA') return refuse('line', `“${per}” is no unit. Write kW or kVA.`);
    const when = readTimes(times);
    return when.ok ? accept({ name, pricePerUnit, per, when: when.value }) : when;
  });
}

export function printFeeder({ id, name, parent, limitW }: SiteFeeder): string {
  return [id, name, parent ?? '', kwText(limitW)].join(SEPARATOR);
}

export function readFeeders(text: string): ReadLines<SiteFeeder> {
  return readLines(text, ([id = '', name = '', parent = '', limit = '']) => {
    const limitW = wattsOf(limit);
    if (id === '' || name === '')
      return refuse('line', `The id or the name is missing. The columns are: ${FEEDER_COLUMNS}.`);
    if (limitW === undefined) return refuse('line', `“${limit}” is no power. Write it in kW, as 250.`);
    return accept({ id, name, parent: parent === '' ? undefined : parent, limitW });
  });
}

export function printBay({ evseKey, name, feeder, maxW, minW, phases, voltageV, fallbackW }: SiteBay): string {
  return [
    evseKey,
    name,
    feeder ?? '',
    kwText(maxW),
    kwText(minW),
    phases.join(','),
    String(voltageV),
    kwText(fallbackW),
  ].join(SEPARATOR);
}

export function readBays(text: string): ReadLines<SiteBay> {
  return readLines(
    text,
    ([evseKey = '', name = '', feeder = '', most = '', least = '', own = '', volts = '', rest = '']) => {
      const [maxW, minW, fallbackW] = [wattsOf(most), wattsOf(least), wattsOf(rest)];
      const voltageV = Number(volts);
      if (evseKey === '' || name === '')
        return refuse('line', `The EVSE id or the name is missing. The columns are: ${BAY_COLUMNS}.`);
      if (maxW === undefined || minW === undefined || fallbackW === undefined)
        return refuse('line', 'One of the three powers is no number. Write them in kW, as 22 or 4.14.');
      if (own !== '' && !PHASES.test(own))
        return refuse('line', `“${own}” are no phases. Write 1,2,3, or one of them, or nothing for direct current.`);
      if (!(voltageV >= 50 && voltageV <= 1500))
        return refuse('line', `“${volts}” is no voltage. Write volts of a phase to neutral, as 230.`);
      const phases = own === '' ? [] : own.split(',').map((phase) => Number(phase) as Phase);
      return accept({
        evseKey,
        name,
        feeder: feeder === '' ? undefined : feeder,
        maxW,
        minW,
        phases,
        voltageV,
        fallbackW,
      });
    },
  );
}

export function printLines<T>(values: readonly T[], print: (value: T) => string): string {
  return values.map(print).join('\n');
}

function readLines<T>(text: string, read: (cells: readonly string[]) => Result<T>): ReadLines<T> {
  const values: T[] = [];
  const faults: LineFault[] = [];
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return;
    const value = read(line.split(/[;\t]/u).map((cell) => cell.trim()));
    if (value.ok) values.push(value.value);
    else faults.push({ line: at + 1, message: value.message });
  });
  return { values, faults };
}

function kwText(watts: number): string {
  return String(watts / 1000);
}

function wattsOf(text: string): SiteBay['maxW'] | undefined {
  const kw = Number(text.replace(',', '.'));
  return text === '' || !Number.isFinite(kw) || kw < 0 ? undefined : powerW(Math.round(kw * 1000));
}
