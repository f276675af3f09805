/**
 * The draft of each profile, kept on this computer: it is there again after another page, after a crash of the window and
 * after a restart. One that cannot be read any more is left out, and the bench begins afresh.
 */
import { useMemo } from 'react';
import { create } from 'zustand';
import { EMPTY_DRAFT, lineDraftSchema, type LineDraft } from './line-draft.ts';

const storedAs = (profile: string) => `switchyard.commissioning.${profile}`;

type Drafts = Readonly<Record<string, LineDraft>>;
const useDrafts = create<Drafts>(() => ({}));

function recall(profile: string): LineDraft {
  try {
    const stored = lineDraftSchema.safeParse(JSON.parse(localStorage.getItem(storedAs(profile)) ?? 'null'));
    return stored.success ? stored.data : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

function draftNow(profile: string): LineDraft {
  return useDrafts.getState()[profile] ?? recall(profile);
}

export function changeDraft(profile: string, change: (before: LineDraft) => LineDraft): void {
  const before = draftNow(profile);
  const after = change(before);
  if (after === before) return;
  useDrafts.setState({ [profile]: after });
  try {
    localStorage.setItem(storedAs(profile), JSON.stringify(after));
  } catch {
    // A full or forbidden storage costs the memory over a restart; the draft in this window stands.
  }
}

export function useDraft(profile: string): LineDraft {
  const changed = useDrafts((drafts) => drafts[profile]);
  const recalled = useMemo(() => recall(profile), [profile]);
  return changed ?? recalled;
}
