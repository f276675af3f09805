/** What can be said on the command line, as `--name` or `--name=value`. Unknown flags belong to Chromium and are left alone. */
import { PAGE_HASH } from '../../shared/ipc/shell-contract.ts';

export type LaunchOptions = {
  /** Where profiles, settings and window positions live; the system's place for application data when absent. */
  readonly dataDirectory: string | undefined;
  /** Write a picture of the living window here and leave. */
  readonly screenshotFile: string | undefined;
  /** Open the demo at once, without the first-run screen. */
  readonly demo: boolean;
  readonly demoVehicles: number;
  readonly demoSeed: number;
  /** Route to open, as in a link: `#/live?vehicle=…`. */
  readonly route: string | undefined;
  readonly theme: 'dark' | 'light' | undefined;
  readonly size: { readonly width: number; readonly height: number } | undefined;
};

export const MAX_DEMO_VEHICLES = 10_000;

/** @throws Error with a sentence when a value makes no sense. */
export function readLaunchOptions(argv: readonly string[]): LaunchOptions {
  const value = (name: string) => argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
  const screenshotFile = value('screenshot');
  return {
    dataDirectory: value('data'),
    screenshotFile,
    demo: argv.includes('--demo') || screenshotFile !== undefined,
    demoVehicles: wholeNumber('vehicles', value('vehicles'), 200, 1, MAX_DEMO_VEHICLES),
    demoSeed: wholeNumber('seed', value('seed'), 7, 0, 0xffff_ffff),
    route: readRoute(value('route')),
    theme: oneOf('theme', value('theme'), ['dark', 'light']),
    size: readSize(value('size')),
  };
}

function wholeNumber(name: string, text: string | undefined, otherwise: number, min: number, max: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max)
    throw new Error(`--${name} takes a whole number from ${min} to ${max}, not “${text}”.`);
  return number;
}

function oneOf<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new Error(`--${name} takes ${choices.join(' or ')}, not “${text}”.`);
  return choice;
}

function readRoute(text: string | undefined): string | undefined {
  if (text !== undefined && !PAGE_HASH.test(text))
    throw new Error(`--route takes a page such as #/live, not “${text}”.`);
  return text;
}

function readSize(text: string | undefined): LaunchOptions['size'] {
  if (text === undefined) return undefined;
  const match = /^(\d{3,5})x(\d{3,5})$/u.exec(text);
  if (match === null) throw new Error(`--size takes WIDTHxHEIGHT such as 1920x1080, not “${text}”.`);
  return { width: Number(match[1]), height: Number(match[2]) };
}
