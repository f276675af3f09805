/** The link's side of the contract, as plain functions that whoever composes registers under their names. */
import type { LinkEvent, QuarantinedItem } from '../../shared/ipc/link-contract.ts';
import type { ReadableStore } from '../database/sqlite.ts';
import { readLinkEvents } from './link-event-table.ts';
import { countQuarantined, readQuarantine } from './quarantine-table.ts';

export function answerQuarantine(
  store: ReadableStore,
  input: { readonly beforeId?: number | undefined; readonly limit: number },
): { readonly total: number; readonly items: readonly QuarantinedItem[] } {
  return { total: countQuarantined(store), items: readQuarantine(store, input.beforeId, input.limit) };
}

export function answerLinkEvents(
  store: ReadableStore,
  input: { readonly limit: number },
): { readonly events: readonly LinkEvent[] } {
  return { events: readLinkEvents(store, input.limit) };
}
