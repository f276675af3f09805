/** Files as operators get them: what is understood, what is named, and what is refused rather than guessed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '../../../../../../src/shared/domain/metering/interval.ts';
import { openLocalTime } from '../../../../../../src/shared/kernel/local-time.ts';
import {
  readEnergyFile,
  type EnergyFile,
  type EnergyFileInput,
} from '../../../../../../src/main/metering/intervals/energy-file/read-energy-file.ts';

const NOW_MS = Date.UTC(2026, 11, 1);
const BERLIN = openLocalTime('Europe/Berlin');

function read(text: string, input: Partial<EnergyFileInput> = {}, zone = BERLIN): EnergyFile {
  const file = readEnergyFile({ text, ...input }, zone, NOW_MS);
  if (!file.ok) throw new Error(`${file.code}: ${file.message}`);
  return file.value;
}

function refusal(text: string, input: Partial<EnergyFileInput> = {}, zone = BERLIN): string {
  const file = readEnergyFile({ text, ...input }, zone, NOW_MS);
  return file.ok ? `understood: ${file.value.understood.join(' ')}` : file.code;
}

/** Begin in UTC and mWh. */
function shown({ quarters }: EnergyFile): readonly (readonly [string, number])[] {
  return quarters.map(({ beginMs, mwh }) => [new Date(beginMs).toISOString().slice(5, 16), mwh]);
}

const lines = (...rows: string[]) => rows.join('\n');
const pad = (value: number) => String(value).padStart(2, '0');

describe('a file', () => {
  it('in German with semicolons, decimal commas, a byte order mark and a preamble', () => {
    const file = read(
      '\uFEFFZählpunkt;DE0001\r\n\r\nZeitstempel;Verbrauch [kWh]\r\n09.06.2026 00:00;1,25\r\n09.06.2026 00:15;0,5\r\n09.06.2026 00:30;1.000,125\r\n',
    );
    expect(shown(file)).toEqual([
      ['06-08T22:00', 1_250_000],
      ['06-08T22:15', 500_000],
      ['06-08T22:30', 1_000_125_000],
    ]);
    expect(file.faults).toEqual([]);
    expect(file.understood).toContain('Columns are separated by semicolons; titles stand in line 3.');
    expect(file.understood.join(' ')).toContain('Europe/Berlin, the depot’s zone');
  });

  it('in English with commas, offsets, quotes and watt-hours', () => {
    const file = read(
      lines('"from","to","energy, Wh"', '2026-06-09T00:00:00Z,x,"1,000.5"', '2026-06-09T00:30:00Z,y,7'),
      {},
      undefined,
    );
    expect(shown(file)).toEqual([
      ['06-09T00:00', 500_250],
      ['06-09T00:15', 500_250],
      ['06-09T00:30', 3_500],
      ['06-09T00:45', 3_500],
    ]);
    expect(file.understood).toContain('Times carry their offset.');
  });

  it('with tabs, a date and a clock of their own, and a unit column', () => {
    const file = read(
      lines('Datum\tvon\tbis\tWert\tEinheit', '09.06.26\t00:00\t00:15\t2\tkWh', '09.06.26\t00:15\t00:30\t3\tkWh'),
    );
    expect(shown(file)).toEqual([
      ['06-08T22:00', 2_000_000],
      ['06-08T22:15', 3_000_000],
    ]);
  });

  it('by the hour is spread over four quarter hours that add up to the milliwatt-hour', () => {
    const file = read(lines('from,kWh', '2026-06-09T00:00Z,0.000003', '2026-06-09T01:00Z,10'));
    expect(file.quarters.slice(0, 4).map(({ mwh }) => mwh)).toEqual([1, 1, 0, 1]);
    expect(file.quarters.slice(4).map(({ mwh }) => mwh)).toEqual([2_500_000, 2_500_000, 2_500_000, 2_500_000]);
    expect(file.understood).toContain('Each line is the energy of 60 minutes, spread evenly over 4 quarter hours.');
  });

  it('newest first, with am and pm, month first', () => {
    const file = read(lines('time;kWh', '6/13/2026 12:15 AM;2', '6/13/2026 12:00 AM;1', '6/12/2026 11:45 PM;9'), {
      stamps: 'begin',
    });
    expect(shown(file).map(([, mwh]) => mwh)).toEqual([9_000_000, 1_000_000, 2_000_000]);
    expect(file.understood).toContain('Dates are written month first.');
  });
});

