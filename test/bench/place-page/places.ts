/**
 * The page on which the Charge page is measured: the console's own code, whole, over a scripted backend; or, with `#peer`, a
 * bare map with Leaflet's own circle markers for the same places.
 */
import '../../../src/renderer/shell/trusted-types.ts';
import '../../../src/renderer/shell/theme/tokens.css';
import '../../../src/renderer/shell/theme/base.css';
import '../../../src/renderer/shell/shell.css';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { ThemeProvider } from '@mui/material/styles';
import { RouterProvider } from '@tanstack/react-router';
import L from 'leaflet';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { openMap } from '../../../src/renderer/instruments/map/open-map.ts';
import { watchKeySequences } from '../../../src/renderer/instruments/keyboard/shortcuts.ts';
import { listenForPorts } from '../../../src/renderer/link/ops-client.ts';
import { router } from '../../../src/renderer/shell/routes.tsx';
import { theme } from '../../../src/renderer/shell/theme/theme.ts';
import { startScriptedBackend } from './scripted-backend.ts';
import { makePlaces } from './scripted-places.ts';

const PLACES = 5000;
const root = document.getElementById('root');

function startConsole(into: HTMLElement): void {
  watchKeySequences();
  listenForPorts();
  createRoot(into).render(
    createElement(
      CacheProvider,
      { value: createCache({ key: 'mui' }) },
      createElement(ThemeProvider, { theme }, createElement(RouterProvider, { router })),
    ),
  );
  window.postMessage('switchyard-port', '*', [startScriptedBackend(PLACES)]);
}

/** Where and as large as the Charge page has its map; spared pointer events, kinds, a list and news of any state. */
function startPeer(into: HTMLElement): void {
  const { width, height, lat, lon, zoom } = Object.fromEntries(
    new URLSearchParams(window.location.hash.split('?')[1] ?? ''),
  );
  into.style.width = `${width}px`;
  into.style.height = `${height}px`;
  const map = openMap(into, { lat: Number(lat), lon: Number(lon), zoom: Number(zoom) });
  const renderer = L.canvas();
  for (const { latitude, longitude } of makePlaces(PLACES, Date.now()))
    L.circleMarker([latitude, longitude], { renderer, radius: 5, weight: 1.4, interactive: false }).addTo(map);
  Object.assign(globalThis, { peerMap: map });
}

if (root !== null) {
  if (window.location.hash.startsWith('#peer')) startPeer(root);
  else startConsole(root);
}
