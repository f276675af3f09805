/**
 * Acknowledge, shelve and take off the shelf: seen at once by the domain's own rule, then confirmed; a refusal rolls back and says
 * why. What can be undone is offered.
 */
import { toast } from 'sonner';
import type { Alarm } from '../../shared/domain/alarm/alarm.ts';
import { acknowledgeAlarm, shelveAlarm, unshelveAlarm } from '../../shared/domain/alarm/operate-alarm.ts';
import type { ShelveMinutes } from '../../shared/ipc/alarm-contract.ts';
import { recordStore } from '../link/record-store.ts';
import { sendCommand } from '../link/send-command.ts';
import { countOf } from './alarm-words.ts';
import { isUnacknowledged } from './list-alarms.ts';
import { layOver } from './pending-deeds.ts';

/** Once it is stored the feed tells of it within a quarter of a second; what it never told of is not kept over it for long. */
const FEED_FOLLOWS_MS = 2_000;

function deed(): { readonly atMs: number; readonly operator: string } {
  const operator = recordStore('console/facts').view().records.get('console')?.operator ?? '';
  return { atMs: Date.now(), operator };
}

export async function acknowledge(alarms: readonly Alarm[]): Promise<void> {
  const open = alarms.filter(isUnacknowledged);
  if (open.length === 0) return;
  const by = deed();
  await carryOut(
    open,
    (alarm) => acknowledgeAlarm(alarm, by),
    () => sendCommand('alarm/acknowledge', { alarmIds: idsOf(open) }, 'The acknowledgement'),
  );
}

export async function shelve(alarms: readonly Alarm[], minutes: ShelveMinutes, reason: string): Promise<void> {
  if (alarms.length === 0) return;
  const by = deed();
  const isStored = await carryOut(
    alarms,
    (alarm) => shelveAlarm(alarm, by, minutes, reason),
    () => sendCommand('alarm/shelve', { alarmIds: idsOf(alarms), minutes, reason }, 'Shelving'),
  );
  if (!isStored) return;
  toast(`${sayAlarms(alarms)} shelved for ${minutes < 60 ? `${minutes} min` : `${minutes / 60} h`}`, {
    description: 'What it tells of goes on. It comes back by itself.',
    action: { label: 'Undo', onClick: () => void unshelve(alarms) },
  });
}

export async function unshelve(alarms: readonly Alarm[]): Promise<void> {
  if (alarms.length === 0) return;
  await carryOut(alarms, unshelveAlarm, () =>
    sendCommand('alarm/unshelve', { alarmIds: idsOf(alarms) }, 'Taking it off the shelf'),
  );
}

async function carryOut(
  alarms: readonly Alarm[],
  apply: (alarm: Alarm) => Alarm | undefined,
  send: () => Promise<boolean>,
): Promise<boolean> {
  const takeBack = layOver(alarms, apply);
  const isStored = await send();
  if (isStored) setTimeout(takeBack, FEED_FOLLOWS_MS);
  else takeBack();
  return isStored;
}

function idsOf(alarms: readonly Alarm[]): string[] {
  return alarms.map(({ id }) => id);
}

function sayAlarms(alarms: readonly Alarm[]): string {
  const [first] = alarms;
  return alarms.length === 1 && first !== undefined ? `${first.title}, ${first.subjectName}:` : countOf(alarms.length);
}
