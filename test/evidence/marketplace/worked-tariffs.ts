/** The specification's own tariffs, priced by the tool for the uses that the house rules work out, with the trace that leads there. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { price } from '../../../src/main/tool/price.ts';
import { inFolder, type Evidence } from '../../support/evidence-table.ts';
import { fixturePath, isFixtureAbsent } from '../../support/shared-fixtures.ts';

type Dimension = readonly [type: string, volume: number];
type Worked = {
  readonly tariff: string;
  readonly use: string;
  readonly hours: number;
  readonly periods: readonly (readonly [afterHours: number, ...Dimension[]])[];
  readonly net: string;
  readonly gross: string;
};

const EXAMPLES: readonly Worked[] = [
  {
    tariff: 'tariff_8_simple_025kwh',
    use: '20 kWh',
    hours: 1,
    periods: [[0, ['ENERGY', 20]]],
    net: '5.00',
    gross: '5.50',
  },
  {
    tariff: 'tariff_9_025kwh_start',
    use: '20 kWh and a start',
    hours: 1,
    periods: [[0, ['ENERGY', 20]]],
    net: '5.50',
    gross: '6.10',
  },
  {
    tariff: 'tariff_12_025kwh_min_price',
    use: '1.2 kWh, below the minimum',
    hours: 1,
    periods: [[0, ['ENERGY', 1.2]]],
    net: '0.50',
    gross: '0.55',
  },
  {
    tariff: 'tariff_13_simple_3hour_5parking',
    use: '2.5 h charging, 42 min parked, billed as 45',
    hours: 3.2,
    periods: [
      [0, ['TIME', 2.5]],
      [2.5, ['PARKING_TIME', 0.7]],
    ],
    net: '11.25',
    gross: '12.75',
  },
];

const BEGIN_MS = Date.UTC(2026, 5, 9, 8);
const HOUR_MS = 3_600_000;

export async function showWorkedTariffs(evidence: Evidence): Promise<void> {
  evidence.section('the specification’s tariffs, worked by hand in the house rules');
  if (isFixtureAbsent('ocpi'))
    return evidence.say('         skipped: the specification’s examples are not beside the project');
  await inFolder(async (folder) => {
    for (const example of EXAMPLES) {
      const file = path.join(folder, `${example.tariff}.json`);
      writeFileSync(file, JSON.stringify(recordOf(example)));
      const tariff = fixturePath(`ocpi/${example.tariff}.json`);
      const said = (await price.run(['--cdr', file, '--tariff', tariff, '--zone', 'Europe/Amsterdam'])) as {
        readonly net: string;
        readonly gross: string;
        readonly trace: readonly string[];
      };
      evidence.show(
        `${example.tariff}, ${example.use}`,
        `${said.net} net, ${said.gross} gross`,
        said.net === example.net && said.gross === example.gross,
      );
      for (const line of said.trace) evidence.say(`           ${line}`);
    }
  });
  process.exitCode = 0;
}

function recordOf({ tariff, hours, periods, net, gross }: Worked): unknown {
  const { id } = JSON.parse(readFileSync(fixturePath(`ocpi/${tariff}.json`), 'utf8')) as { id: string };
  const at = (afterHours: number): string => new Date(BEGIN_MS + afterHours * HOUR_MS).toISOString();
  const volumeOf = (wanted: string): number =>
    periods
      .flatMap(([, ...dimensions]) => dimensions)
      .reduce((sum, [type, volume]) => sum + (type === wanted ? volume : 0), 0);
  return {
    country_code: 'DE',
    party_id: 'ALL',
    id: `WORKED-${id}`,
    start_date_time: at(0),
    end_date_time: at(hours),
    currency: 'EUR',
    charging_periods: periods.map(([afterHours, ...dimensions]) => ({
      start_date_time: at(afterHours),
      dimensions: dimensions.map(([type, volume]) => ({ type, volume })),
      tariff_id: id,
    })),
    total_cost: { excl_vat: Number(net), incl_vat: Number(gross) },
    total_energy: volumeOf('ENERGY'),
    total_time: hours,
  };
}
