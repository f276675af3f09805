/**
 * How a vehicle's heading looks: a shape and a word, never a colour, for all of them are normal. Shapes are drawn in a
 * 12 x 12 box, by the grid without React and by the panels with it.
 */
import type { Heading } from './fleet-filter.ts';

export type HeadingLook = {
  readonly word: string;
  readonly path: string;
  readonly filled: boolean;
  readonly dashed: boolean;
};

export const HEADING_LOOKS: Readonly<Record<Heading, HeadingLook>> = {
  driving: { word: 'Driving', path: 'M6 1 10.5 11 6 8.6 1.5 11z', filled: true, dashed: false },
  charging: { word: 'Charging', path: 'M7 .8 2.4 6.8h3L4.8 11.2 9.6 5h-3.1z', filled: true, dashed: false },
  plugged: {
    word: 'Plugged',
    path: 'M4 1v3M8 1v3M2.6 4h6.8v2.4a3.4 3.4 0 0 1-6.8 0zM6 9.8V11.4',
    filled: false,
    dashed: false,
  },
  idle: { word: 'Idle', path: 'M6 2.2a3.8 3.8 0 1 0 .01 0z', filled: false, dashed: false },
  stale: { word: 'Stale', path: 'M6 1.6a4.4 4.4 0 1 0 .01 0z', filled: false, dashed: true },
};

const SVG = 'http://www.w3.org/2000/svg';

/** For cells painted without React. */
export function drawHeadingShape(heading: Heading): SVGSVGElement {
  const look = HEADING_LOOKS[heading];
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 12 12');
  svg.setAttribute('class', 'heading-shape');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', look.path);
  path.setAttribute('class', shapeClass(look));
  svg.append(path);
  return svg;
}

function shapeClass(look: HeadingLook): string {
  return `${look.filled ? 'filled' : 'outlined'}${look.dashed ? ' dashed' : ''}`;
}

export function headingShapeClass(heading: Heading): string {
  return shapeClass(HEADING_LOOKS[heading]);
}