describe('where the time of a line stands', () => {
  const day = (stamps: (quarter: number) => string) =>
    lines('Zeit;kWh', ...Array.from({ length: 96 }, (_, quarter) => `${stamps(quarter)};${(quarter % 5) + 1}`));

  it('is told by a day from 00:00 to 23:45', () => {
    const file = read(day((n) => `2026-06-09 ${pad(Math.floor(n / 4))}:${pad((n % 4) * 15)}`));
    expect(shown(file)[0]).toEqual(['06-08T22:00', 1_000_000]);
    expect(file.understood).toContain('Times are where an energy begins: the file goes from 00:00 to 23:45.');
  });

  it('is told by a 24:00 and by a day from 00:15 to 00:00', () => {
    const end = (n: number) => n + 1;
    const withTwentyFour = read(day((n) => `2026-06-09 ${pad(Math.floor(end(n) / 4))}:${pad((end(n) % 4) * 15)}`));
    const withNought = read(
      day((n) =>
        end(n) === 96 ? '2026-06-10 00:00' : `2026-06-09 ${pad(Math.floor(end(n) / 4))}:${pad((end(n) % 4) * 15)}`,
      ),
    );
    expect(shown(withTwentyFour)[0]).toEqual(['06-08T22:00', 1_000_000]);
    expect(shown(withNought)).toEqual(shown(withTwentyFour));
    expect(withTwentyFour.understood).toContain('Times are where an energy ends: there is a 24:00.');
  });

  it('is told by the title, or by whoever imports, or not at all', () => {
    const middle = (title: string) => lines(`${title};kWh`, '2026-06-09 10:00;1', '2026-06-09 10:15;2');
    expect(refusal(middle('Zeit'))).toBe('stamps-unclear');
    expect(shown(read(middle('Zeit'), { stamps: 'end' }))[0]?.[0]).toBe('06-09T07:45');
    expect(shown(read(middle('bis')))[0]?.[0]).toBe('06-09T07:45');
    expect(shown(read(middle('von')))[0]?.[0]).toBe('06-09T08:00');
  });
});

describe('a change of clocks', () => {
  const stamp = (localMs: number) => new Date(localMs).toISOString().slice(0, 16).replace('T', ' ');

  function localDay(year: number, month: number, day: number): string {
    const span = BERLIN?.spanOf('day', Date.UTC(year, month - 1, day, 12)) ?? { beginMs: 0, endMs: 0 };
    const rows = [];
    for (let atMs = span.beginMs; atMs < span.endMs; atMs += INTERVAL_MS)
      rows.push(`${stamp(atMs + (BERLIN?.offsetMs(atMs) ?? 0))};${rows.length % 7}`);
    return lines('von;kWh', ...rows);
  }

  it.each([
    [2026, 3, 29, 92],
    [2026, 10, 25, 100],
    [2026, 6, 9, 96],
  ])('leaves the day %i-%i-%i with %i quarter hours, each once', (year, month, day, quarters) => {
    const file = read(localDay(year, month, day));
    expect(file.faults).toEqual([]);
    expect(file.quarters).toHaveLength(quarters);
    expect(file.quarters.map(({ beginMs }) => beginMs - (file.quarters[0]?.beginMs ?? 0))).toEqual(
      file.quarters.map((_, index) => index * INTERVAL_MS),
    );
  });

  it('names times that do not exist and times that could be two', () => {
    const spring = read(
      lines('von;kWh', '2026-03-29 01:30;1', '2026-03-29 01:45;1', '2026-03-29 02:00;1', '2026-03-29 03:00;1'),
    );
    expect(spring.faults).toMatchObject([{ line: 4, text: '2026-03-29 02:00;1' }]);
    expect(spring.faults[0]?.message).toContain('put forward');
    const autumn = read(
      lines('von;kWh', '2026-10-25 01:30;1', '2026-10-25 01:45;1', '2026-10-25 02:00;1', '2026-10-25 03:00;1'),
    );
    expect(autumn.faults.map(({ line }) => line)).toEqual([4]);
    expect(autumn.faults[0]?.message).toContain('twice');
  });
});

