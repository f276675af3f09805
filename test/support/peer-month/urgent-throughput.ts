/**
 * Ours where the garage is short all month, at 30 kW: there nothing is saved by waiting, so each period the lines carry as much as they can, and who
 * could wait least weighs most. A linear program of the present, by the second engine: each line’s circle of currents as a polygon within
 * it, and what the polygon leaves is filled up exactly.
 */
import type { LinearEngine } from '../../../src/main/charging/linear/linear-engine.ts';
import { createModelBuilder } from '../../../src/main/charging/linear/linear-model.ts';
import { startFilling, type GarageLine } from './garage-lines.ts';
import type { Algorithm, Plugged } from './month.ts';

const CORNERS = 36;
/** Hours: someone with no time to spare weighs four times as much as one who could wait this long. */
const PATIENCE_H = 2;

export function urgentThroughput(lines: readonly GarageLine[], periodHours: number, engine: LinearEngine): Algorithm {
  const edges = lines.flatMap((line) =>
    Array.from({ length: CORNERS }, (_, at) => {
      const angle = (2 * Math.PI * at) / CORNERS;
      return { line, cos: Math.cos(angle), sin: Math.sin(angle) };
    }),
  );
  return (period, plugged) => {
    const spareH = ({ session, leftKwh }: Plugged) =>
      Math.max(0, (session.until - period) * periodHours - leftKwh / session.maxKw);
    const mostKw = ({ session, leftKwh }: Plugged) => Math.min(session.maxKw, leftKwh / periodHours);
    const builder = createModelBuilder();
    const rows = edges.map(({ line }) => builder.rowUpTo(line.amperes * Math.cos(Math.PI / CORNERS)));
    for (const each of plugged) {
      const { station } = each.session;
      const entries = edges.flatMap(({ line, cos, sin }, at) => {
        const amperes = cos * (line.real[station] ?? 0) + sin * (line.imaginary[station] ?? 0);
        return amperes === 0 ? [] : [[rows[at] ?? 0, amperes] as const];
      });
      builder.column({ cost: -1 / (PATIENCE_H + spareH(each)) ** 2, upper: mostKw(each) }, entries);
    }
    const solved = engine.solve(builder.finish());
    if (!solved.ok) throw new Error(solved.message);
    const { values } = solved.value;
    const fill = startFilling(lines);
    const powers = plugged.map(({ session }, at) => fill(session.station, values[at] ?? 0));
    const order = plugged.map((each, at) => ({ each, at })).toSorted((a, b) => spareH(a.each) - spareH(b.each));
    for (const { each, at } of order)
      powers[at] = (powers[at] ?? 0) + fill(each.session.station, mostKw(each) - (powers[at] ?? 0));
    return powers;
  };
}
