// The direction of imports, as rules for dependency-cruiser. Paths are relative to the repository; a rule's comment is what
// a person reads when it fires.

import type { IReachabilityForbiddenRuleType, IRegularForbiddenRuleType } from 'dependency-cruiser';

/** Downhill to uphill: a noun may import those on the steps before its own, and no other. */
export const nounSteps: readonly (readonly string[])[] = [
  ['alarm'],
  ['fleet', 'tariff'],
  ['account'],
  ['metering'],
  ['marketplace'],
  ['charging'],
  ['dispatch'],
  ['billing'],
  ['insight'],
];
export const nouns: readonly string[] = nounSteps.flat();
export const mainMachinery: readonly string[] = ['database', 'feed', 'outbox', 'serial', 'marketplace-link', 'ipc'];
export const rendererMachinery: readonly string[] = ['link', 'instruments'];

const anyOf = (names: readonly string[]): string => `(${names.join('|')})`;
const inAnyRoom = (names: readonly string[]): string => `^src/(shared/domain|main|renderer)/${anyOf(names)}/`;
const library = (name: string): string => `(^|node_modules/)(@types/)?${name}(/|$)`;
const inputAndOutput =
  '^(node:)?(fs|net|tls|http|http2|https|dgram|child_process|worker_threads|cluster|os|process|readline|dns)(/|$)';

type Rule = IRegularForbiddenRuleType | IReachabilityForbiddenRuleType;

const forbid = (name: string, comment: string, from: Rule['from'], to: Rule['to']): Rule => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
});

/** The nouns that a noun may not import: its neighbours on the same step and all above. */
export function uphillOf(noun: string): readonly string[] {
  const step = nounSteps.findIndex((names) => names.includes(noun));
  return nounSteps
    .slice(step)
    .flat()
    .filter((other) => other !== noun);
}

const downhill = nouns
  .filter((noun) => uphillOf(noun).length > 0)
  .map((noun) =>
    forbid(
      `${noun}-runs-downhill`,
      `${noun} imports only nouns below it; what lies uphill hands its facts down as plain values`,
      { path: inAnyRoom([noun]) },
      { path: inAnyRoom(uphillOf(noun)) },
    ),
  );

const sharedRules = [
  forbid(
    'shared-imports-nothing-else',
    'shared runs in every process: big.js, temporal-polyfill and, in ipc, zod are all it may import',
    { path: '^src/shared/' },
    { pathNot: ['^src/shared/', library('big\\.js'), library('temporal-(polyfill|spec|utils)'), library('zod')] },
  ),
  forbid(
    'shared-uses-zod-in-ipc-only',
    'schemas stand at the edges, decisions do not need them',
    { path: '^src/shared/', pathNot: '^src/shared/ipc/' },
    { path: library('zod') },
  ),
  forbid(
    'kernel-imports-only-kernel',
    'the kernel is the closed set below everything',
    { path: '^src/shared/kernel/' },
    {
      path: '^src/shared/',
      pathNot: '^src/shared/kernel/',
    },
  ),
  forbid(
    'domain-never-sees-ipc',
    'a decision knows nothing of how it is asked',
    { path: '^src/shared/domain/' },
    {
      path: '^src/shared/ipc/',
    },
  ),
];

const processRules = [
  forbid(
    'main-never-imports-renderer',
    'the processes meet in shared, types included',
    { path: '^src/main/' },
    {
      path: '^src/renderer/',
    },
  ),
  forbid(
    'renderer-never-imports-main',
    'the processes meet in shared, types included',
    { path: '^src/renderer/' },
    {
      path: '^src/main/',
    },
  ),
  forbid(
    'renderer-never-imports-node',
    'the page is sandboxed',
    { path: '^src/renderer/' },
    { dependencyTypes: ['core'] },
  ),
];

