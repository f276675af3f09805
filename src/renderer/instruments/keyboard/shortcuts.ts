/**
 * The window's keyboard. Whoever owns a key says in the same breath what it does, so the sheet behind `?` can never lag
 * behind the code. Keys do nothing while the user types or a dialog is open, except those with Ctrl or ⌘.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { createKeybindingsHandler } from 'tinykeys';

export type Shortcut = {
  /** As tinykeys writes it: `j`, `Escape`, `g l`, `$mod+k`, `[Shift]+?` (Shift where the layout needs it). */
  readonly keys: string;
  /** What it does, for the sheet: "Open the selected vehicle". */
  readonly does: string;
  readonly run: (event: KeyboardEvent) => void;
};

export type ShortcutSection = { readonly page: string; readonly shortcuts: readonly Pick<Shortcut, 'keys' | 'does'>[] };

/** How long `G` waits for its letter. */
const SEQUENCE_MS = 1200;

const sections = new Map<symbol, ShortcutSection>();
const sectionListeners = new Set<() => void>();
let sectionList: readonly ShortcutSection[] = [];

function publishSections(): void {
  sectionList = [...sections.values()];
  for (const listener of sectionListeners) listener();
}

/** Keys that came after `G`: they complete a sequence and must not also be a page's single key (`K` is "row up"). */
const takenBySequence = new WeakSet<Event>();
const prefixListeners = new Set<() => void>();
let prefixTimer: number | undefined;

function setPrefix(pending: boolean): void {
  window.clearTimeout(prefixTimer);
  prefixTimer = pending ? window.setTimeout(() => setPrefix(false), SEQUENCE_MS) : undefined;
  for (const listener of prefixListeners) listener();
}

/** Watches for `G` before any page hears the key. Called once, by the entry. */
export function watchKeySequences(): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (isElsewhere(event) || event.key === 'Shift') return;
      const isPrefix = event.key.toLowerCase() === 'g' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (prefixTimer !== undefined && !isPrefix) {
        takenBySequence.add(event);
        setPrefix(false);
      } else if (isPrefix) setPrefix(true);
    },
    { capture: true },
  );
}

/** True while `G` waits for its letter: the status bar then says which letters there are. */
export function useSequencePending(): boolean {
  return useSyncExternalStore(
    (listener) => {
      prefixListeners.add(listener);
      return () => prefixListeners.delete(listener);
    },
    () => prefixTimer !== undefined,
  );
}

/** The key belongs to a text field or to an open dialog or menu. */
function isElsewhere(event: KeyboardEvent): boolean {
  const target = event.target;
  if (target instanceof HTMLElement) {
    if (target.isContentEditable || target.closest('input, textarea, select, [role="combobox"]') !== null) return true;
  }
  return document.querySelector('[role="dialog"][aria-modal="true"], .MuiPopover-root') !== null;
}

/** Registers a page's keys while the component is mounted. The list may be made anew at each render. */
export function useShortcuts(page: string, shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = shortcuts.map(({ keys, does }) => `${keys}\u0000${does}`).join('\u0001');

  useEffect(() => {
    const token = Symbol(page);
    const bindings: Record<string, (event: KeyboardEvent) => void> = {};
    latest.current.forEach(({ keys }, place) => {
      bindings[keys] = (event) => {
        // A sequence needs its own `G`: tinykeys lets `G L` leave `G K` half pressed, and K would then change the page.
        const isSequence = keys.includes(' ');
        if (takenBySequence.has(event) !== isSequence) return;
        if (isElsewhere(event) && !keys.includes('$mod')) return;
        event.preventDefault();
        latest.current[place]?.run(event);
      };
    });
    sections.set(token, { page, shortcuts: latest.current.map(({ keys, does }) => ({ keys, does })) });
    publishSections();
    const listener = createKeybindingsHandler(bindings, {
      timeout: SEQUENCE_MS,
      // Typing is judged above, and a held J or K is meant to repeat.
      ignore: (event) => event.isComposing,
    });
    window.addEventListener('keydown', listener);
    return () => {
      window.removeEventListener('keydown', listener);
      sections.delete(token);
      publishSections();
    };
  }, [page, shape]);
}

/** Everything registered now, for the sheet. */
export function useShortcutSections(): readonly ShortcutSection[] {
  return useSyncExternalStore(
    (listener) => {
      sectionListeners.add(listener);
      return () => sectionListeners.delete(listener);
    },
    () => sectionList,
  );
}

/** `$mod+k` as it stands on the keyboard: [['Ctrl', 'K']]; a sequence has several steps. */
export function keyCaps(keys: string): readonly (readonly string[])[] {
  const onMac = navigator.platform.startsWith('Mac');
  return keys.split(' ').map((press) =>
    press
      .split(/(?<=\w|\])\+/u)
      .filter((part) => part !== '[Shift]')
      .map((part) => {
        if (part === '$mod') return onMac ? '⌘' : 'Ctrl';
        if (part === 'Escape') return 'Esc';
        if (part.startsWith('Arrow'))
          return { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' }[part] ?? part;
        return part.length === 1 ? part.toUpperCase() : part;
      }),
  );
}
