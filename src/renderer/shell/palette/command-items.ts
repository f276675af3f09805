/** Pages and commands as palette items. */
import type { ConsoleFacts } from '../../../shared/ipc/console-contract.ts';
import { DEMO_FAULTS } from '../../../shared/ipc/console-contract.ts';
import { askShell } from '../../link/shell-bridge.ts';
import { toastRefusal } from '../../link/send-command.ts';
import { DEMO_SPEEDS, setDemoSpeed, startDemoFault, stopDemoFault } from '../demo/demo-ribbon.tsx';
import { FAULT_WORDS } from '../demo/fault-words.ts';
import { PAGES, type PageEntry } from '../page-list.ts';
import { chooseTheme, THEME_CHOICES, type ThemeChoice } from '../theme/theme-choice.ts';
import type { PaletteGroup, PaletteItem } from './palette-items.ts';

const FAULT_SECONDS = 30;

export type PaletteActions = {
  readonly goTo: (to: PageEntry['to']) => void;
  readonly showKeys: () => void;
  readonly setUpLine: () => void;
};

export function pageGroup(actions: PaletteActions): PaletteGroup {
  const items = PAGES.map((page) => ({
    id: `page ${page.to}`,
    title: page.name,
    note: page.holds,
    keys: `g ${page.letter.toLowerCase()}`,
    run: () => actions.goTo(page.to),
  }));
  return { name: 'Pages', shownUnasked: true, items: () => items };
}

export function commandGroup(actions: PaletteActions, demo: ConsoleFacts['demo'], theme: ThemeChoice): PaletteGroup {
  const items: PaletteItem[] = [
    {
      id: 'open-window',
      title: 'Open this page in a new window',
      note: 'with its filter and selection',
      run: () => void tellShell('shell/open-window', { hash: window.location.hash }, 'The new window'),
    },
    {
      id: 'set-up-line',
      title: 'Set up a meter line…',
      note: 'find meters on an adapter or device server',
      keywords: 'commissioning add meter serial modbus trace',
      run: actions.setUpLine,
    },
    { id: 'show-keys', title: 'Show the keys of this page', note: '', keys: '[Shift]+?', run: actions.showKeys },
    ...THEME_CHOICES.map((choice) => ({
      id: `theme ${choice}`,
      title: choice === 'system' ? 'Theme: as the system has it' : `Theme: ${choice}`,
      note: choice === theme ? 'now' : '',
      keywords: 'appearance colours mode',
      run: () => chooseTheme(choice),
    })),
    ...(demo === undefined ? [] : demoItems(demo)),
    {
      id: 'base-map',
      title: 'Choose a base map…',
      note: 'a .pmtiles file from this computer',
      keywords: 'pmtiles map tiles',
      run: () => void tellShell('shell/choose-base-map', {}, 'The base map'),
    },
    {
      id: 'leave-profile',
      title: 'Leave this profile',
      note: 'back to the first screen; everything stays stored',
      keywords: 'log out switch close demo connect marketplace',
      run: () => void tellShell('shell/leave-profile', {}, 'Leaving the profile'),
    },
  ];
  return { name: 'Commands', shownUnasked: true, items: () => items };
}

function demoItems(demo: NonNullable<ConsoleFacts['demo']>): PaletteItem[] {
  return [
    ...DEMO_SPEEDS.map((rate) => ({
      id: `speed ${rate}`,
      title: `Demo speed ×${rate}`,
      note: demo.rate === rate ? 'now' : '',
      keywords: `x${rate} faster slower clock`,
      run: () => setDemoSpeed(rate),
    })),
    ...DEMO_FAULTS.map((kind) => ({
      id: `fault ${kind}`,
      title: `Start fault: ${FAULT_WORDS[kind].name.toLowerCase()}`,
      note: `${FAULT_SECONDS} s · ${FAULT_WORDS[kind].does}`,
      run: () => void startDemoFault(kind, FAULT_SECONDS),
    })),
    ...demo.faults.map(({ kind }) => ({
      id: `end fault ${kind}`,
      title: `End fault: ${FAULT_WORDS[kind].name.toLowerCase()}`,
      note: 'it runs now',
      run: () => void stopDemoFault(kind),
    })),
  ];
}

type Told = 'shell/open-window' | 'shell/choose-base-map' | 'shell/leave-profile';

export async function tellShell(name: Told, input: { hash?: string }, saying: string): Promise<void> {
  const answer = await askShell(name, input as { hash: string });
  if (!answer.ok) toastRefusal(`${saying} was refused`, answer.error.message, { request: name, ...answer.error });
}
