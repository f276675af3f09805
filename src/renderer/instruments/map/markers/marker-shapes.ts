/**
 * The outlines of map markers, in CSS pixels around their centre, and how much of each pixel they cover. Normal states
 * differ by shape, not colour; what is no longer the present is hollow and dashed. Pure geometry: no canvas, no colour.
 */
export type MarkerShape = 'arrow' | 'ring' | 'plug' | 'bolt' | BoxShape | 'cross';
/** A box that is filled from below, as a vessel is. */
export type BoxShape = 'box' | 'box-third' | 'box-two-thirds' | 'box-full';
export type MarkerOutline = 'filled' | 'dashed';

/** A closed contour as x, y, x, y… */
type Contour = readonly number[];
/** `even-odd` lets an inner contour cut a hole; `any` is the union of the dashes. */
type Figure = { readonly contours: readonly Contour[]; readonly rule: 'even-odd' | 'any' };

/** Half the side of the box that holds every shape at every heading. */
export const MARKER_REACH = 8;
const DASH = 2.3;
const GAP = 1.6;
const STROKE = 1.25;
const SAMPLES = 4;

const circle = (x: number, y: number, radius: number, corners = 20): Contour =>
  Array.from({ length: corners }, (_, corner) => (corner / corners) * 2 * Math.PI).flatMap((angle) => [
    x + radius * Math.sin(angle),
    y - radius * Math.cos(angle),
  ]);

const rectangle = (left: number, top: number, right: number, bottom: number): Contour =>
  [left, top, right, top].concat([right, bottom, left, bottom]);

const BOX = 5;
const BOX_INSIDE = 3.7;
/** The level stands inside the box's hole, so the even-odd rule fills it again. */
const boxFilledTo = (share: number): readonly Contour[] => [
  rectangle(-BOX, -BOX, BOX, BOX),
  rectangle(-BOX_INSIDE, -BOX_INSIDE, BOX_INSIDE, BOX_INSIDE),
  ...(share > 0 ? [rectangle(-BOX_INSIDE, BOX_INSIDE - 2 * BOX_INSIDE * share, BOX_INSIDE, BOX_INSIDE)] : []),
];

const CONTOURS: Readonly<Record<MarkerShape, readonly Contour[]>> = {
  arrow: [[0, -6.4, 4.7, 5.2, 0, 2.6, -4.7, 5.2]],
  ring: [circle(0, 0, 4.1), circle(0, 0, 2.6)],
  plug: [
    [
      -4, -1.6, -2.9, -1.6, -2.9, -5.4, -1.4, -5.4, -1.4, -1.6, 1.4, -1.6, 1.4, -5.4, 2.9, -5.4, 2.9, -1.6, 4, -1.6,
    ].concat([4, 0.6, 2.7, 3, 0.8, 3.8, 0.8, 6, -0.8, 6, -0.8, 3.8, -2.7, 3, -4, 0.6]),
  ],
  bolt: [[1.3, -6.2, -4.2, 1, -0.8, 1, -1.5, 6.2, 4.2, -1.3, 0.7, -1.3]],
  box: boxFilledTo(0),
  'box-third': boxFilledTo(1 / 3),
  'box-two-thirds': boxFilledTo(2 / 3),
  'box-full': boxFilledTo(1),
  cross: [
    [-5.1, -3.7, -3.7, -5.1, 0, -1.4, 3.7, -5.1, 5.1, -3.7, 1.4, 0].concat([
      5.1, 3.7, 3.7, 5.1, 0, 1.4, -3.7, 5.1, -5.1, 3.7, -1.4, 0,
    ]),
  ],
};

/** Only the arrow tells a direction: a vehicle at rest has none that matters. */
export function turnsWithHeading(shape: MarkerShape): boolean {
  return shape === 'arrow';
}

/**
 * Coverage of each pixel of a square of `side` pixels, 0 to 255, the shape in its middle, turned clockwise by
 * `headingDeg` and enlarged by `ratio` device pixels a CSS pixel.
 */
