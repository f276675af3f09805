/** The comparison as a picture (SVG): the site’s power in the week of the highest peak, uncontrolled against ours, and the bills. */
import type { Compared } from './compare-month.ts';

const WIDTH = 1100;
const LEFT = 70;
const RIGHT = 30;
const WEEK_PERIODS = 7 * 288;
const CHART = { top: 70, height: 260 };
const BARS = { top: 410, step: 34, height: 20, left: 250 };
const INK = '#1b1f23';
const MUTED = '#555c63';
const GREY = '#a7adb3';
const OURS = '#0b57b0';

export function drawMonth(rows: readonly Compared[]): string {
  const wide = rows.filter(({ capacityKw }) => capacityKw === 150);
  const free = wide.find(({ name }) => name === 'uncontrolled');
  const ours = wide.find(({ isOurs }) => isOurs);
  if (free === undefined || ours === undefined) throw new Error('The comparison lacks what the picture is about.');
  const peakAt = free.outcome.siteKw.indexOf(free.outcome.peakKw);
  const from = Math.floor(peakAt / WEEK_PERIODS) * WEEK_PERIODS;
  const topKw = Math.ceil(free.outcome.peakKw / 20) * 20;
  const x = (period: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (period - from)) / WEEK_PERIODS;
  const y = (kw: number) => CHART.top + CHART.height * (1 - kw / topKw);
  const path = (siteKw: Float64Array) => {
    let d = `M${x(from)} ${y(0)}`;
    for (let period = from; period < from + WEEK_PERIODS; period++)
      d += `V${y(siteKw[period] ?? 0).toFixed(1)}H${x(period + 1).toFixed(1)}`;
    return `${d}V${y(0)}Z`;
  };
  const grid = Array.from({ length: topKw / 20 + 1 }, (_, at) => at * 20).map(
    (kw) =>
      `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(kw)}" y2="${y(kw)}" stroke="#d5d8db"/>${text(LEFT - 8, y(kw) + 4, `${kw}`, { anchor: 'end', fill: MUTED })}`,
  );
  const days = Array.from({ length: 7 }, (_, day) => {
    const date = new Date(Date.UTC(2019, 2, 1 + from / 288 + day));
    return text(x(from + (day + 0.5) * 288), CHART.top + CHART.height + 18, `${date.getUTCDate()} March`, {
      anchor: 'middle',
      fill: MUTED,
    });
  });
  const most = Math.max(...wide.map(({ outcome }) => outcome.total));
  const scale = (WIDTH - BARS.left - RIGHT - 190) / most;
  const bars = wide.map(({ name, outcome, isOurs }, at) => {
    const top = BARS.top + at * BARS.step;
    const wideEnergy = outcome.energyCost * scale;
    return [
      text(BARS.left - 10, top + 15, name, { anchor: 'end', fill: isOurs ? OURS : INK }),
      `<rect x="${BARS.left}" y="${top}" width="${wideEnergy}" height="${BARS.height}" fill="${isOurs ? OURS : MUTED}"/>`,
      `<rect x="${BARS.left + wideEnergy}" y="${top}" width="${outcome.demandCost * scale}" height="${BARS.height}" fill="${isOurs ? OURS : MUTED}" opacity="0.5"/>`,
      text(
        BARS.left + outcome.total * scale + 8,
        top + 15,
        `${outcome.total.toFixed(0)} $, ${(outcome.deliveredShare * 100).toFixed(2)} % of the energy`,
        { fill: isOurs ? OURS : INK },
      ),
    ].join('');
  });
  const height = BARS.top + wide.length * BARS.step + 40;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    text(LEFT, 28, 'A garage of 54 chargers, March 2019: power of the week with the highest peak, kW', {
      fill: INK,
      size: 16,
    }),
    text(LEFT, 50, `Grey: uncontrolled, ${free.outcome.peakKw.toFixed(1)} kW in the month.`, { fill: MUTED }),
    text(LEFT + 290, 50, `Blue: re-planned at each event, ${ours.outcome.peakKw.toFixed(1)} kW.`, { fill: OURS }),
    ...grid,
    `<path d="${path(free.outcome.siteKw)}" fill="${GREY}"/>`,
    `<path d="${path(ours.outcome.siteKw)}" fill="${OURS}" opacity="0.85"/>`,
    ...days,
    text(LEFT, BARS.top - 18, 'The month’s bill: energy, and paler the demand charge', { fill: INK, size: 16 }),
    ...bars,
    '</svg>\n',
  ].join('\n');
}

function text(
  x: number,
  y: number,
  words: string,
  { fill, anchor = 'start', size = 13 }: { readonly fill: string; readonly anchor?: string; readonly size?: number },
): string {
  return `<text x="${x}" y="${y}" fill="${fill}" text-anchor="${anchor}" font-size="${size}">${words}</text>`;
}
