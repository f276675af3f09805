/** Ctrl+K: anything by its name. Vehicles, depots, chargers, pages and commands in one list, by keyboard alone. */
import './palette.css';
import Dialog from '@mui/material/Dialog';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { useMemo, useState } from 'react';
import { useOnlyRecord } from '../../link/use-feed.ts';
import { keyCaps } from '../../instruments/keyboard/shortcuts.ts';
import { searchOf } from '../last-live.ts';
import type { PageEntry } from '../page-list.ts';
import { useThemeChoice } from '../theme/theme-choice.ts';
import { commandGroup, pageGroup } from './command-items.ts';
import { findInGroups, type FoundGroup, type PaletteItem } from './palette-items.ts';
import { recordGroups } from './record-items.ts';

type Props = { readonly open: boolean; readonly onClose: () => void; readonly onShowKeys: () => void };

export function CommandPalette({ open, onClose, onShowKeys }: Props) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      maxWidth={false}
      // A palette that is still fading when it is called again would open without its focus.
      transitionDuration={0}
      slotProps={{
        container: { className: 'palette-place' },
        paper: { className: 'palette', 'aria-label': 'Find or do anything' },
      }}
    >
      <PaletteBody onClose={onClose} onShowKeys={onShowKeys} />
    </Dialog>
  );
}

function PaletteBody({ onClose, onShowKeys }: Omit<Props, 'open'>) {
  const navigate = useNavigate();
  const demo = useOnlyRecord('console/facts')?.demo;
  const themeChoice = useThemeChoice();
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | undefined>();

  const groups = useMemo(() => {
    const actions = {
      goTo: (to: PageEntry['to']) => void navigate({ to, search: searchOf(to) } as never),
      showKeys: onShowKeys,
      setUpLine: () => void navigate({ to: '/commissioning', search: {} } as never),
    };
    const openLive = (search: object) =>
      void navigate({ to: '/live', search: () => ({ ...searchOf('/live'), ...search }) } as never);
    const open = {
      live: openLive,
      charge: (search: object) => void navigate({ to: '/charge', search } as never),
      meter: (meter: string) => void navigate({ to: '/meters', search: { meter } } as never),
      line: (line: string) => void navigate({ to: '/links', search: { line } } as never),
    };
    return [pageGroup(actions), ...recordGroups(open), commandGroup(actions, demo, themeChoice)];
  }, [navigate, onShowKeys, demo, themeChoice]);

  const found = useMemo(() => findInGroups(groups, typed), [groups, typed]);
  const first = found[0]?.items[0]?.id ?? '';

  const run = (item: PaletteItem) => {
    onClose();
    item.run();
  };

  return (
    <Command
      shouldFilter={false}
      loop
      label="Find or do anything"
      value={chosen ?? first}
      onValueChange={setChosen}
      vimBindings={false}
    >
      <Command.Input
        autoFocus
        value={typed}
        placeholder="Find a vehicle, depot, charger, command…"
        onValueChange={(value) => {
          setTyped(value);
          setChosen(undefined);
        }}
      />
      <Command.List label="Found">
        {found.map((group) => (
          <Command.Group key={group.name} heading={headingOf(group)}>
            {group.items.map((item) => (
              <Command.Item key={item.id} value={item.id} onSelect={() => run(item)}>
                <span className="palette-title">{item.title}</span>
                <span className="palette-note">{item.note}</span>
                {item.keys !== undefined && <Keys keys={item.keys} />}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
        {found.length === 0 && (
          <div className="empty" role="status">
            <b>Nothing is called “{typed}”</b>
            Vehicles are found by registration or model, chargers by label, place or operator.
          </div>
        )}
      </Command.List>
      <footer className="palette-foot">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> choose
        </span>
        <span>
          <kbd>Enter</kbd> open
        </span>
        <span>
          <kbd>Esc</kbd> close
        </span>
      </footer>
    </Command>
  );
}

function headingOf(group: FoundGroup): string {
  return group.items.length < group.total
    ? `${group.name} · ${group.items.length} of ${group.total.toLocaleString('en-GB')}`
    : group.name;
}

export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys">
      {keyCaps(keys).map((press, place) => (
        // The steps of one shortcut never change places.
        <span key={`${place} ${press.join('+')}`}>
          {place > 0 && <i>then</i>}
          {press.map((cap) => (
            <kbd key={cap}>{cap}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}
