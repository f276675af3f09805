/** `--rounding MODE:SCALE:STAGE:FIRST`, or `auto`: the usual one, and the search for another where the totals differ. */
import type { RoundingConvention } from '../../../shared/domain/tariff/price.ts';
import { ToolError } from '../tool-definition.ts';

const UNREADABLE = 2;
const MODES = ['half-up', 'half-even', 'half-down', 'up', 'down'] as const;
const SCALES = [0, 1, 2, 3, 4] as const;
const STAGES = ['line', 'dimension', 'total'] as const;
const FIRST = ['net', 'gross'] as const;

export function readRounding(text: string | undefined): RoundingConvention | undefined {
  if (text === undefined || text === 'auto') return undefined;
  const words = text.split(':');
  const [mode, scale, stage, first] = [
    MODES.find((one) => one === words[0]),
    SCALES.find((one) => String(one) === words[1]),
    STAGES.find((one) => one === words[2]),
    FIRST.find((one) => one === words[3]),
  ];
  if (words.length === 4 && mode !== undefined && scale !== undefined && stage !== undefined && first !== undefined)
    return { mode, scale, stage, first };
  throw new ToolError(
    'rounding-unknown',
    `“${text}” is no rounding. Write MODE:SCALE:STAGE:FIRST, such as half-up:2:total:net. Modes are ${MODES.join(', ')}; stages ${STAGES.join(', ')}; decimals 0 to 4; first net or gross.`,
    UNREADABLE,
  );
}

export function writeRounding({ mode, scale, stage, first }: RoundingConvention): string {
  return `${mode}:${scale}:${stage}:${first}`;
}
