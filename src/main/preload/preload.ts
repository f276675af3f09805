/**
 * The bridge, and nothing else: ask the shell, hear its state, and take the MessagePort to the backend. The three verbs
 * themselves run over that port straight between page and backend, because objects through contextBridge cost about
 * 2 ms per 5 KB and a snapshot of 10 000 vehicles is megabytes.
 */
import { contextBridge, ipcRenderer } from 'electron';
import type { ShellAnswer, ShellBridge, ShellState } from '../../shared/ipc/shell-contract.ts';

ipcRenderer.on('switchyard-port', (event) => {
  window.postMessage('switchyard-port', window.location.origin, [...event.ports]);
});

ipcRenderer.on('switchyard-port-lost', () => {
  window.postMessage('switchyard-port-lost', window.location.origin);
});

const bridge: ShellBridge = {
  ask: async (name, input) => (await ipcRenderer.invoke('switchyard-shell', name, input)) as ShellAnswer<typeof name>,
  onState: (listener) => {
    const receive = (_event: unknown, state: ShellState) => listener(state);
    ipcRenderer.on('switchyard-state', receive);
    return () => ipcRenderer.removeListener('switchyard-state', receive);
  },
};

contextBridge.exposeInMainWorld('switchyard', bridge);
