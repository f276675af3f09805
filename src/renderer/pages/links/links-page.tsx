/** Everything about the console's links: how the marketplace link does, what waits in the queue, what was quarantined. */
import './links-page.css';
import { useFeed, useOnlyRecord } from '../../link/use-feed.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { LinkCard } from './links-card.tsx';
import { CommandQueue } from './links-command-queue.tsx';
import { LinkEvents } from './links-events.tsx';
import { Quarantine } from './links-quarantine.tsx';

export function LinksPage() {
  const status = useOnlyRecord('link/status');
  const phase = useFeed('link/status').phase;
  useShortcuts('Links', [
    { keys: 'm', does: 'To the marketplace link', run: () => focusSection('links-marketplace') },
    { keys: 'c', does: 'To the queue of commands', run: () => focusSection('links-queue') },
    { keys: 'q', does: 'To the quarantine', run: () => focusSection('links-quarantine') },
    { keys: 'e', does: 'To the link’s events', run: () => focusSection('links-events') },
  ]);
  return (
    <div className="links-page">
      <LinkCard status={status} broken={phase === 'broken'} />
      <CommandQueue />
      <LinkEvents moment={status?.sinceMs} />
      <Quarantine status={status} />
    </div>
  );
}

function focusSection(id: string): void {
  const section = document.getElementById(id);
  section?.focus();
  section?.scrollIntoView({ block: 'nearest' });
}
