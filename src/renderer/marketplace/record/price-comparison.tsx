/** The two columns of a bill's line: what they say, what we compute, and by how much they are apart. */
import type { ChargeAssessment, ChargeRecord } from '../../../shared/domain/marketplace/charge-record.ts';
import { decimalWords, moneyWords } from '../../tariff/money-text.ts';
import { comparePrices, isOff, type ComparedLine } from './compare-prices.ts';
import type { Verdict } from './record-words.ts';

type PriceComparisonProps = {
  readonly record: ChargeRecord;
  readonly assessment: ChargeAssessment;
  readonly verdict: Verdict;
};

export function PriceComparison({ record, assessment, verdict }: PriceComparisonProps) {
  const { currency } = record.charge;
  return (
    <table className="list price-comparison">
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col" className="number">
            Theirs
          </th>
          <th scope="col" className="number">
            Ours
          </th>
          <th scope="col" className="number">
            Difference
          </th>
        </tr>
      </thead>
      <tbody>
        {comparePrices(record, assessment).map((line) => (
          <tr
            key={line.name}
            data-total={line.isTotal}
            data-off={verdict === 'differs' && line.unit === 'money' && isOff(line)}
          >
            <td>
              {line.name}
              <span className="muted">, {line.unit === 'money' ? currency : line.unit}</span>
            </td>
            <td className="number">{words(line, line.theirs, currency)}</td>
            <td className="number">{words(line, line.ours, currency)}</td>
            <td className="number">{line.difference === undefined ? '' : differenceWords(line, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function words(line: ComparedLine, text: string | undefined, currency: string): string {
  if (text === undefined) return '–';
  return line.unit === 'money' ? moneyWords(text, currency) : decimalWords(text, { fewest: 2, most: 4 });
}

function differenceWords(line: ComparedLine, currency: string): string {
  const text = line.difference ?? '';
  return line.unit === 'money'
    ? moneyWords(text, currency, { signed: true })
    : decimalWords(text, { fewest: 2, most: 4, signed: true });
}
