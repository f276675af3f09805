import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asHarmlessMarkup, asOwnScriptUrl } from '../../../../src/renderer/shell/trusted-types.ts';

describe('markup', () => {
  test('that Leaflet has in its source passes', () => {
    expect(asHarmlessMarkup('<span aria-hidden="true">+</span>')).toBe('<span aria-hidden="true">+</span>');
  });

  test('from anywhere else becomes text', () => {
    expect(asHarmlessMarkup('<img src=x onerror=alert(1)>')).toBe('&lt;img src=x onerror=alert(1)&gt;');
  });

  test('can never open an element or an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', ' ') }), (name) => {
        expect(asHarmlessMarkup(`b${name}`)).not.toMatch(/[<>"']/u);
      }),
    );
  });
});

describe('a script’s address', () => {
  const base = 'app://switchyard/main.html';

  test('of our own passes, and so does a blob', () => {
    expect(asOwnScriptUrl('./assets/worker.js', base)).toBe('./assets/worker.js');
    expect(asOwnScriptUrl('blob:app://switchyard/1', base)).toBe('blob:app://switchyard/1');
  });

  test.for(['https://example.com/x.js', '//example.com/x.js', 'data:text/javascript,1', 'app://elsewhere/x.js'])(
    '%s is refused',
    (url) => {
      expect(() => asOwnScriptUrl(url, base)).toThrow(/not loaded/u);
    },
  );
});
