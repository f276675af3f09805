/**
 * Which tariffs a record is priced by when a file brings some: the file's in place of the record's of the same id. Where a single tariff of
 * another name is brought, it is what the caller wants to be used.
 */
import { ToolError } from '../tool-definition.ts';
import type { LooseRecord } from './loosen-record.ts';
import type { LooseTariff } from './loosen-tariff.ts';

const UNREADABLE = 2;

type Priced = Pick<LooseRecord, 'periods' | 'tariffs'> & { readonly renamedFrom: readonly string[] };

/** @throws ToolError where several are brought and none is meant */
export function applyTariffs(record: LooseRecord, brought: readonly LooseTariff[] | undefined): Priced {
  const asSent = { periods: record.periods, tariffs: record.tariffs, renamedFrom: [] };
  if (brought === undefined) return asSent;
  const ids = new Set(brought.map(({ id }) => id.toUpperCase()));
  const named = [...new Set(record.periods.flatMap(({ tariff_id: id }) => (id === undefined ? [] : [id])))];
  const kept = record.tariffs.filter(({ id }) => !ids.has(id.toUpperCase()));
  // Nothing names a tariff: the file's are the only ones that can be meant.
  if (named.length === 0) return { ...asSent, tariffs: brought };
  if (named.some((id) => ids.has(id.toUpperCase()))) return { ...asSent, tariffs: [...brought, ...kept] };
  const [only, another] = brought;
  if (only === undefined || another !== undefined)
    throw new ToolError(
      'tariff-not-matched',
      `The record’s periods name ${named.join(', ')}, and the file brings ${brought.map(({ id }) => id).join(', ')}. Bring the named one, or a single one to price by.`,
      UNREADABLE,
    );
  return {
    periods: record.periods.map((period) =>
      period.tariff_id === undefined ? period : { ...period, tariff_id: only.id },
    ),
    tariffs: [only],
    renamedFrom: named,
  };
}
