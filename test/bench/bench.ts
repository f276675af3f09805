/**
 * `npm run bench`: ratios against a named peer in the same run, so that a slow machine shifts both; absolute figures are
 * printed beside their aims. `--long` watches memory for ten minutes and fills a whole year of a thousand meters; `--only=rows`, `--only=meters`,
 * `--only=intervals`, `--only=pricing`, `--only=signatures`,
 * `--only=plans`, `--only=events`, `--only=places` or `--only=window` takes a part.
 */
import { createBenchTable } from './bench-table.ts';
import { benchChargingEvents } from './charging-events.ts';
import { benchChargingPlans } from './charging-plans.ts';
import { benchDurableRows } from './durable-rows.ts';
import { benchLiveWindow } from './live-window.ts';
import { benchManyMeters } from './many-meters.ts';
import { benchPlaceWindow } from './place-window.ts';
import { benchPricing } from './pricing.ts';
import { benchSignatures } from './signatures.ts';
import { benchYearOfIntervals } from './year-of-intervals.ts';

const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
const table = createBenchTable((line) => process.stdout.write(`${line}\n`));

if (only === undefined || only === 'rows') await benchDurableRows(table);
if (only === undefined || only === 'meters') await benchManyMeters(table);
if (only === undefined || only === 'intervals') benchYearOfIntervals(table, process.argv.includes('--long'));
if (only === undefined || only === 'pricing') benchPricing(table);
if (only === undefined || only === 'signatures') benchSignatures(table);
if (only === undefined || only === 'plans') await benchChargingPlans(table);
if (only === undefined || only === 'events') await benchChargingEvents(table);
if (only === undefined || only === 'places') await benchPlaceWindow(table);
if (only === undefined || only === 'window') await benchLiveWindow(table, process.argv.includes('--long'));
table.finish();
