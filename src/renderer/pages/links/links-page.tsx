/** Everything about the console's links: how the marketplace link and the meter lines do, what waits in the queue, what was quarantined. */
import './links-page.css';
import { useNavigate } from '@tanstack/react-router';
import { useFeed, useOnlyRecord } from '../../link/use-feed.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useMetering } from '../../metering/use-metering.ts';
import { LinkCard } from './links-card.tsx';
import { CommandQueue } from './links-command-queue.tsx';
import { LinkEvents } from './links-events.tsx';
import { LinksLines } from './links-lines.tsx';
import { Quarantine } from './links-quarantine.tsx';

export function LinksPage() {
  const navigate = useNavigate();
  const status = useOnlyRecord('link/status');
  const phase = useFeed('link/status').phase;
  const metering = useMetering();
  const hasLines = metering.lines.size > 0;
  useShortcuts('Links', [
    { keys: 'm', does: 'To the marketplace link', run: () => focusSection('links-marketplace') },
    { keys: 'l', does: 'To the meter lines', run: () => focusSection('links-lines') },
    { keys: 'c', does: 'To the queue of commands', run: () => focusSection('links-queue') },
    { keys: 'q', does: 'To the quarantine', run: () => focusSection('links-quarantine') },
    {
      keys: 'a',
      does: 'Add a line of meters',
      run: () => void navigate({ to: '/commissioning', search: {} } as never),
    },
    { keys: 'e', does: 'To the link’s events', run: () => focusSection('links-events') },
  ]);
  return (
    <div className={hasLines ? 'links-page with-lines' : 'links-page'}>
      <LinkCard status={status} broken={phase === 'broken'} />
      {hasLines && <LinksLines metering={metering} />}
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
