/**
 * What operators did in this window and the backend has not confirmed yet, laid over the alarms as the feed tells them: so an
 * action is seen at once. Invariant: a deed is laid over only those records it was made upon; when the feed tells of a newer one,
 * or the backend refuses, the deed is gone.
 */
import { useSyncExternalStore } from 'react';
import type { Alarm } from '../../shared/domain/alarm/alarm.ts';
import { recordStore, type StorePhase } from '../link/record-store.ts';

type Deed = {
  /** As they were when it was done. */
  readonly upon: ReadonlyMap<string, Alarm>;
  readonly apply: (alarm: Alarm) => Alarm | undefined;
};

export type AlarmsView = {
  readonly phase: StorePhase;
  readonly alarms: ReadonlyMap<string, Alarm>;
};

const deeds = new Set<Deed>();
const listeners = new Set<() => void>();
let known: { readonly told: object; readonly view: AlarmsView } | undefined;

/** @returns takes it back */
export function layOver(alarms: readonly Alarm[], apply: Deed['apply']): () => void {
  const deed: Deed = { upon: new Map(alarms.map((alarm) => [alarm.id, told().get(alarm.id) ?? alarm])), apply };
  deeds.add(deed);
  changed();
  return () => {
    if (deeds.delete(deed)) changed();
  };
}

function told(): ReadonlyMap<string, Alarm> {
  return recordStore('alarm/alarms').view().records;
}

function changed(): void {
  known = undefined;
  for (const listener of listeners) listener();
}

function read(): AlarmsView {
  const view = recordStore('alarm/alarms').view();
  if (known?.told === view) return known.view;
  const alarms = new Map(view.records);
  for (const deed of deeds)
    for (const [id, before] of deed.upon) {
      const now = view.records.get(id);
      if (now !== before) continue;
      const standing = alarms.get(id);
      const after = standing === undefined ? undefined : deed.apply(standing);
      if (after === undefined) alarms.delete(id);
      else alarms.set(id, after);
    }
  known = { told: view, view: { phase: view.phase, alarms } };
  return known.view;
}

function listen(listener: () => void): () => void {
  const stop = recordStore('alarm/alarms').onChange(listener);
  listeners.add(listener);
  return () => {
    stop();
    listeners.delete(listener);
  };
}

/** The alarms with what was just done to them in this window. */
export function useAlarms(): AlarmsView {
  return useSyncExternalStore(listen, read);
}
