import type { Heading } from './fleet-filter.ts';
import { HEADING_LOOKS, headingShapeClass } from './heading-look.ts';

/** The shape alone; the word stands beside it in the caller's own text. */
export function HeadingMark({ heading }: { readonly heading: Heading }) {
  return (
    <svg viewBox="0 0 12 12" className="heading-shape" aria-hidden="true">
      <path d={HEADING_LOOKS[heading].path} className={headingShapeClass(heading)} />
    </svg>
  );
}
