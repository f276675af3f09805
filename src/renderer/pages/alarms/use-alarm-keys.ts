/** The Alarms page by keyboard: what is marked, or else the alarm under the cursor, is acted on. */
import { useCallback, useState, type RefObject } from 'react';
import type { Alarm } from '../../../shared/domain/alarm/alarm.ts';
import { acknowledge, unshelve } from '../../alarm/operate-alarms.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';

type AlarmKeysParts = {
  /** Nothing is done to what is not seen, marked or not. */
  readonly listed: ReadonlyMap<string, Alarm>;
  /** The one under the cursor at this very moment. */
  readonly chosenId: () => string | undefined;
  readonly grid: RefObject<GridHandle | null>;
  readonly onView: (view: 'shelved' | 'journal' | undefined) => void;
  readonly onBack: () => void;
};

export type AlarmKeys = {
  readonly marked: ReadonlySet<string>;
  /** Those the shelving dialog is open for. */
  readonly shelving: readonly Alarm[] | undefined;
  readonly shelve: () => void;
  readonly endShelving: () => void;
  readonly clearMarks: () => void;
  readonly targets: () => readonly Alarm[];
};

const NONE: ReadonlySet<string> = new Set();

export function useAlarmKeys({ listed, chosenId, grid, onView, onBack }: AlarmKeysParts): AlarmKeys {
  const [marked, setMarked] = useState(NONE);
  const [shelving, setShelving] = useState<readonly Alarm[]>();
  const clearMarks = useCallback(() => setMarked(NONE), []);

  function targets(): readonly Alarm[] {
    const chosen = chosenId();
    const ids = marked.size > 0 ? [...marked] : chosen === undefined ? [] : [chosen];
    return ids.flatMap((id) => listed.get(id) ?? []);
  }

  function shelve(): void {
    const toShelve = targets();
    if (toShelve.length > 0) setShelving(toShelve);
  }

  function act(run: (on: readonly Alarm[]) => Promise<void>): void {
    void run(targets());
    clearMarks();
  }

  function toggleMark(): void {
    const id = chosenId();
    if (id === undefined || !listed.has(id)) return;
    setMarked((before) =>
      before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set(before).add(id),
    );
  }

  useShortcuts('Alarms', [
    { keys: 'j', does: 'Next alarm; Enter opens what it is about', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous alarm', run: () => grid.current?.move(-1) },
    { keys: 'Space', does: 'Mark the alarm, or take the mark away', run: toggleMark },
    { keys: 'a', does: 'Acknowledge what is marked, or the alarm', run: () => act(acknowledge) },
    { keys: 's', does: 'Shelve what is marked, or the alarm…', run: shelve },
    { keys: 'u', does: 'Take it off the shelf', run: () => act(unshelve) },
    { keys: '1', does: 'The list of what stands', run: () => onView(undefined) },
    { keys: '2', does: 'The shelf', run: () => onView('shelved') },
    { keys: '3', does: 'The journal', run: () => onView('journal') },
    {
      keys: 'Escape',
      does: 'One level back: marks, then filter',
      run: () => (marked.size > 0 ? clearMarks() : onBack()),
    },
  ]);
  return { marked, shelving, shelve, endShelving: () => setShelving(undefined), clearMarks, targets };
}