describe('lines that cannot be taken', () => {
  it('are named with their number, text and reason', () => {
    const file = read(
      lines(
        'from;kWh',
        '2026-06-09 00:00;1',
        '2026-06-09 00:15;-2',
        '2026-06-09 00:30;',
        '2026-06-09 00:45;n/a',
        'Summe;12',
        '2026-02-30 00:00;1',
        '2026-06-09 01:00;1',
        '2026-06-09 01:00;1',
        '2026-06-09 01:15;1',
        '2026-06-09 01:30;3',
        '2026-06-09 01:30;4',
        '2026-06-09 01:45;5',
        '2026-06-09 02:07;5;6',
        '2027-06-09 00:15;1',
        '1970-01-01 00:00;1',
        '2026-06-09 02:00;6',
      ),
    );
    expect(file.faults.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 9, 11, 12, 14, 15, 16]);
    expect(shown(file).map(([, mwh]) => mwh / 1e6)).toEqual([1, 1, 1, 5, 6]);
    const said = file.faults.map(({ message }) => message);
    expect(said[0]).toContain('below zero');
    expect(said[1]).toBe('The line has no energy.');
    expect(said[2]).toBe('“n/a” is no number.');
    expect(said[3]).toBe('“Summe” is no time that is known here.');
    expect(said[5]).toContain('stand in line 8');
    expect(said[6]).toContain('another energy in line 12');
    expect(said[9]).toBe('This time is still to come.');
  });
});

describe('registers', () => {
  const rising = (title: string, first: number) =>
    lines(
      `von;${title}`,
      ...Array.from(
        { length: 30 },
        (_, n) => `2026-06-09 ${pad(Math.floor(n / 4))}:${pad((n % 4) * 15)};${first + n * n}`,
      ),
    );

  it('are told by their height or their title, and their differences are taken', () => {
    for (const text of [rising('kWh', 250_000), rising('Zählerstand kWh', 0)]) {
      const file = read(text);
      expect(shown(file).map(([, mwh]) => mwh / 1e6)).toEqual(Array.from({ length: 29 }, (_, n) => 2 * n + 1));
      expect(file.understood.join(' ')).toContain('is a meter’s register');
    }
  });

  it('that could be energies are asked for', () => {
    expect(refusal(rising('kWh', 0))).toBe('register-unclear');
  });

  it('that fall give nothing there', () => {
    const file = read(
      lines('von;register kWh', '2026-06-09 00:00;5', '2026-06-09 00:15;7', '2026-06-09 00:30;6', '2026-06-09 00:45;9'),
    );
    // From 7 to 9 are 2, over both quarter hours: 3 of them in the second can not be.
    expect(shown(file).map(([, mwh]) => mwh / 1e6)).toEqual([2]);
    expect(file.faults).toMatchObject([{ line: 4 }, { line: 5 }]);
  });

  it('that drop out and come back are no energy as high as the register', () => {
    const values = [7_000, 7_001, 0, 0, 7_004, 7_006];
    const rows = values.map((value, n) => `2026-06-09 0${Math.floor(n / 4)}:${pad((n % 4) * 15)};${value}`);
    const file = read(lines('von;register kWh', ...rows));
    expect(shown(file).map(([, mwh]) => mwh / 1e6)).toEqual([1, 2]);
    expect(file.faults.map(({ line }) => line)).toEqual([4, 6]);
  });

  it('of another meter are counted on from where it began, past where the old one ended', () => {
    const values = [49, 50, 0, 20, 40, 60];
    const rows = values.map((value, n) => `2026-06-09 0${Math.floor(n / 4)}:${pad((n % 4) * 15)};${value}`);
    const file = read(lines('von;register kWh', ...rows));
    expect(shown(file).map(([, mwh]) => mwh / 1e6)).toEqual([1, 20, 20, 20]);
  });

  it('that nobody calls so and that drop out are not taken for energies', () => {
    const dropped = rising('kWh', 250_000).split('\n');
    dropped[12] = (dropped[12] ?? '').replace(/[^;,]*$/u, '0');
    expect(refusal(dropped.join('\n'))).toBe('register-unclear');
  });
});

