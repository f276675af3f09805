/** The window's entry: the guards first, then the ports and the shell's state, then the first paint. */
import './shell/trusted-types.ts';
import './shell/no-evaluation.ts';
import { styleNonce } from './shell/style-nonce.ts';
import '@fontsource-variable/inter/wght.css';
import './shell/theme/tokens.css';
import './shell/theme/base.css';
import './shell/shell.css';
import createCache from '@emotion/cache';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { assert } from '../shared/kernel/assert.ts';
import { listenForPorts } from './link/ops-client.ts';
import { App } from './shell/app.tsx';
import { followShell } from './link/shell-bridge.ts';
import { watchKeySequences } from './instruments/keyboard/shortcuts.ts';
import { followTheme } from './shell/theme/theme-choice.ts';

followTheme();
watchKeySequences();
listenForPorts();
followShell();

const root = document.getElementById('root');
assert(root !== null, 'main.html has a root element');
createRoot(root).render(
  <StrictMode>
    <App styleCache={createCache({ key: 'mui', nonce: styleNonce, prepend: true })} />
  </StrictMode>,
);
