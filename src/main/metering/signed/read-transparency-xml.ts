/**
 * The container in which drivers are given signed values to check (S.A.F.E. transparency software, XML format): `values` of `value`,
 * each with `signedData` and perhaps `publicKey`. It comes from outside: no document type and no entity but XML's own five is read, size
 * and depth are bounded, and a name means nothing here but the ones above. Whatever else is inside is text. A file that is not quite
 * well-formed may still be read, because it proves nothing by itself: each signature does.
 */
import { XMLParser } from 'fast-xml-parser';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';

export type ContainedValue = {
  /** Groups the values of one charge; empty where the value stands alone. */
  readonly transactionId: string;
  /** Such as `Transaction.Begin`. */
  readonly context: string;
  /** Such as `OCMF`. */
  readonly format: string;
  readonly signedData: string;
  readonly publicKey: string | undefined;
};

const MOST_CHARACTERS = 5_000_000;
const MOST_VALUES = 1_000;
const MOST_DEPTH = 10;

/** As the parser gives an element in order: its name with what it holds, its attributes under `:@`, text as `#text`. */
type XmlNode = { readonly [name: string]: unknown };

const NAMED: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

export function isTransparencyXml(text: string): boolean {
  return /^\s*</u.test(text);
}

export function readTransparencyXml(text: string): Result<readonly ContainedValue[], 'malformed' | 'refused-xml'> {
  if (text.length > MOST_CHARACTERS)
    return refuse('refused-xml', 'The file is larger than any container of signed values.');
  if (/<!(?:DOCTYPE|ENTITY)/iu.test(text))
    return refuse(
      'refused-xml',
      'The file declares a document type, which no container of signed values does. It was not read.',
    );
  const nodes = parse(text);
  if (!nodes.ok) return nodes;
  const values = childrenOf(nodes.value, 'values').flatMap((list) => childrenOf(list.children, 'value'));
  if (values.length === 0) return malformed('it holds no signed values');
  if (values.length > MOST_VALUES) return malformed(`it holds more than ${MOST_VALUES} values`);
  return accept(values.map(readValue));
}

function malformed(why: string) {
  return refuse('malformed', `This is no container of signed values: ${why}. Ask the operator for the file anew.`);
}

function parse(text: string): Result<readonly XmlNode[], 'refused-xml'> {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    removeNSPrefix: true,
    processEntities: false,
    cdataPropName: '#cdata',
    maxNestedTags: MOST_DEPTH,
  });
  try {
    return accept(parser.parse(text) as readonly XmlNode[]);
  } catch (error) {
    // The parser refuses what is nested too deeply or carries a name that could change an object by throwing.
    return refuse(
      'refused-xml',
      `The file was not read: ${error instanceof Error ? error.message : String(error)}. Ask the operator for it anew.`,
    );
  }
}

type Element = { readonly children: readonly XmlNode[]; readonly attributes: XmlNode };

function childrenOf(nodes: readonly XmlNode[], ...names: readonly string[]): readonly Element[] {
  return nodes.flatMap((node) =>
    names.flatMap((name) => {
      const children = Object.hasOwn(node, name) ? node[name] : undefined;
      return Array.isArray(children)
        ? [{ children: children as readonly XmlNode[], attributes: (node[':@'] ?? {}) as XmlNode }]
        : [];
    }),
  );
}

function readValue({ children, attributes }: Element): ContainedValue {
  // Older files say `encodedData`.
  const data = childrenOf(children, 'signedData', 'encodedData')[0];
  const key = childrenOf(children, 'publicKey')[0];
  return {
    transactionId: attributeOf(attributes, 'transactionId'),
    context: attributeOf(attributes, 'context'),
    format: data === undefined ? '' : attributeOf(data.attributes, 'format'),
    signedData: data === undefined ? '' : textOf(data),
    publicKey: key === undefined ? undefined : textOf(key),
  };
}

function attributeOf(attributes: XmlNode, name: string): string {
  const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  return typeof value === 'string' ? plainText(value) : '';
}

function textOf({ children }: Element): string {
  const parts = children.map((node) => {
    const literal = childrenOf([node], '#cdata')[0];
    if (literal !== undefined) return literal.children.map((inner) => stringOf(inner['#text'])).join('');
    return plainText(stringOf(node['#text']));
  });
  return parts.join('').trim();
}

const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** XML's own five entities and characters by number (XML 1.0, 4.1 and 4.6); an unknown one stays as it is written. */
function plainText(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));/gu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED.get(name) ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
