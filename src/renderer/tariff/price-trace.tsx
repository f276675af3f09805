/**
 * How a price comes about, line by line, as a clerk would write it down: when, what, how much of it, at which price, why this
 * element of the tariff. The same for a record, a preview and an example, since one engine prices all three.
 */
import './price-trace.css';
import { useMemo } from 'react';
import type { PricedCharge, PriceTotal, PriceTraceLine } from '../../shared/domain/tariff/price.ts';
import { sayRounding } from '../../shared/domain/tariff/say-convention.ts';
import { copyText } from '../instruments/clipboard/copy-text.ts';
import { formatInZone, zoneName } from '../instruments/clock/zone-time.ts';
import { decimalWords, moneyWords } from './money-text.ts';
import { lineWord } from './tariff-words.ts';

export type PriceTraceProps = {
  readonly priced: PricedCharge;
  /** The whole trace as sentences, to be copied into a letter. */
  readonly sentences: readonly string[];
  readonly timeZone: string;
};

export function PriceTrace({ priced, sentences, timeZone }: PriceTraceProps) {
  const lines = useMemo(() => priced.lines.map((line, place) => ({ line, id: String(place) })), [priced]);
  const firstMs = priced.lines.find(({ beginMs }) => beginMs !== undefined)?.beginMs;
  return (
    <section className="price-trace" aria-label="How the price comes about">
      <header>
        <h3>How the price comes about</h3>
        {sentences.length > 0 && (
          <button type="button" className="btn" onClick={() => void copyText(sentences.join('\n'))}>
            Copy as text
          </button>
        )}
      </header>
      <Warnings priced={priced} />
      {lines.length === 0 ? (
        <p className="muted">No element of the tariff applies to any part of this charge, so it costs nothing.</p>
      ) : (
        <div className="price-scroller">
          <table>
            <thead>
              <tr>
                <th scope="col">
                  From <span title={timeZone}>{firstMs === undefined ? timeZone : zoneName(timeZone, firstMs)}</span>
                </th>
                <th scope="col">What</th>
                <th scope="col" className="number">
                  Quantity
                </th>
                <th scope="col" className="number">
                  Price
                </th>
                <th scope="col" className="number">
                  Net, {priced.currency}
                </th>
                <th scope="col" className="number">
                  Tax
                </th>
              </tr>
            </thead>
            {lines.map(({ line, id }) => (
              <TraceLine key={id} line={line} currency={priced.currency} timeZone={timeZone} />
            ))}
            <TotalRows total={priced.total} currency={priced.currency} />
          </table>
        </div>
      )}
      <p className="muted price-rounding">Ours {sayRounding(priced.rounding)}.</p>
    </section>
  );
}

type TraceLineProps = { readonly line: PriceTraceLine; readonly currency: string; readonly timeZone: string };

function TraceLine({ line, currency, timeZone }: TraceLineProps) {
  const { beginMs, endMs, elementIndex, tariffId, reasons, vatPercent, tax, unitPrice } = line;
  return (
    <tbody data-kind={line.kind}>
      <tr>
        <td title={beginMs === undefined ? undefined : formatInZone(beginMs, timeZone, 'full')}>
          {beginMs !== undefined && formatInZone(beginMs, timeZone, 'time')}
          {endMs !== undefined && beginMs !== undefined && endMs !== beginMs && (
            <span className="muted price-until">–{formatInZone(endMs, timeZone, 'time')}</span>
          )}
        </td>
        <td>
          {lineWord(line)}
          {elementIndex !== undefined && (
            <>
              {' '}
              <span className="muted price-element" title={tariffId === undefined ? undefined : `Tariff ${tariffId}`}>
                · element {elementIndex + 1}
              </span>
            </>
          )}
        </td>
        <td className="number">{line.unit === 'price' ? '' : quantityWords(line)}</td>
        <td className="number">{unitPrice === undefined ? '' : moneyWords(unitPrice, currency)}</td>
        <td className="number">{moneyWords(line.net, currency)}</td>
        <td className="number" title={vatPercent === undefined ? 'No tax is stated' : undefined}>
          {tax === undefined ? '–' : moneyWords(tax, currency)}
          {vatPercent !== undefined && (
            <span className="muted"> {decimalWords(vatPercent, { fewest: 0, most: 2 })} %</span>
          )}
        </td>
      </tr>
      {reasons.length > 0 && (
        <tr className="price-why">
          <td colSpan={6}>{reasons.join(' ')}</td>
        </tr>
      )}
    </tbody>
  );
}

function quantityWords({ quantity, unit, stepSize, kind }: PriceTraceLine): string {
  const words = `${decimalWords(quantity, { fewest: unit === 'x' ? 0 : 2, most: 4 })} ${unit === 'x' ? '×' : unit}`;
  return kind === 'step' && stepSize !== undefined ? `+${words}` : words;
}

function TotalRows({ total, currency }: { readonly total: PriceTotal; readonly currency: string }) {
  return (
    <tfoot>
      {total.taxes.map(({ name, percent, base, amount }) => (
        <tr key={`${name} ${percent ?? ''}`} className="muted">
          <td colSpan={5}>
            {name}
            {percent !== undefined && ` ${decimalWords(percent, { fewest: 0, most: 2 })} %`} of{' '}
            {moneyWords(base, currency)}
          </td>
          <td className="number">{moneyWords(amount, currency)}</td>
        </tr>
      ))}
      <tr className="price-sum">
        <th scope="row" colSpan={2}>
          Total
        </th>
        <td className="number" colSpan={3}>
          <span className="muted">net</span> {moneyWords(total.net, currency)}
        </td>
        <td className="number">
          {total.gross === undefined ? (
            <span className="muted" title="No tax is stated, so the gross price is not known">
              gross –
            </span>
          ) : (
            <>
              <span className="muted">gross</span> {moneyWords(total.gross, currency)}
            </>
          )}
        </td>
      </tr>
    </tfoot>
  );
}

function Warnings({ priced }: { readonly priced: PricedCharge }) {
  if (priced.warnings.length === 0) return null;
  return (
    <ul className="price-warnings">
      {priced.warnings.map(({ code, message, periodIndex }) => (
        <li key={`${code} ${periodIndex ?? ''} ${message}`}>
          <span className="mark" data-priority="3" aria-hidden="true">
            3
          </span>
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
