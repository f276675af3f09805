/** Behind `?`: the keys that work right now, from the registry itself. */
import Dialog from '@mui/material/Dialog';
import { useShortcutSections } from '../../instruments/keyboard/shortcuts.ts';
import { Keys } from './command-palette.tsx';

/** Keys of the browser's and the dialogs' own that no one registers. */
const ALWAYS = [
  { keys: 'Tab', does: 'To the next control' },
  { keys: 'Escape', does: 'One level back' },
  { keys: 'Alt+ArrowLeft', does: 'Back in this window’s history' },
] as const;

export function ShortcutSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const sections = useShortcutSections();
  const pageFirst = [...sections].sort((a, b) => Number(a.page === 'Everywhere') - Number(b.page === 'Everywhere'));
  return (
    <Dialog
      open={open}
      onClose={onClose}
      maxWidth={false}
      aria-labelledby="key-sheet-title"
      slotProps={{ paper: { className: 'key-sheet' } }}
    >
      <header>
        <h2 id="key-sheet-title">Keys</h2>
        <button type="button" className="btn quiet" onClick={onClose} autoFocus>
          Close <kbd>Esc</kbd>
        </button>
      </header>
      <div className="key-columns">
        {pageFirst.map((section, place) => (
          <section key={`${place} ${section.page}`}>
            <h3>{section.page}</h3>
            <dl>
              {[...section.shortcuts, ...(section.page === 'Everywhere' ? ALWAYS : [])].map(({ keys, does }) => (
                <div key={keys}>
                  <dt>{does}</dt>
                  <dd>
                    <Keys keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
