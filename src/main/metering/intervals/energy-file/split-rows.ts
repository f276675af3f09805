/**
 * Text with separated values into rows of cells (RFC 4180, 2), for any delimiter. Each row keeps the number of the line it
 * began at and its text, so that a fault can be shown where it stands. Empty lines are no rows.
 */
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';

export type FileRow = { readonly line: number; readonly text: string; readonly cells: readonly string[] };

export function splitRows(text: string, delimiter: string): Result<readonly FileRow[], 'quote-open'> {
  const rows: FileRow[] = [];
  const breaks = /\r\n|\n|\r|$/gu;
  let line = 1;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    let end = nextBreak(breaks, text, at);
    let span = 1;
    let isQuoteOpen = hasOddQuotes(text.slice(at, end));
    // Between quotes the end of a line is part of a cell.
    while (isQuoteOpen && end < text.length) {
      const from = breaks.lastIndex;
      end = nextBreak(breaks, text, from);
      isQuoteOpen = !hasOddQuotes(text.slice(from, end));
      span += 1;
    }
    const row = text.slice(at, end);
    if (isQuoteOpen)
      return refuse('quote-open', `The quotation mark in line ${line} is never closed. Mend the line and try again.`);
    if (row.trim() !== '') rows.push({ line, text: row, cells: splitCells(row, delimiter) });
    line += span;
    at = end < text.length ? breaks.lastIndex : end;
  }
  return accept(rows);
}

/** Where the line ends; the expression then stands behind its end. */
function nextBreak(breaks: RegExp, text: string, from: number): number {
  breaks.lastIndex = from;
  return breaks.exec(text)?.index ?? text.length;
}

/** A doubled quotation mark counts twice and so not at all. */
function hasOddQuotes(row: string): boolean {
  let odd = false;
  for (let at = row.indexOf('"'); at !== -1; at = row.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

function splitCells(row: string, delimiter: string): string[] {
  if (!row.includes('"')) return row.split(delimiter).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < row.length; at++) {
    const mark = row[at] ?? '';
    if (mark === '"' && quoted && row[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (mark === '"') quoted = !quoted;
    else if (mark === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += mark;
  }
  return [...cells, cell.trim()];
}
