/**
 * `price`: what a charge record comes to by the tariffs in it, line by line, and how that compares with what its sender states. For a clerk
 * with a bill in hand, and for whoever doubts the engine.
 */
import type { Charge } from '../../shared/domain/tariff/charge.ts';
import { checkVolumes } from '../../shared/domain/tariff/check-volumes.ts';
import { explainPrice } from '../../shared/domain/tariff/explain-price.ts';
import type { PricingWarning, RoundingConvention } from '../../shared/domain/tariff/price.ts';
import { readCharge } from '../marketplace/ocpi/read-charge-record.ts';
import { applyTariffs } from './price/apply-tariffs.ts';
import { compareWithStated } from './price/compare-with-stated.ts';
import { chooseZone } from './price/guess-zone.ts';
import { openFields, type Notes } from './price/loose-fields.ts';
import { loosenRecord, type LooseRecord } from './price/loosen-record.ts';
import { loosenTariff } from './price/loosen-tariff.ts';
import { findRecord, findTariffs, findTariffsBeside, readDocument } from './price/open-document.ts';
import { readRounding } from './price/read-rounding.ts';
import { sayNotes } from './price/say-notes.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE = '--cdr FILE [--tariff FILE] [--zone Area/City] [--rounding MODE:SCALE:STAGE:FIRST, auto]';
const UNREADABLE = 2;

export const price: Tool = {
  name: 'price',
  summary:
    'Prices a charge record or a session by the tariffs in it, or by those of a file: net, gross, taxes, each dimension, each line with its ' +
    'reasons, and the difference to the stated totals with the rounding that explains it. Exits with 1 when the totals differ and nothing ' +
    'explains it, and with 2 when it cannot be priced.',
  usage: USAGE,
  run: async (args) => {
    const { values, files } = readToolArgs(args, ['cdr', 'tariff', 'zone', 'rounding'], `price ${USAGE}`);
    const file = values.cdr ?? files[0];
    if (file === undefined || files.length > (values.cdr === undefined ? 1 : 0))
      throw new ToolError('usage', `Name one record. Usage: price ${USAGE}`, UNREADABLE);
    const rounding = readRounding(values.rounding);
    const { record, charge, warnings } = openRecord(file, values.tariff, values.zone);
    return priceRecord(file, record, charge, rounding, warnings);
  },
};

type Opened = { readonly record: LooseRecord; readonly charge: Charge; readonly warnings: readonly PricingWarning[] };

function openRecord(file: string, tariffFile: string | undefined, zone: string | undefined): Opened {
  const notes: Notes = new Map();
  const document = readDocument(file);
  const record = loosenRecord(openFields(findRecord(document, file), 'record', notes));
  const found =
    tariffFile === undefined ? findTariffsBeside(document) : findTariffs(readDocument(tariffFile), tariffFile);
  const brought = found.map((one, index) => {
    const fields = openFields(one, found.length === 1 ? 'tariff' : `tariffs[${index}]`, notes);
    return loosenTariff(fields, record);
  });
  const applied = applyTariffs(record, brought.length === 0 ? undefined : brought);
  const charge = readCharge(
    {
      start_date_time: record.beginsAt,
      end_date_time: record.endsAt,
      currency: record.currency,
      charging_periods: applied.periods,
      tariffs: applied.tariffs,
    },
    chooseZone(zone, record),
  );
  const renamed = applied.renamedFrom.map((id) => ({
    code: 'tariff-id-differs',
    message: `Periods name the tariff ${id}, and the one that was brought is ${charge.tariffs[0]?.id ?? ''}. It is used in its place.`,
  }));
  return { record, charge, warnings: [...sayNotes(notes), ...renamed] };
}

function priceRecord(
  file: string,
  record: LooseRecord,
  charge: Charge,
  rounding: RoundingConvention | undefined,
  warnings: readonly PricingWarning[],
): unknown {
  const compared = compareWithStated(charge, record.isCredit ? turnRound(record.stated) : record.stated, rounding);
  if (!compared.ok) throw new ToolError(compared.code, compared.message, UNREADABLE);
  const { priced, verdict, checks, ...comparison } = compared.value;
  if (verdict === 'differs') process.exitCode = 1;
  return {
    file,
    kind: record.kind,
    id: record.id ?? null,
    isCredit: record.isCredit,
    currency: priced.currency,
    zone: charge.zone,
    net: priced.total.net,
    gross: priced.total.gross ?? null,
    taxes: priced.total.taxes,
    verdict,
    ...comparison,
    byDimension: priced.byDimension,
    billed: { kwh: priced.billedKwh, hours: priced.billedHours, parkingHours: priced.billedParkingHours },
    rounding: priced.rounding,
    warnings: [...warnings, ...withVolumes(priced.warnings, charge, record.stated), ...checks],
    trace: explainPrice(priced),
    lines: priced.lines,
  };
}

/** What the engine has said already is not said again. */
function withVolumes(
  said: readonly PricingWarning[],
  charge: Charge,
  stated: LooseRecord['stated'],
): readonly PricingWarning[] {
  const isNew = ({ code }: PricingWarning): boolean => said.every((other) => other.code !== code);
  const doubts = checkVolumes(charge, stated).map(({ code, message }): PricingWarning => ({ code, message }));
  return [...said, ...doubts.filter(isNew)];
}

/** A credit record repeats the usage and takes the whole amount back (OCPI 2.2.1, 10.3.1), so it is the amount's opposite that is priced. */
function turnRound({ cost, ...stated }: LooseRecord['stated']): LooseRecord['stated'] {
  if (cost === undefined) return stated;
  const opposite = (text: string) => (text.startsWith('-') ? text.slice(1) : `-${text}`);
  return {
    ...stated,
    cost: { net: opposite(cost.net), gross: cost.gross === undefined ? undefined : opposite(cost.gross) },
  };
}