describe('what cannot be decided is refused', () => {
  const two = (header: string, first: string, second: string) => lines(header, first, second);
  it.each([
    ['no-header', two('a;b', '2026-06-09 00:00;1', '2026-06-09 00:15;2')],
    ['no-header', ''],
    ['unit-unknown', two('Zeit;Wert', '2026-06-09 00:00;1', '2026-06-09 00:15;2')],
    ['columns-unclear', two('Zeit;A kWh;B kWh', '2026-06-09 00:00;1;1', '2026-06-09 00:15;2;2')],
    ['power-not-energy', two('Zeit;Leistung [kW]', '2026-06-09 00:00;1', '2026-06-09 00:15;2')],
    ['date-order-unclear', two('von;kWh', '1/2/2026 00:00;1', '1/2/2026 00:15;2')],
    ['date-order-mixed', two('von;kWh', '13/2/2026 00:00;1', '2/13/2026 00:15;2')],
    ['decimal-unclear', two('from,kWh', '2026-06-09 00:00,"1,234"', '2026-06-09 00:15,"2,345"')],
    ['decimal-mixed', two('von;kWh', '2026-06-09 00:00;1,25', '2026-06-09 00:15;2.5')],
    ['length-unknown', two('von;kWh', '2026-06-09;1', '2026-06-10;2')],
    [
      'length-mixed',
      lines('von;kWh', '2026-06-09 00:00;1', '2026-06-09 01:00;2', '2026-06-09 02:00;2', '2026-06-09 02:15;3'),
    ],
    ['too-few-rows', lines('von;kWh', '2026-06-09 00:00;1')],
    ['quote-open', lines('von;kWh', '2026-06-09 00:00;"1', '2026-06-09 00:15;2')],
  ])('%s', (code, text) => {
    expect(refusal(text)).toBe(code);
  });

  it('a zone that nobody knows, or that nobody said', () => {
    const text = two('von;kWh', '2026-06-09 00:00;1', '2026-06-09 00:15;2');
    expect(refusal(text, { timeZone: 'Mars/Olympus' })).toBe('zone-unknown');
    expect(readEnergyFile({ text }, undefined, NOW_MS)).toMatchObject({ ok: false, code: 'zone-unknown' });
    expect(shown(read(text, { timeZone: 'UTC' }))[0]?.[0]).toBe('06-09T00:00');
  });

  it('a zone that the title names, or half names', () => {
    const named = (title: string) => two(`${title};kWh`, '2026-06-09 00:00;1', '2026-06-09 23:45;2');
    const quarters = (title: string, zone?: string) =>
      shown(read(`${named(title)}\n2026-06-09 00:15;2`, zone === undefined ? {} : { timeZone: zone }))[0]?.[0];
    expect(quarters('Zeitstempel (UTC)')).toBe('06-09T00:00');
    expect(quarters('start_time')).toBe('06-08T22:00');
    expect(refusal(named('Zeit (MEZ)'))).toBe('zone-unclear');
    expect(quarters('Zeit (MEZ)', 'Etc/GMT-1')).toBe('06-08T23:00');
  });

  it('a power is no energy, whoever says so', () => {
    const text = two('Zeit;Leistung [kW]', '2026-06-09 00:00;1', '2026-06-09 00:15;2');
    const columns = { time: 'Zeit', energy: 'Leistung [kW]' };
    expect(refusal(text, { columns, unit: 'kWh' })).toBe('power-not-energy');
    const byLine = two('Zeit;Wert;Einheit', '2026-06-09 00:00;1;kW', '2026-06-09 00:15;2;kW');
    expect(refusal(byLine, { unit: 'kWh' })).toBe('too-few-rows');
  });

  it('columns and a unit that are said are taken', () => {
    const text = lines('Zeit;A;B', '2026-06-09 00:00;1;10', '2026-06-09 00:15;2;20', '2026-06-09 23:45;2;20');
    const file = read(text, { columns: { time: 'Zeit', energy: 'B' }, unit: 'Wh' });
    expect(shown(file).map(([, mwh]) => mwh)).toEqual([10_000, 20_000, 20_000]);
    expect(refusal(text, { columns: { time: 'Zeit', energy: 'C' }, unit: 'Wh' })).toBe('column-unknown');
  });
});

