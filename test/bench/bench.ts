/**
 * `npm run bench`: ratios against a named peer in the same run, so that a slow machine shifts both. An absolute figure is
 * printed for the curious and never asserted.
 */
import { benchDurableRows } from './durable-rows.ts';

for (const bench of [benchDurableRows]) for (const line of bench()) process.stdout.write(`${line}\n`);
