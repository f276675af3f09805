/** Electron's own menu offers developer tools and its makers' web pages; a control room needs neither. */
import { Menu } from 'electron';

export function setApplicationMenu(): void {
  // Only macOS takes the keys for copying and quitting from the menu.
  const menu =
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null;
  Menu.setApplicationMenu(menu);
}