describe('any file', () => {
  it('is answered without an exception, and every line is taken or named', () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '2026-06-09 00:00',
        '09.06.2026 00:15',
        '1,5',
        '2.5',
        '-1',
        '',
        '"',
        'kWh',
        '24:00',
        '9'.repeat(30),
        '1e99',
      ),
      fc.string({ maxLength: 12 }),
    );
    const made = fc.array(fc.tuple(cell, cell), { maxLength: 20 }).map((rows) => rows.map((row) => row.join(';')));
    fc.assert(
      fc.property(made, (rows) => {
        const file = readEnergyFile({ text: lines('von;kWh', ...rows) }, BERLIN, NOW_MS);
        const said = file.ok ? file.value.understood.join(' ') : file.message;
        expect(said.length).toBeGreaterThan(20);
        const quarters = file.ok ? file.value.quarters : [];
        expect(
          quarters.every(({ mwh, beginMs }) => Number.isSafeInteger(mwh) && mwh >= 0 && beginMs % INTERVAL_MS === 0),
        ).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of any text at all is answered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const text = Buffer.from(bytes).toString('latin1');
        expect(readEnergyFile({ text }, BERLIN, NOW_MS).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the sum of its decimals exactly', () => {
    const energies = fc.array(fc.nat({ max: 999_999_999 }), { minLength: 2, maxLength: 200 });
    fc.assert(
      fc.property(energies, (mwh) => {
        const rows = mwh.map((energy, index) => {
          const digits = String(energy).padStart(7, '0');
          const atMs = Date.UTC(2026, 5, 9) + index * INTERVAL_MS;
          return `${new Date(atMs).toISOString()};${digits.slice(0, -6)}.${digits.slice(-6)}`;
        });
        const file = readEnergyFile({ text: lines('from;kWh', ...rows) }, undefined, NOW_MS);
        // What only rises may be a register, and is asked for.
        fc.pre(file.ok);
        expect(file.value.quarters.map((quarter) => quarter.mwh)).toEqual(mwh);
      }),
    );
  });

  it('of a year takes less than a second', () => {
    const rows = Array.from({ length: 35_040 }, (_, index) => {
      const atMs = Date.UTC(2025, 0, 1) + index * INTERVAL_MS;
      const local = new Date(atMs + (BERLIN?.offsetMs(atMs) ?? 0)).toISOString();
      return `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} ${local.slice(11, 16)};${index % 97},${pad(index % 89)}`;
    });
    const text = lines('von;kWh', ...rows);
    // Of its own thread: who else uses the machine must not matter.
    const before = process.threadCpuUsage();
    const file = read(text);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1_000);
    expect(file.quarters).toHaveLength(35_040);
  });
});
