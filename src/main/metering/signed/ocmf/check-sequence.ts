/**
 * What the readings of one charge say together, whether they came in one record or in several (OCMF “Pagination” and “Readings”): one
 * meter, a begin and an end of the same register, nothing running backwards, no page missing between. The energy delivered is the
 * register's end less its begin, as exact as both were signed.
 */
import type {
  SignedCheck,
  SignedEnergy,
  SignedPage,
  SignedReading,
} from '../../../../shared/domain/metering/signed-record.ts';
import { exactText, isSameNumber, negative, readExactNumber, sumExact } from '../../codec/exact-number.ts';
import type { OcmfRecord } from './read-ocmf.ts';
import { comparePages } from './compare-pages.ts';

export type CheckedSequence = {
  readonly checks: readonly SignedCheck[];
  readonly energies: readonly SignedEnergy[];
  readonly deliveredKwh: string | undefined;
};

/** `TX` of a reading that ends a transaction, for whatever reason. */
export const END_LETTERS = 'ELRAP';
/** Kilowatt-hours, as a power of ten. */
const KWH_EXPONENT: ReadonlyMap<string, number> = new Map([
  ['kWh', 0],
  ['Wh', -3],
]);
/** Accumulation registers of energy given out: OBIS C of 2, and the registers that OCMF names C0 to C3. */
const EXPORT_OBIS = /[:.-](?:0?2|c[0-3])\.0?8\./iu;

export function checkSequence(records: readonly OcmfRecord[]): CheckedSequence {
  const inOrder = orderByPage(records);
  const readings = withoutRepeats(inOrder.flatMap((record) => record.readings));
  const paired = pairRegisters(readings);
  const energies = paired.pairs.flatMap(({ begin, end }) => energyOf(begin, end) ?? []);
  const checks = [
    checkPages(inOrder.map(({ page }) => page)),
    checkMeter(inOrder),
    ...paired.checks,
    checkRegisters(readings),
    checkTimes(readings),
    checkClock(readings),
  ];
  return { checks, energies, deliveredKwh: deliveredOf(energies) };
}

/** As the meter counted them: a record of the end may be sent first. */
function orderByPage(records: readonly OcmfRecord[]): readonly OcmfRecord[] {
  const contexts = new Set(records.map(({ page }) => page?.context));
  return contexts.size === 1 && !contexts.has(undefined)
    ? records.toSorted((a, b) => (a.page?.number ?? 0) - (b.page?.number ?? 0))
    : records;
}

/** The record of the end often says the begin again. */
function withoutRepeats(readings: readonly SignedReading[]): readonly SignedReading[] {
  const said = new Set<string>();
  return readings.filter(({ atMs, letter, obis, value }) => {
    const key = JSON.stringify([atMs, letter, obis, value]);
    return !said.has(key) && said.add(key);
  });
}

type Pair = { readonly begin: SignedReading; readonly end: SignedReading };

function pairRegisters(readings: readonly SignedReading[]): {
  readonly pairs: readonly Pair[];
  readonly checks: readonly SignedCheck[];
} {
  // Fiscal readings belong to no transaction and carry no letters; first and last stand for begin and end.
  const fiscal = readings.every(({ letter }) => letter === '');
  const registers = [...new Set(readings.map(({ obis }) => obis))];
  const found = registers.map((obis) => {
    const of = readings.filter((reading) => reading.obis === obis);
    return fiscal && of.length > 1
      ? { begins: of.slice(0, 1), ends: of.slice(-1) }
      : {
          begins: of.filter(({ letter }) => letter === 'B'),
          ends: of.filter(({ letter }) => letter !== '' && END_LETTERS.includes(letter)),
        };
  });
  const begins = found.flatMap((register) => register.begins);
  const ends = found.flatMap((register) => register.ends);
  const once = found.every((register) => register.begins.length <= 1 && register.ends.length <= 1);
  const pairs = found.flatMap(({ begins: [begin], ends: [end] }) =>
    once && begin !== undefined && end !== undefined && begin.unit === end.unit ? [{ begin, end }] : [],
  );
  const complete = begins.length > 0 && ends.length > 0 && once;
  const same = !complete || pairs.length === Math.max(begins.length, ends.length);
  return { pairs, checks: [sayPair(begins.length, ends.length, once, fiscal), saySameRegister(same)] };
}

function sayPair(begins: number, ends: number, once: boolean, fiscal: boolean): SignedCheck {
  const said = (ok: boolean, decides: boolean, message: string) => ({
    code: 'begin-and-end' as const,
    ok,
    decides,
    message,
  });
  if (begins === 0) return said(false, true, 'No reading begins the charge, so nothing shows how much was delivered.');
  if (ends === 0) return said(false, true, 'No reading ends the charge, so nothing shows how much was delivered.');
  if (!once)
    return said(false, true, 'A register has more than one begin or end: readings of several charges are mixed.');
  if (fiscal)
    return said(
      false,
      false,
      'The readings belong to no transaction; the first and the last were taken as begin and end.',
    );
  return said(true, true, 'One reading begins the charge and one ends it.');
}

