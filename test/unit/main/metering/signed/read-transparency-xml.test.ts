/** The container as published, and as somebody hostile would write it. */
import { describe, expect, test } from 'vitest';
import { readTransparencyXml } from '../../../../../src/main/metering/signed/read-transparency-xml.ts';
import { madePayload, openSignedMeter } from '../../../../support/signed-meter.ts';

const meter = openSignedMeter();
const record = meter.sign(madePayload({ TT: 'a & b < c', CI: '"quoted"' }));
const escaped = record.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const value = (data: string, attributes = '') =>
  `<value transactionId="1" context="Transaction.Begin"><signedData format="OCMF" encoding="plain"${attributes}>${data}</signedData><publicKey encoding="hex">${meter.publicKey}</publicKey></value>`;
const container = (...values: readonly string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<values>\n  ${values.join('\n  ')}\n</values>\n`;

describe('reads', () => {
  test.each([
    ['text with its characters escaped', escaped],
    [
      'text with more escaped than need be',
      escaped.replaceAll('"', '&quot;').replaceAll('|', '&#124;').replaceAll(':', '&#x3A;'),
    ],
    ['a character data section', `<![CDATA[${record}]]>`],
    ['spaces around it', `\n    ${escaped}\n  `],
    ['a comment beside it', `<!-- signed --> ${escaped}`],
  ])('%s', (_, data) => {
    expect(readTransparencyXml(container(value(data)))).toEqual({
      ok: true,
      value: [
        {
          transactionId: '1',
          context: 'Transaction.Begin',
          format: 'OCMF',
          signedData: record,
          publicKey: meter.publicKey,
        },
      ],
    });
  });

  test('several values, one of another format, one without a key, under a name space', () => {
    const read = readTransparencyXml(
      `<t:values xmlns:t="urn:t"><t:value><t:signedData format="EDL_40_P">00</t:signedData></t:value>${value('x')}<encodedData/></t:values>`,
    );
    expect(read.ok && read.value.map(({ format, publicKey }) => [format, publicKey])).toEqual([
      ['EDL_40_P', undefined],
      ['OCMF', meter.publicKey],
    ]);
  });
});

describe('hostile files', () => {
  const bomb = `<!DOCTYPE values [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(1_000)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]>`;

  test.each([
    ['an entity bomb', `${bomb}${container(value('&c;'))}`],
    ['an outer entity', `<!DOCTYPE v [<!ENTITY x SYSTEM "file:///etc/passwd">]>${container(value('&x;'))}`],
    ['nesting without end', container(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)],
    ['a file without end', container(value('x'.repeat(6_000_000)))],
  ])('%s is refused by name', (_, text) => {
    expect(readTransparencyXml(text)).toMatchObject({ ok: false, code: 'refused-xml' });
  });

  test('an entity nobody defined, a script and markup stay text', () => {
    const read = readTransparencyXml(
      container(value('<![CDATA[<script>alert(1)</script>&lt;]]>&unknown; &lt;b&gt; &#0; &#x110000;')),
    );
    expect(read.ok && read.value[0]?.signedData).toBe('<script>alert(1)</script>&lt;&unknown; <b> &#0; &#x110000;');
  });

  test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString'])(
    'an element or attribute called %s changes no object',
    (name) => {
      const text = container(`<${name}><polluted>1</polluted></${name}>${value(escaped, ` ${name}="1"`)}`);
      const read = readTransparencyXml(text);
      expect(read.ok ? read.value[0]?.format : read.code).toMatch(/^(?:OCMF|refused-xml)$/u);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  test.each([
    '',
    '<',
    '<values/>',
    '<values><value></values>',
    '<html><body>no</body></html>',
    'OCMF|{}|{}',
    '<values>',
    '<?xml',
  ])('no container: %j', (text) => {
    const read = readTransparencyXml(text);
    expect(read.ok ? read.value.map(({ signedData }) => signedData) : []).toEqual(read.ok ? [''] : []);
  });
});