export function coverMarker(
  shape: MarkerShape,
  outline: MarkerOutline,
  headingDeg: number,
  ratio: number,
  side: number,
): Uint8Array {
  const figure = turn(figureOf(shape, outline), headingDeg, ratio, side / 2);
  const coverage = new Uint8Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let hits = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const sampleX = x + ((sample % SAMPLES) + 0.5) / SAMPLES;
        const sampleY = y + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES;
        if (holds(figure, sampleX, sampleY)) hits++;
      }
      coverage[y * side + x] = Math.round((hits * 255) / (SAMPLES * SAMPLES));
    }
  }
  return coverage;
}

function figureOf(shape: MarkerShape, outline: MarkerOutline): Figure {
  if (outline === 'filled') return { contours: CONTOURS[shape], rule: 'even-odd' };
  const edge = CONTOURS[shape][0] ?? [];
  return { contours: dashesAlong(edge), rule: 'any' };
}

/** The dashes of a closed contour, each a thin quadrilateral; dashes run on around corners. */
function dashesAlong(contour: Contour): Contour[] {
  const dashes: Contour[] = [];
  let travelled = 0;
  for (let at = 0; at < contour.length; at += 2) {
    const [x0 = 0, y0 = 0] = contour.slice(at, at + 2);
    const next = (at + 2) % contour.length;
    const [x1 = 0, y1 = 0] = contour.slice(next, next + 2);
    const length = Math.hypot(x1 - x0, y1 - y0);
    const [alongX, alongY] = [(x1 - x0) / length, (y1 - y0) / length];
    for (let done = 0; done < length;) {
      const phase = (travelled + done) % (DASH + GAP);
      const inDash = phase < DASH;
      const step = Math.min(length - done, (inDash ? DASH : DASH + GAP) - phase);
      if (inDash) dashes.push(strip(x0, y0, alongX, alongY, done, done + step));
      done += Math.max(step, 1e-6);
    }
    travelled += length;
  }
  return dashes;
}

function strip(x: number, y: number, alongX: number, alongY: number, from: number, to: number): Contour {
  const half = STROKE / 2;
  const [sideX, sideY] = [-alongY * half, alongX * half];
  const corner = (distance: number, side: number) => [
    x + alongX * distance + sideX * side,
    y + alongY * distance + sideY * side,
  ];
  return [...corner(from, 1), ...corner(to, 1), ...corner(to, -1), ...corner(from, -1)];
}

function turn(figure: Figure, headingDeg: number, ratio: number, middle: number): Figure {
  const angle = (headingDeg * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle) * ratio, Math.sin(angle) * ratio];
  const contours = figure.contours.map((contour) =>
    contour.map((_, at) => {
      const x = contour[at - (at % 2)] ?? 0;
      const y = contour[at - (at % 2) + 1] ?? 0;
      return middle + (at % 2 === 0 ? x * cosine - y * sine : x * sine + y * cosine);
    }),
  );
  return { contours, rule: figure.rule };
}

function holds(figure: Figure, x: number, y: number): boolean {
  let inside = false;
  for (const contour of figure.contours) {
    if (!windsAround(contour, x, y)) continue;
    if (figure.rule === 'any') return true;
    inside = !inside;
  }
  return inside;
}

function windsAround(contour: Contour, x: number, y: number): boolean {
  let inside = false;
  let [beforeX = 0, beforeY = 0] = contour.slice(-2);
  for (let at = 0; at < contour.length; at += 2) {
    const cornerX = contour[at] ?? 0;
    const cornerY = contour[at + 1] ?? 0;
    const crosses = cornerY > y !== beforeY > y;
    if (crosses && x < ((beforeX - cornerX) * (y - cornerY)) / (beforeY - cornerY) + cornerX) inside = !inside;
    beforeX = cornerX;
    beforeY = cornerY;
  }
  return inside;
}