function saySameRegister(ok: boolean): SignedCheck {
  const message = ok
    ? 'Begin and end are of the same register in the same unit.'
    : 'Begin and end are of different registers or units and cannot be taken from each other.';
  return { code: 'same-register', ok, decides: true, message };
}

function energyOf(begin: SignedReading, end: SignedReading): SignedEnergy | undefined {
  const from = begin.value === undefined ? undefined : readExactNumber(begin.value);
  const to = end.value === undefined ? undefined : readExactNumber(end.value);
  if (from === undefined || to === undefined) return undefined;
  const delta = sumExact([to, negative(from)]);
  const exponent = KWH_EXPONENT.get(begin.unit);
  return {
    obis: begin.obis,
    unit: begin.unit,
    begin: exactText(from),
    end: exactText(to),
    delivered: exactText(delta),
    deliveredKwh: exponent === undefined ? undefined : exactText({ ...delta, exponent: delta.exponent + exponent }),
  };
}

/** Undefined where registers of energy taken disagree: which of them counts is not said in the record. */
function deliveredOf(energies: readonly SignedEnergy[]): string | undefined {
  const taken = energies.flatMap(({ obis, deliveredKwh }) =>
    deliveredKwh === undefined || EXPORT_OBIS.test(obis) ? [] : [deliveredKwh],
  );
  const [first, ...others] = taken.map((text) => readExactNumber(text));
  const agree = first !== undefined && others.every((other) => other !== undefined && isSameNumber(first, other));
  return agree ? taken[0] : undefined;
}

function checkPages(pages: readonly (SignedPage | undefined)[]): SignedCheck {
  const said = (ok: boolean, decides: boolean, message: string) => ({
    code: 'pages-consecutive' as const,
    ok,
    decides,
    message,
  });
  if (pages.some((page) => page === undefined)) return said(false, false, 'A record does not say which page it is.');
  for (const [index, page] of pages.slice(1).entries()) {
    const before = pages[index];
    if (before === undefined || page === undefined) continue;
    const step = comparePages(before, page);
    if (step.kind !== 'next') return said(false, true, step.message);
  }
  return said(
    true,
    true,
    pages.length === 1 ? 'The record is one page.' : `Its ${pages.length} pages are consecutive.`,
  );
}

function checkMeter(records: readonly OcmfRecord[]): SignedCheck {
  const serials = new Set(records.map((record) => JSON.stringify([record.gatewaySerial, record.meterSerial])));
  const named = records.every(
    (record) => record.meterSerial !== '' || record.gatewaySerial !== '' || record.chargePointId !== '',
  );
  const message =
    serials.size > 1
      ? 'The records are of different meters.'
      : named
        ? `All readings are of ${records[0]?.meterSerial === '' ? 'one meter' : `the meter ${records[0]?.meterSerial ?? ''}`}.`
        : 'No serial number says which meter this was.';
  return { code: 'same-meter', ok: named && serials.size === 1, decides: true, message };
}

function checkRegisters(readings: readonly SignedReading[]): SignedCheck {
  const last = new Map<string, SignedReading>();
  let fell: string | undefined;
  for (const reading of readings) {
    const register = `${reading.obis} ${reading.unit}`;
    const before = last.get(register);
    const energy = before === undefined ? undefined : energyOf(before, reading);
    if (energy?.delivered.startsWith('-') === true)
      fell ??= `The register ${reading.obis} falls from ${energy.begin} to ${energy.end} ${reading.unit}.`;
    last.set(register, reading);
  }
  return {
    code: 'register-not-falling',
    ok: fell === undefined,
    decides: true,
    message: fell ?? 'No register runs backwards.',
  };
}

function checkTimes(readings: readonly SignedReading[]): SignedCheck {
  const times = readings.flatMap(({ atMs }) => (atMs === undefined ? [] : [atMs]));
  const ok = times.every((atMs, index) => index === 0 || atMs >= (times[index - 1] ?? atMs));
  const message = ok ? 'The readings follow each other in time.' : 'A reading is earlier than the one before it.';
  return { code: 'time-not-backwards', ok, decides: true, message };
}

function checkClock(readings: readonly SignedReading[]): SignedCheck {
  const letters = [...new Set(readings.map(({ clock }) => clock))];
  const ok = letters.every((letter) => letter === 'S');
  const message = ok
    ? 'The meter’s clock was synchronised.'
    : letters.every((letter) => letter === 'S' || letter === 'R')
      ? 'Durations are measured, but the time of day is only informative.'
      : 'The meter’s clock was not synchronised: its times are informative and anchor nothing.';
  return { code: 'clock-synchronised', ok, decides: false, message };
}
