/**
 * The console's work without its window: `tool <name> …`. One JSON document on standard output; an error is JSON too, with a
 * non-zero exit. A second composition root beside the shell, without Electron.
 */
import { ToolError, type Tool } from './tool-definition.ts';
import { checkMarketplace } from './check-marketplace.ts';
import { decode } from './decode.ts';
import { inspectStore } from './inspect-store.ts';
import { plan } from './plan.ts';
import { price } from './price.ts';
import { readMeter } from './read-meter.ts';
import { verify } from './verify.ts';

const tools: readonly Tool[] = [checkMarketplace, decode, inspectStore, plan, price, readMeter, verify];

function help(): object {
  return {
    usage: 'npm run -s tool <name> -- [options]',
    tools: Object.fromEntries(tools.map(({ name, usage, summary }) => [name, { summary, usage: `${name} ${usage}` }])),
  };
}

async function run(args: readonly string[]): Promise<unknown> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help') return help();
  const tool = tools.find((candidate) => candidate.name === name);
  if (tool === undefined) {
    const names = tools.map((known) => known.name).join(', ');
    throw new ToolError('unknown-tool', `There is no tool “${name}”. There are: ${names}.`);
  }
  return tool.run(rest.filter((argument, index) => !(index === 0 && argument === '--')));
}

try {
  process.stdout.write(
    `${JSON.stringify(await run(process.argv.slice(2).filter((argument) => argument !== '--')), undefined, 2)}\n`,
  );
} catch (error) {
  const code = error instanceof ToolError ? error.code : 'failed';
  const message = error instanceof Error ? error.message : String(error);
  process.stdout.write(`${JSON.stringify({ error: { code, message } }, undefined, 2)}\n`);
  process.exitCode = error instanceof ToolError ? error.exitCode : 1;
}
