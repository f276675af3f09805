/**
 * Data sets of the readable protocols (IEC 62056-21, 6.5; DSMR P1 shares them): an address and one or more values in brackets,
 * `1-0:1.8.0*255(000123.4567*kWh)`, several to a line; a line that begins with a bracket goes on with the set before it.
 */
export type DataGroup = { readonly text: string; readonly at: number };
export type DataSet = {
  readonly address: string;
  readonly at: number;
  readonly end: number;
  readonly groups: readonly DataGroup[];
};

export type DataLines = {
  readonly sets: readonly DataSet[];
  /** Lines, or ends of them, that are built otherwise. */
  readonly unreadable: readonly DataGroup[];
};

/** Printable characters but brackets and the marks of a message's ends; blanks inside a value only. */
const SET = /\s*(["-'*-.0-~]{0,40})((?:\s*\([ "-'*-.0-~]*\))+)/uy;
const GROUP = /\(([^()]*)\)/gu;

/** @param at where the text stands in the stream */
export function readDataSets(text: string, at: number): DataLines {
  const sets: DataSet[] = [];
  const unreadable: DataGroup[] = [];
  let lineAt = at;
  for (const line of text.split('\n')) {
    let done = 0;
    for (SET.lastIndex = 0; ;) {
      const found = SET.exec(line);
      if (found === null) break;
      const [whole, address = '', brackets = ''] = found;
      const setAt = lineAt + found.index + whole.length - whole.trimStart().length;
      const bracketsAt = lineAt + SET.lastIndex - brackets.length;
      done = SET.lastIndex;
      const groups = [...brackets.matchAll(GROUP)].map((group) => ({
        text: group[1] ?? '',
        at: bracketsAt + group.index,
      }));
      const last = sets.at(-1);
      if (address !== '') sets.push({ address, at: setAt, end: lineAt + done, groups });
      else if (last === undefined) unreadable.push({ text: whole.trim(), at: setAt });
      else sets[sets.length - 1] = { ...last, end: lineAt + done, groups: [...last.groups, ...groups] };
    }
    const rest = line.slice(done);
    if (rest.trim() !== '') unreadable.push({ text: rest.trim(), at: lineAt + done });
    lineAt += line.length + 1;
  }
  return { sets, unreadable };
}
