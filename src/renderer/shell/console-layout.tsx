/** The frame around every page: top bar, rail, page, status bar; and what is reachable from anywhere. */
import './bars/bars.css';
import { Outlet, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { TopBar } from './bars/top-bar.tsx';
import { Rail } from './bars/rail.tsx';
import { StatusBar } from './bars/status-bar.tsx';
import { searchOf, useRememberLive } from './last-live.ts';
import { PAGES } from './page-list.ts';
import { CommandPalette } from './palette/command-palette.tsx';
import { ShortcutSheet } from './palette/shortcut-sheet.tsx';
import { useShortcuts } from '../instruments/keyboard/shortcuts.ts';

type Overlay = 'none' | 'palette' | 'keys';

export function ConsoleLayout() {
  const [overlay, setOverlay] = useState<Overlay>('none');
  const navigate = useNavigate();
  useRememberLive();
  const close = useCallback(() => setOverlay('none'), []);
  const openPalette = useCallback(() => setOverlay('palette'), []);
  const openKeys = useCallback(() => setOverlay('keys'), []);

  useShortcuts('Everywhere', [
    {
      keys: '$mod+k',
      does: 'Find or do anything',
      run: () => setOverlay((now) => (now === 'palette' ? 'none' : 'palette')),
    },
    { keys: '[Shift]+?', does: 'Show the keys of this page', run: openKeys },
    ...PAGES.map((page) => ({
      keys: `g ${page.letter.toLowerCase()}`,
      does: `Go to ${page.name}`,
      run: () => void navigate({ to: page.to, search: searchOf(page.to) } as never),
    })),
  ]);

  return (
    <div className="console">
      <a className="skip-link" href="#page" onClick={focusPage}>
        Skip to the page
      </a>
      <TopBar onSearch={openPalette} />
      <Rail />
      <main id="page" className="page" tabIndex={-1}>
        <Outlet />
      </main>
      <StatusBar onKeys={openKeys} />
      <CommandPalette open={overlay === 'palette'} onClose={close} onShowKeys={openKeys} />
      <ShortcutSheet open={overlay === 'keys'} onClose={close} />
    </div>
  );
}

/** The hash is the router's, so the jump is made by hand. */
function focusPage(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('page')?.focus();
}