const mainRules = [
  forbid(
    'main-machinery-knows-no-noun',
    'nouns register with the machinery, never the other way',
    { path: `^src/main/${anyOf(mainMachinery)}/` },
    { path: inAnyRoom(nouns) },
  ),
  forbid(
    'main-is-composed-from-above',
    'only shell and tool compose: nouns and machinery are handed what they need',
    { path: `^src/main/${anyOf([...nouns, ...mainMachinery])}/` },
    { path: '^src/main/(shell|preload|tool|demo)/' },
  ),
  forbid(
    'nouns-never-import-the-gate',
    'a noun gives its answers to whoever composes; the ipc gate knows the contract only',
    { path: `^src/main/${anyOf(nouns)}/` },
    { path: '^src/main/ipc/' },
  ),
  forbid(
    'demo-imports-only-shared-and-wire',
    'a demo that shared our parsers would mirror their bugs',
    { path: '^src/main/demo/' },
    { path: '^src/', pathNot: '^src/(shared|main/demo|main/marketplace-link/wire)/' },
  ),
  forbid(
    'nobody-imports-tool',
    'the command line is a composition root of its own',
    { path: '^src/', pathNot: '^src/main/tool/' },
    {
      path: '^src/main/tool/',
    },
  ),
  forbid(
    'preload-is-only-the-bridge',
    'the preload script is the one privileged piece in the page: it forwards three verbs',
    { path: '^src/main/preload/' },
    { pathNot: [library('electron'), '^src/main/preload/', '^src/shared/'] },
  ),
];

const driverRules = [
  forbid(
    'only-shell-and-preload-import-electron',
    'so that everything else is tested under plain Node',
    { pathNot: '^src/main/(shell|preload)/' },
    { path: library('electron') },
  ),
  forbid(
    'tool-never-reaches-electron',
    'the command line runs where no Electron is',
    { path: '^src/main/tool/' },
    { path: library('electron'), reachable: true },
  ),
  forbid(
    'only-database-opens-sqlite',
    'one place sets the pragmas',
    { pathNot: '^src/main/database/' },
    {
      path: library('better-sqlite3'),
    },
  ),
  forbid(
    'only-serial-opens-serialport',
    'one place owns the ports',
    { pathNot: '^src/main/serial/' },
    {
      path: library('(serialport|@serialport/.*)'),
    },
  ),
  forbid(
    'only-marketplace-link-opens-socket-io-client',
    'one place keeps the offset log and the outbox honest',
    { pathNot: '^src/main/marketplace-link/' },
    { path: library('socket\\.io-client') },
  ),
  forbid(
    'only-demo-serves-socket-io',
    'the console is a client',
    { pathNot: '^src/main/demo/' },
    {
      path: library('socket\\.io'),
    },
  ),
  forbid(
    'codec-does-no-io',
    'bytes in, values out',
    { path: '/codec/' },
    {
      path: [
        inputAndOutput,
        library('(electron|serialport|better-sqlite3|socket\\.io.*)'),
        '^src/main/(database|serial)/',
      ],
    },
  ),
];

const rendererRules = [
  forbid(
    'renderer-machinery-knows-no-noun',
    'link and instruments are ours to reuse: they know no noun, page or shell',
    { path: `^src/renderer/${anyOf(rendererMachinery)}/` },
    { path: [inAnyRoom(nouns), '^src/renderer/(pages|shell)/'] },
  ),
  forbid(
    'renderer-nouns-import-no-page',
    'pages compose nouns, the shell composes pages',
    { path: `^src/renderer/${anyOf(nouns)}/` },
    { path: '^src/renderer/(pages|shell)/' },
  ),
  forbid(
    'pages-import-no-shell',
    'the shell composes pages',
    { path: '^src/renderer/pages/' },
    {
      path: '^src/renderer/shell/',
    },
  ),
];

const wholeRules = [
  forbid('no-cycles', 'two modules that need each other are one, or three', {}, { circular: true }),
  forbid(
    'every-import-resolves',
    'what cannot be found cannot be judged',
    {},
    {
      couldNotResolve: true,
      pathNot: ['\\?', '^virtual:'],
    },
  ),
];

export const importRules: readonly Rule[] = [
  ...sharedRules,
  ...processRules,
  ...mainRules,
  ...driverRules,
  ...rendererRules,
  ...downhill,
  ...wholeRules,
];
